import LashJSON

/// Builds the JSON Schema of one type expression of a checked module.
///
/// Names are expanded in place. A name inside its own expansion, or what is beyond the bounds on depth
/// and size, becomes a `$ref` to a definition, so that neither recursion nor repeated use can blow up
/// and a schema nests no deeper than JSON may.
struct SchemaBuilder {
  private enum Target: Hashable {
    case declaration(Int)
    case constant(TypeID)
    case host(Int)
    /// A part of the type that a host gives as text.
    case part(host: Int, TypeID)
  }

  /// Names expanded inside one another.
  private static let maximumDepth = 16
  /// Types written inside one another; each takes at most two levels of JSON.
  private static let maximumNesting = 40
  /// A host's schema with more levels can only stand as a definition.
  private static let maximumHostLevels = 24
  /// Nodes after which all names become references.
  private static let maximumNodes = 2_000

  private(set) var variables: [Symbol] = []
  /// The module whose type is being built: the program's, or that of a host type's text.
  private var module: CheckedModule
  private var expanding: [Target] = []
  private var nodes = 0
  private var nesting = 0
  private var keys: [Target: String] = [:]
  private var usedKeys: Set<String> = []
  private var pending: [Target] = []

  init(module: CheckedModule) {
    self.module = module
  }

  /// The schema of `type` with the definitions that it refers to.
  mutating func build(_ type: TypeID) -> JSONValue {
    finish(schema(type))
  }

  /// The schema of a named type of the host with the definitions that it refers to.
  mutating func build(hostType index: Int) -> JSONValue {
    finish(schema(of: .host(index), named: module.host.types[index].name))
  }

  private mutating func finish(_ schema: JSONValue) -> JSONValue {
    var definitions = JSONObject()
    var next = 0
    while next < pending.count {
      let target = pending[next]
      next += 1
      definitions[key(of: target)] = definition(of: target)
    }
    guard !definitions.isEmpty, case .object(var object) = schema else { return schema }
    object["$defs"] = .object(definitions)
    return .object(object)
  }

  // MARK: Types

  private mutating func schema(_ type: TypeID) -> JSONValue {
    nodes += 1
    if nesting >= Self.maximumNesting, let target = part(type) {
      return reference(to: target, named: "part")
    }
    nesting += 1
    defer { nesting -= 1 }
    let tree = module.tree
    switch tree[type].kind {
    case .scalar(let scalar):
      return Self.schema(of: scalar)
    case .enumeration(let members):
      return ["type": "string", "enum": .array(tree[members].map { .string(tree[$0]) })]
    case .list(let element):
      return ["type": "array", "items": schema(element)]
    case .object(let fields, let isOpen):
      return object(fields, isOpen: isOpen)
    case .union(let members):
      return ["anyOf": .array(tree[members].map { schema($0) })]
    case .process, .triggerHandle, .error:
      return [:]
    case .name(let names):
      return schema(ofName: names, type)
    }
  }

  /// What names a type without a name, if it has parts.
  private func part(_ type: TypeID) -> Target? {
    switch module.tree[type].kind {
    case .list, .object, .union: break
    default: return nil
    }
    switch expanding.last {
    case .host(let index)?, .part(let index, _)?: return .part(host: index, type)
    default: return .constant(type)
    }
  }

  private static func schema(of scalar: ScalarType) -> JSONValue {
    switch scalar {
    case .any: [:]
    case .string: ["type": "string"]
    case .integer: ["type": "integer"]
    case .number: ["type": "number"]
    case .bool: ["type": "boolean"]
    case .dictionary: ["type": "object"]
    case .null: ["type": "null"]
    }
  }

  private mutating func object(_ fields: NodeList<TypeField>, isOpen: Bool) -> JSONValue {
    let tree = module.tree
    var properties = JSONObject()
    var required: [JSONValue] = []
    for field in tree[fields] {
      let name = tree[field.name.symbol]
      properties[name] = schema(field.type)
      if !field.isOptional { required.append(.string(name)) }
    }
    var object: JSONObject = [
      "type": "object", "properties": .object(properties), "required": .array(required),
    ]
    if !isOpen { object["additionalProperties"] = false }
    return .object(object)
  }

  // MARK: Names

  private mutating func schema(ofName names: NodeList<Name>, _ type: TypeID) -> JSONValue {
    let tree = module.tree
    switch module[type] {
    case .none, .opaque:
      return [:]
    case .variable:
      guard let symbol = tree[names].first?.symbol else { return [:] }
      let index = variables.firstIndex(of: symbol) ?? variables.count
      if index == variables.count { variables.append(symbol) }
      return ["$variable": .integer(Int64(index))]
    case .declaration(let index):
      return schema(of: .declaration(index), named: tree.dotted(names))
    case .constant(let constant):
      return schema(of: .constant(constant), named: tree.dotted(names))
    case .host(let index):
      return schema(of: .host(index), named: tree.dotted(names))
    }
  }

  private mutating func schema(of target: Target, named name: String) -> JSONValue {
    let mustRefer =
      expanding.contains(target) || expanding.count >= Self.maximumDepth
      || nodes >= Self.maximumNodes || nesting >= Self.maximumNesting || keys[target] != nil
    guard mustRefer || mustBeDefinition(target) else { return expansion(of: target) }
    return reference(to: target, named: name)
  }

  private mutating func reference(to target: Target, named name: String) -> JSONValue {
    if keys[target] == nil {
      keys[target] = freeKey(name)
      pending.append(target)
    }
    return ["$ref": .string(Self.pointer(to: key(of: target)))]
  }

  private mutating func definition(of target: Target) -> JSONValue {
    guard case .host(let index) = target, case .schema(let schema) = module.host.types[index].type
    else { return expansion(of: target) }
    return Self.rebase(schema, onto: Self.pointer(to: key(of: target)))
  }

  private mutating func expansion(of target: Target) -> JSONValue {
    expanding.append(target)
    defer { expanding.removeLast() }
    switch target {
    case .declaration(let index): return schema(module.typeDeclarations[index].type)
    case .constant(let type): return schema(type)
    case .host(let index): return hostSchema(index)
    case .part(let index, let type): return hostSchema(index, part: type)
    }
  }

  private func key(of target: Target) -> String { keys[target] ?? "" }

  private mutating func freeKey(_ name: String) -> String {
    var key = name
    var number = 2
    while !usedKeys.insert(key).inserted {
      key = "\(name)_\(number)"
      number += 1
    }
    return key
  }

  private static func pointer(to key: String) -> String { "#/$defs/\(key)" }

  // MARK: Host schemas

  /// The schema of a named type of the host, or of a part of it; of one given as text, its other
  /// names expanded.
  private mutating func hostSchema(_ index: Int, part: TypeID? = nil) -> JSONValue {
    switch module.host.types[index].type {
    case .schema(let schema):
      return schema
    case .text(let text):
      guard let parsed = HostTypeText(text, host: module.host) else { return [:] }
      let program = module
      module = parsed.module
      defer { module = program }
      return schema(part ?? parsed.type)
    }
  }

  /// A host's schema with references of its own, or one that is deep, can only stand as a definition.
  private func mustBeDefinition(_ target: Target) -> Bool {
    guard case .host(let index) = target, case .schema(let schema) = module.host.types[index].type
    else { return false }
    return Self.hasReference(schema) || Self.levels(schema) > Self.maximumHostLevels
  }

  private static func levels(_ schema: JSONValue) -> Int {
    switch schema {
    case .array(let items): 1 + (items.map { levels($0) }.max() ?? 0)
    case .object(let object): 1 + (object.values.map { levels($0) }.max() ?? 0)
    default: 0
    }
  }

  private static func hasReference(_ schema: JSONValue) -> Bool {
    switch schema {
    case .array(let items): items.contains { hasReference($0) }
    case .object(let object):
      object["$ref"] != nil || object.values.contains { hasReference($0) }
    default: false
    }
  }

  /// Turns references into the schema itself into references into the definition it becomes.
  private static func rebase(_ schema: JSONValue, onto pointer: String) -> JSONValue {
    switch schema {
    case .array(let items):
      return .array(items.map { rebase($0, onto: pointer) })
    case .object(let object):
      var result = JSONObject()
      for (key, value) in object {
        if key == "$ref", let text = value.stringValue, text.hasPrefix("#") {
          result[key] = .string(pointer + text.dropFirst())
        } else {
          result[key] = rebase(value, onto: pointer)
        }
      }
      return .object(result)
    default:
      return schema
    }
  }
}
