import LashLang

// Which effect the machine stands at, and how often it was there before.

extension VM {
  /// The site of an effect instruction, an index into `MachineState.occurrences`. O(log sites).
  func site(at pc: Code) -> Int {
    let offset = pc - pointee.code
    return pointee.program.sites.points.withUnsafeBufferPointer { points in
      var low = 0
      var high = points.count
      while high - low > 1 {
        let middle = (low + high) >> 1
        if Int(points[middle].offset) <= offset { low = middle } else { high = middle }
      }
      return low < points.count ? Int(points[low].site) : 0
    }
  }

  /// The point of a site's next execution.
  func nextPoint(ofSite site: Int) -> EffectPoint {
    point(site: site, occurrence: pointee.occurrences[site])
  }

  func point(site: Int, occurrence: Int) -> EffectPoint {
    let numbers = pointee.program.sites.numbers
    return EffectPoint(
      site: numbers.indices.contains(site) ? Int(numbers[site]) : 0, occurrence: occurrence)
  }

  /// The point of the effect that the machine stands at; of a batch that of its first call.
  func currentPoint() -> EffectPoint {
    let word = pointee.pc.pointee
    guard UInt8(truncatingIfNeeded: word) == Opcode.batchRun.rawValue,
      let first = slot(pointee.base, word.b).pointee.object.items.first
    else { return nextPoint(ofSite: site(at: pointee.pc)) }
    return BatchedCall(first.object).point(in: self)
  }
}

/// What a batch keeps of a call besides receiver (part 0) and arguments (from part 3 on).
struct BatchedCall {
  /// The operation's name, an index into the program's keys.
  var key: Int
  /// Index into `MachineState.occurrences`.
  var site: Int
  var occurrence: Int
  /// Whether the leaf has a `?`.
  var isUnwrapped: Bool

  init(key: Int, site: Int, occurrence: Int, isUnwrapped: Bool) {
    self.key = key
    self.site = site
    self.occurrence = occurrence
    self.isUnwrapped = isUnwrapped
  }

  /// The parts of a call of a batch. Snapshots of the first version have a boolean instead of the second
  /// number, and no site.
  init(_ call: Object) {
    let first = Int(call.values[1].double)
    key = first & 0xFFFF
    site = first >> 16
    guard call.values[2].isDouble else {
      occurrence = 0
      isUnwrapped = call.values[2].bits == Value.true.bits
      return
    }
    let second = Int(call.values[2].double)
    occurrence = second >> 1
    isUnwrapped = second & 1 != 0
  }

  /// Writes the two numbers; both are below 2^53.
  func store(in call: Object) {
    call.values[1] = Value(double: Double(key | site << 16))
    call.values[2] = Value(
      double: Double(min(occurrence, Self.greatestOccurrence) << 1 | (isUnwrapped ? 1 : 0)))
  }

  func point(in vm: VM) -> EffectPoint { vm.point(site: site, occurrence: occurrence) }

  static let greatestOccurrence = 1 << 51
}

extension Value {
  /// Whether it is a whole number from 0 below 2^53.
  var isWhole: Bool {
    isDouble && double >= 0 && double < Heap.exactLimit && double.rounded(.down) == double
  }
}
