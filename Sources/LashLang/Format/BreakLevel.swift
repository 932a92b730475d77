/// How loosely an atom binds what stands around it: the loosest places of a run are broken first.
enum BreakLevel: Int {
  case clause, comma, ternary, coalesce, or, and, comparison, sum, product, union

  /// The level of the atom at an index; `nil` where no line may end.
  init?(_ atoms: FormatAtoms, _ index: Int) {
    let atom = atoms[index]
    if atom.role == .clause {
      self = .clause
      return
    }
    guard atom.role == .plain || atom.role == .ternary else { return nil }
    switch atom.kind {
    case .comma: self = .comma
    case .ternary: self = .ternary
    case .colon where atom.role == .ternary: self = .ternary
    case .coalesce: self = .coalesce
    case .or: self = .or
    case .and: self = .and
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: self = .comparison
    case .in where atoms[index - 1].kind != .not: self = .comparison
    case .not where atoms[index + 1].kind == .in: self = .comparison
    case .plus, .minus: self = .sum
    case .star, .slash, .percent: self = .product
    case .bar: self = .union
    default: return nil
    }
  }

  /// Whether a line ends before the atom, not behind it (rule GRM-1).
  var isBefore: Bool { self != .comma && self != .union }

  /// Whether a literal behind the last operator may stay on its line.
  var mayHug: Bool { self == .sum || self == .coalesce }
}
