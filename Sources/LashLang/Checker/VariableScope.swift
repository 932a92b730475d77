/// The variables of one body: what assigns them, which loops bind them, and whether they are set.
///
/// A body is one flat scope: blocks make none. The bindings of `for` and comprehensions live in
/// their loop only and hide a variable of the same name there (rule STM-9).
struct VariableScope {
  /// What reading a name at some place means.
  enum Reading {
    /// A variable that has a value.
    case variable
    /// A variable that is assigned on some paths to here only.
    case maybeUnset
    /// A variable that gets its first value further down.
    case assignedLater
    /// No variable of this body.
    case unknown
  }

  private struct Variable {
    /// End of the first statement that assigns it; 0 if it comes from outside.
    var firstAssignment = UInt32.max
    /// Loops and comprehensions around the current place that bind it.
    var bindings: UInt32 = 0
    /// Whether all that it is assigned is plainly no module authority.
    var isPlain = true
    var isReadOnly = false
    var hasWarned = false
    var isTouched = false
  }

  /// What is set at the current place.
  var flow: DefiniteAssignment
  /// End of the outermost loop around the current place; 0 outside loops.
  private(set) var loopEnd: UInt32 = 0
  private var variables: [Variable]
  private var touched: [Symbol] = []
  private var loopDepth = 0

  init(symbolCount: Int) {
    variables = Array(repeating: Variable(), count: symbolCount)
    flow = DefiniteAssignment(symbolCount: symbolCount)
  }

  /// Forgets the variables of the last body. O(its variables).
  mutating func reset() {
    for symbol in touched { variables[Int(symbol.index)] = Variable() }
    touched.removeAll(keepingCapacity: true)
    flow.reset()
    loopEnd = 0
    loopDepth = 0
  }

  /// A parameter, or a variable of an earlier cell: it has a value from the beginning.
  mutating func declare(_ symbol: Symbol, isReadOnly: Bool = false) {
    touch(symbol)
    variables[Int(symbol.index)].firstAssignment = 0
    variables[Int(symbol.index)].isPlain = false
    variables[Int(symbol.index)].isReadOnly = isReadOnly
    flow.set(symbol)
  }

  /// Records, before the body is walked, that a statement ending at `end` assigns the variable.
  mutating func foresee(_ symbol: Symbol, end: UInt32, isPlain: Bool) {
    guard variables[Int(symbol.index)].bindings == 0 else { return }
    touch(symbol)
    let first = variables[Int(symbol.index)].firstAssignment
    variables[Int(symbol.index)].firstAssignment = min(first, end)
    if !isPlain { variables[Int(symbol.index)].isPlain = false }
  }

  mutating func assign(_ symbol: Symbol) {
    if variables[Int(symbol.index)].bindings == 0 { flow.set(symbol) }
  }

  mutating func bind(_ symbol: Symbol) {
    touch(symbol)
    variables[Int(symbol.index)].bindings += 1
  }

  mutating func unbind(_ symbol: Symbol) {
    variables[Int(symbol.index)].bindings -= 1
  }

  mutating func enterLoop(end: UInt32, isEndless: Bool) {
    if loopDepth == 0 { loopEnd = end }
    loopDepth += 1
    flow.beginLoop(isEndless: isEndless)
  }

  mutating func leaveLoop() {
    flow.endLoop()
    loopDepth -= 1
    if loopDepth == 0 { loopEnd = 0 }
  }

  /// What reading the name at the offset `place`, the current one, means.
  func reading(_ symbol: Symbol, at place: UInt32) -> Reading {
    let variable = variables[Int(symbol.index)]
    if variable.bindings > 0 { return .variable }
    if variable.firstAssignment == .max { return .unknown }
    if variable.firstAssignment <= max(place, loopEnd) {
      return flow.isDefinite(symbol) ? .variable : .maybeUnset
    }
    return .assignedLater
  }

  /// Whether the name reads a variable at the current place.
  func isVariable(_ symbol: Symbol, at place: UInt32) -> Bool {
    switch reading(symbol, at: place) {
    case .variable, .maybeUnset: true
    case .assignedLater, .unknown: false
    }
  }

  /// Whether a loop or comprehension around the current place binds the name.
  func isBound(_ symbol: Symbol) -> Bool { variables[Int(symbol.index)].bindings > 0 }

  /// Whether the variable comes from outside the body.
  func isOutside(_ symbol: Symbol) -> Bool {
    variables[Int(symbol.index)].firstAssignment == 0
  }

  func isReadOnly(_ symbol: Symbol) -> Bool {
    variables[Int(symbol.index)].isReadOnly && variables[Int(symbol.index)].bindings == 0
  }

  /// Whether the variable surely holds no module authority.
  func isPlain(_ symbol: Symbol) -> Bool {
    let variable = variables[Int(symbol.index)]
    return variable.bindings == 0 && variable.firstAssignment != .max && variable.isPlain
  }

  /// Whether a warning about the unset variable is still to be given; once a body.
  mutating func takeWarning(_ symbol: Symbol) -> Bool {
    defer { variables[Int(symbol.index)].hasWarned = true }
    return !variables[Int(symbol.index)].hasWarned
  }

  /// The names that are known in this body, in order of appearance.
  var known: [Symbol] {
    touched.filter {
      let variable = variables[Int($0.index)]
      return variable.bindings > 0 || variable.firstAssignment != .max
    }
  }

  private mutating func touch(_ symbol: Symbol) {
    guard !variables[Int(symbol.index)].isTouched else { return }
    variables[Int(symbol.index)].isTouched = true
    touched.append(symbol)
  }
}
