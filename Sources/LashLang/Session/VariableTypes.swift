/// The types of the variables that the cells of a session left. What is not among them is `any`.
public struct VariableTypes: Sendable {
  /// The names, in order of first assignment.
  public private(set) var names: [String] = []
  private(set) var types: [ValueType] = []
  let table: TypeTable
  /// The processes that handles of runs name.
  let processes: [String]
  private var places: [String: Int] = [:]

  /// No variables.
  public init() {
    table = TypeTable()
    processes = []
  }

  init(table: TypeTable, processes: [String]) {
    self.table = table
    self.processes = processes
  }

  /// The type of a variable; `nil` if there is no such variable. O(1).
  func type(of name: String) -> ValueType? { places[name].map { types[$0] } }

  /// The type of a variable in lashlang's syntax; `nil` if there is no such variable. Bounded in
  /// length.
  public func text(of name: String) -> String? {
    type(of: name).map { table.text($0, exact: true) }
  }

  mutating func set(_ name: String, _ type: ValueType) {
    if let place = places[name] {
      types[place] = type
    } else {
      places[name] = names.count
      names.append(name)
      types.append(type)
    }
  }

  /// Enters a variable that came from outside, or whose type is no longer known.
  public mutating func forgetType(of name: String) { set(name, .any) }

  /// Removes the variables that are not wanted. O(variables).
  public mutating func removeAll(where isUnwanted: (String) -> Bool) {
    let old = zip(names, types).filter { !isUnwanted($0.0) }
    (names, types, places) = ([], [], [:])
    for (name, type) in old { set(name, type) }
  }
}
