/// Decides which jumps with 16-bit distances must be written in their long form, two words more.
struct JumpLayout {
  /// By jump, in order of position.
  private(set) var isFar: [Bool]
  /// Positions of the far jumps, ascending.
  private var farPositions: [Int] = []

  /// Whether no jump is far, so that the code can stay where it is.
  var isPlain: Bool { farPositions.isEmpty }

  /// Lays out `jumps` (ascending positions) among `length` words. O(n log n).
  init(jumps: [CodeBuffer.Jump], places: [Int], length: Int) {
    isFar = Array(repeating: false, count: jumps.count)
    guard length > Int(Int16.max) else { return }
    // A longer jump may push others out of reach; few rounds settle it, and taking all jumps as
    // far ends what does not settle.
    for _ in 0..<4 {
      let far = jumps.indices.filter { index in
        let jump = jumps[index]
        guard jump.isShort, !isFar[index] else { return false }
        let distance = newPlace(of: places[jump.label]) - newPlace(of: jump.position) - 1
        return Int16(exactly: distance) == nil
      }
      if far.isEmpty { return }
      for index in far { isFar[index] = true }
      collectPositions(jumps)
    }
    for index in jumps.indices where jumps[index].isShort { isFar[index] = true }
    collectPositions(jumps)
  }

  /// Where the word at `place` comes to stand. O(log n).
  func newPlace(of place: Int) -> Int {
    var low = 0
    var high = farPositions.count
    while low < high {
      let middle = (low + high) / 2
      if farPositions[middle] < place { low = middle + 1 } else { high = middle }
    }
    return place + 2 * low
  }

  private mutating func collectPositions(_ jumps: [CodeBuffer.Jump]) {
    farPositions = jumps.indices.lazy.filter { [isFar] in isFar[$0] }.map { jumps[$0].position }
  }
}
