/// Which variables surely have a value at the current place of a body (rule EXP-2).
///
/// It follows the text: set variables lie on a trail that is cut back at the end of a branch or
/// loop. Joins cost time linear in what is on the trail, so a whole body is linear times its depth
/// of nesting. Code that cannot be reached sets and lacks nothing.
struct DefiniteAssignment {
  /// The branches of one `if`, from `beginBranches` to `join`.
  struct Branches {
    fileprivate let mark: Int
    fileprivate let wasReachable: Bool
    /// What all branches so far set that reach their end; `nil` while none does.
    fileprivate var merged: [Symbol]?
  }

  private struct Entry {
    let symbol: Symbol
    /// Breaks of the innermost loop before the variable was set.
    let breaks: Int
  }

  private struct Loop {
    let mark: Int
    let wasReachable: Bool
    let isEndless: Bool
    var breaks = 0
    /// At how many of the breaks a variable was set, for those cut from the trail.
    var covered: [Symbol: Int] = [:]
    var order: [Symbol] = []
  }

  /// Whether the current place can be reached.
  private(set) var isReachable = true
  private var isSet: [Bool]
  private var trail: [Entry] = []
  private var loops: [Loop] = []

  init(symbolCount: Int) {
    isSet = Array(repeating: false, count: symbolCount)
  }

  /// Forgets all for a new body. O(variables set).
  mutating func reset() {
    for entry in trail { isSet[Int(entry.symbol.index)] = false }
    trail.removeAll(keepingCapacity: true)
    loops.removeAll(keepingCapacity: true)
    isReachable = true
  }

  /// Whether reading the variable here cannot meet it unset.
  func isDefinite(_ symbol: Symbol) -> Bool { !isReachable || isSet[Int(symbol.index)] }

  mutating func set(_ symbol: Symbol) {
    guard isReachable, !isSet[Int(symbol.index)] else { return }
    isSet[Int(symbol.index)] = true
    trail.append(Entry(symbol: symbol, breaks: loops.last?.breaks ?? 0))
  }

  /// Nothing runs after this: `finish`, `fail`, `continue`.
  mutating func leave() { isReachable = false }

  mutating func beginBranches() -> Branches {
    Branches(mark: trail.count, wasReachable: isReachable)
  }

  /// Ends one branch and goes back to the state at the beginning.
  mutating func endBranch(_ branches: inout Branches) {
    if isReachable {
      if let merged = branches.merged {
        branches.merged = merged.filter { isSet[Int($0.index)] }
      } else {
        branches.merged = trail[branches.mark...].map(\.symbol)
      }
    }
    cut(to: branches.mark)
    isReachable = branches.wasReachable
  }

  mutating func join(_ branches: Branches) {
    isReachable = branches.merged != nil
    for symbol in branches.merged ?? [] { set(symbol) }
  }

  /// Enters a loop; an endless one (`while true`) is left by `break` only.
  mutating func beginLoop(isEndless: Bool) {
    loops.append(Loop(mark: trail.count, wasReachable: isReachable, isEndless: isEndless))
  }

  mutating func breakLoop() {
    if isReachable, !loops.isEmpty { loops[loops.count - 1].breaks += 1 }
    isReachable = false
  }

  mutating func endLoop() {
    guard let mark = loops.last?.mark else { return }
    cut(to: mark)
    let loop = loops.removeLast()
    isReachable = loop.wasReachable
    guard loop.isEndless else { return }
    isReachable = isReachable && loop.breaks > 0
    for symbol in loop.order where loop.covered[symbol] == loop.breaks { set(symbol) }
  }

  private mutating func cut(to mark: Int) {
    while trail.count > mark {
      let entry = trail.removeLast()
      isSet[Int(entry.symbol.index)] = false
      guard let loop = loops.last, loop.isEndless, loop.breaks > entry.breaks else { continue }
      let count = loop.breaks - entry.breaks
      let last = loops.count - 1
      if loops[last].covered.updateValue(
        (loops[last].covered[entry.symbol] ?? 0) + count, forKey: entry.symbol) == nil
      {
        loops[last].order.append(entry.symbol)
      }
    }
  }
}
