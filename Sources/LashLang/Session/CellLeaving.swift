/// What a checked cell leaves for later cells (rule HST-7): the types of the session's variables, and
/// the types that its constants name.
public struct CellLeaving: Sendable {
  struct Variable {
    var name: String
    /// What it held before the cell; nothing if the cell is the first to assign it.
    var before: ValueType?
    /// What it holds wherever the main block ends.
    var after: ValueType
    var isAssigned: Bool
  }

  /// A `Row = Type {…}` that signatures may name (rule TYP-4).
  public struct Constant: Sendable {
    /// The name.
    public let name: String
    /// The type between the braces and they themselves.
    public let span: SourceSpan
  }

  var variables: [Variable] = []
  /// The constants, in source order.
  public internal(set) var constants: [Constant] = []
}

extension CheckedModule {
  /// The types of the session's variables after the cell: exact if it ended by itself (`finish`, `fail`
  /// or its last statement). If it stopped elsewhere, what it assigns may hold anything.
  public func variableTypes(hasEnded: Bool) -> VariableTypes {
    var result = VariableTypes(
      table: typeTable, processes: processes.map { tree[$0.name.symbol] })
    for variable in leaving?.variables ?? [] {
      if variable.isAssigned {
        result.set(variable.name, hasEnded ? variable.after : .any)
      } else if let before = variable.before {
        result.set(variable.name, before)
      }
    }
    return result
  }
}
