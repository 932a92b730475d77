/// Takes types of an earlier cell over into the table of a later one.
///
/// Names of declared types stay names where they mean the same, and else are replaced by what they
/// meant, a recursive one by `any` where it comes back to itself. O(size of the types), with one
/// answer for each.
struct TypeTransfer {
  /// What the names in the old types are now; what is not there is not the same any more.
  struct Names {
    var types: [String: ValueType] = [:]
    var hostTypes: [String: ValueType] = [:]
    var processes: [String: Int] = [:]
  }

  /// Names that stand for one another are followed so deep.
  private static let maximumDepth = 2 * TypeTable.maximumDepth

  private let source: TypeTable
  private let processes: [String]
  private let names: Names
  private var known: [ValueType?]
  private var depth = 0

  init(from variables: VariableTypes, _ names: Names) {
    source = variables.table
    processes = variables.processes
    self.names = names
    known = Array(repeating: nil, count: source.nodes.count)
  }

  /// The type in the new table. Recursion is bounded by `maximumDepth`.
  mutating func type(_ old: ValueType, into table: inout TypeTable) -> ValueType {
    let kind = source.kind(old)
    if kind == .unknown { return .any }
    if kind.rawValue < TypeKind.literal.rawValue { return old }
    if let known = known[Int(old.index)] { return known }
    guard depth < Self.maximumDepth else { return .any }
    // A name that comes back to itself finds this.
    known[Int(old.index)] = .any
    depth += 1
    let new = made(kind, old, &table)
    depth -= 1
    known[Int(old.index)] = new
    return new
  }

  private mutating func made(
    _ kind: TypeKind, _ old: ValueType, _ table: inout TypeTable
  ) -> ValueType {
    switch kind {
    case .literal, .named:
      let name = table.name(source.name(source.word(old, 0)))
      return table.make(kind, [name])
    case .object: return object(old, &table)
    case .union: return table.declaredUnion(parts(old, &table))
    case .tuple: return table.tuple(parts(old, &table))
    case .run:
      let place = Int(source.word(old, 0))
      let process = place < 0 ? nil : names.processes[processes[place]]
      let output = type(source.part(old, 1), into: &table)
      let signals = type(source.part(old, 2), into: &table)
      return table.run(process: process, output: output, signals: signals)
    case .alias:
      let index = Int(source.word(old, 0))
      if let name = names.types[source.aliasNames[index]] { return name }
      return source.aliases[index].map { type($0, into: &table) } ?? .any
    case .hostAlias:
      let index = Int(source.word(old, 0))
      if let name = names.hostTypes[source.hostAliasNames[index]] { return name }
      return source.hostAliases[index].map { type($0, into: &table) } ?? .any
    default:
      return table.make(kind, parts(old, &table).map(\.index))
    }
  }

  private mutating func parts(_ old: ValueType, _ table: inout TypeTable) -> [ValueType] {
    var parts: [ValueType] = []
    for part in source.parts(old) { parts.append(type(part, into: &table)) }
    return parts
  }

  private mutating func object(_ old: ValueType, _ table: inout TypeTable) -> ValueType {
    var fields: [ObjectField] = []
    for var field in source.fields(old) {
      field.name = table.name(source.name(field.name))
      field.type = type(field.type, into: &table)
      fields.append(field)
    }
    let rest = type(source.rest(old), into: &table)
    return table.object(fields, rest: rest)
  }
}
