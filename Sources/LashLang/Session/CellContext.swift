/// What a cell of a session is checked with besides its text (rule HST-7).
public struct CellContext: Sendable {
  /// Where the cell's own text ends; behind it stand declarations of earlier cells.
  public var end: UInt32
  /// What the variables of earlier cells hold.
  public var variables: VariableTypes
  /// Whether the names of types still mean what they meant in the earlier cells: the cell declares
  /// none of them anew, and the host is the same.
  public var keepsTypeNames: Bool

  /// Makes a context; without arguments that of a session's first cell.
  public init(
    end: UInt32 = .max, variables: VariableTypes = VariableTypes(), keepsTypeNames: Bool = true
  ) {
    self.end = end
    self.variables = variables
    self.keepsTypeNames = keepsTypeNames
  }
}
