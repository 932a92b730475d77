/// A field that values of a type have, for people.
public struct TypeMember: Hashable, Sendable {
  /// The name.
  public var name: String
  /// Its type, in lashlang's syntax.
  public var type: String
  /// Whether it may be missing.
  public var isOptional: Bool

  /// Makes a member.
  public init(name: String, type: String, isOptional: Bool) {
    self.name = name
    self.type = type
    self.isOptional = isOptional
  }
}

extension TypeTable {
  /// The fields that can be read from values of a type, each name once.
  func readableMembers(_ type: ValueType) -> [TypeMember] {
    var found: [TypeMember] = []
    func add(_ name: String, _ type: String, _ isOptional: Bool = false) {
      guard !found.contains(where: { $0.name == name }), found.count < 500 else { return }
      found.append(TypeMember(name: name, type: type, isOptional: isOptional))
    }
    for member in members(type) {
      switch kind(member) {
      case .object:
        for field in fields(member) {
          add(name(field.name), text(field.type, exact: true), field.isOptional)
        }
      case .success, .failure:
        add("ok", "bool")
        if kind(member) == .success { add("value", text(part(member), exact: true)) }
        add("error", "str", true)
      case .image:
        add("id", "str")
        add("label", "str")
        add("size", "int")
        add("width", "int", true)
        add("height", "int", true)
      default: break
      }
    }
    return found
  }
}

extension HostSurface {
  /// The fields of a record type as the host states it, or of the record at `keys` within it; lists
  /// are looked through.
  public func members(of type: HostType, at keys: [String] = []) -> [TypeMember] {
    let parsed = Parser.parse(SourceFile(name: "", bytes: []))
    var inference = InferTypes(
      CheckContext(tree: parsed.tree, host: self, earlier: [], cell: nil))
    inference.declareTypes()
    let root = inference.type(of: type)
    var table = inference.table
    var current = root
    for key in keys {
      let name = table.name(key)
      let fields = table.records(in: current).compactMap { table.field($0, named: name) }
      guard let field = fields.first else { return [] }
      current = field.type
    }
    return table.records(in: current).flatMap { table.readableMembers($0) }
  }
}

extension TypeTable {
  /// The record types among the members of a type, those in its lists included.
  fileprivate func records(in type: ValueType) -> [ValueType] {
    var found: [ValueType] = []
    var pending = [type]
    for _ in 0..<200 {
      guard let next = pending.popLast() else { break }
      for member in members(next) {
        switch kind(member) {
        case .object: found.append(member)
        case .list, .tuples: pending.append(part(member))
        default: break
        }
      }
    }
    return found
  }
}
