/// Which variables surely have a value at the current place of a body (rule EXP-2).
///
/// Paths that join keep what all of them assigned. The state is one set with a trail of additions, so
/// that taking a path back costs what the path added. Where breaks leave an endless loop it may
/// know less than is true, which costs a needless check at run time and nothing else.
struct DefiniteAssignment {
  /// A state to go back to.
  struct Mark {
    fileprivate let length: Int
  }

  /// The paths that meet at the end of a branching statement.
  struct Join {
    fileprivate let mark: Mark
    fileprivate var paths = 0
    fileprivate var gained: [Int] = []
  }

  /// Whether control can come here at all.
  var isReachable = true
  private var isSet: [Bool]
  private var trail: [Int] = []
  /// How many paths of the join at hand gained a variable; all zero between uses.
  private var counts: [Int32]
  /// For each open loop, the length of the trail that all its breaks share; `nil` without break.
  private var breaks: [Int?] = []

  /// All `variables` unset.
  init(variables: Int) {
    isSet = Array(repeating: false, count: variables)
    counts = Array(repeating: 0, count: variables)
  }

  /// Whether `register` surely has a value; bindings, which lie above the variables, always do.
  func hasValue(_ register: Register) -> Bool {
    register.index >= isSet.count || isSet[register.index]
  }

  /// Notes that `register` has a value from here on.
  mutating func assign(_ register: Register) {
    guard !hasValue(register) else { return }
    isSet[register.index] = true
    trail.append(register.index)
  }

  /// The state at this place.
  var mark: Mark { Mark(length: trail.count) }

  /// Takes back all that was gained since `mark`.
  mutating func rewind(to mark: Mark) { truncate(to: mark.length) }

  // MARK: Branches

  /// Begins a statement with several paths.
  func fork() -> Join { Join(mark: mark) }

  /// Ends one path and goes back to the fork.
  mutating func endPath(_ join: inout Join) {
    if isReachable {
      join.paths += 1
      join.gained.append(contentsOf: trail[join.mark.length...])
    }
    truncate(to: join.mark.length)
    isReachable = true
  }

  /// Goes on after all paths; unreachable if none comes here.
  mutating func meet(_ join: Join) {
    for variable in join.gained { counts[variable] += 1 }
    for variable in join.gained {
      if Int(counts[variable]) == join.paths { assign(Register(variable)) }
      counts[variable] = 0
    }
    isReachable = join.paths > 0
  }

  // MARK: Loops

  /// Begins a loop.
  mutating func enterLoop() { breaks.append(nil) }

  /// Leaves the innermost loop at this place.
  mutating func breakLoop() {
    guard isReachable, let innermost = breaks.indices.last else { return }
    breaks[innermost] = min(breaks[innermost] ?? .max, trail.count)
  }

  /// Ends the innermost loop, which is left only by breaks if `isEndless`.
  mutating func exitLoop(to mark: Mark, isEndless: Bool) {
    let shared = breaks.removeLast()
    isReachable = !isEndless || shared != nil
    truncate(to: isEndless ? max(mark.length, shared ?? 0) : mark.length)
  }

  private mutating func truncate(to length: Int) {
    while trail.count > length {
      isSet[trail.removeLast()] = false
    }
    if let innermost = breaks.indices.last, let shared = breaks[innermost], shared > length {
      breaks[innermost] = length
    }
  }
}
