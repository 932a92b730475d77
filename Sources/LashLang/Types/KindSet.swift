/// The kinds that values have at run time (rule VAL-1), as far as operators and builtins ask.
struct KindSet: OptionSet, Hashable, Sendable {
  let rawValue: UInt16

  static let null = KindSet(rawValue: 1)
  static let bool = KindSet(rawValue: 2)
  static let number = KindSet(rawValue: 4)
  static let string = KindSet(rawValue: 8)
  static let list = KindSet(rawValue: 16)
  static let tuple = KindSet(rawValue: 32)
  static let record = KindSet(rawValue: 64)
  static let image = KindSet(rawValue: 128)
  static let handle = KindSet(rawValue: 256)
  static let module = KindSet(rawValue: 512)
  static let type = KindSet(rawValue: 1024)
  static let process = KindSet(rawValue: 2048)
  /// Opaque values of the host.
  static let descriptor = KindSet(rawValue: 4096)

  static let scalar: KindSet = [.null, .bool, .number, .string]
  static let sequence: KindSet = [.list, .tuple]
  static let everything = KindSet(rawValue: 8191)

  /// The kinds that one name of `type_of` stands for; nothing for a text that names none.
  init?(named name: String) {
    switch name {
    case "null": self = .null
    case "bool": self = .bool
    case "number": self = .number
    case "string": self = .string
    case "list": self = .list
    case "tuple": self = .tuple
    case "record": self = .record
    case "image": self = .image
    case "handle": self = .handle
    case "module": self = .module
    case "type": self = .type
    case "process": self = .process
    case "descriptor": self = .descriptor
    default: return nil
    }
  }

  init(rawValue: UInt16) { self.rawValue = rawValue }

  private static let names: [(KindSet, String)] = [
    (.string, "string"), (.number, "number"), (.bool, "bool"), (.null, "null"), (.list, "list"),
    (.tuple, "tuple"), (.record, "record"), (.image, "image"), (.handle, "handle"),
    (.module, "module"), (.type, "Type"), (.process, "process"), (.descriptor, "descriptor"),
  ]

  /// The kinds as a phrase: "a list, tuple or null".
  var phrase: String {
    if self == .scalar { return "text, a number, a bool or null" }
    let names = Self.names.filter { contains($0.0) }.map(\.1)
    guard let last = names.last else { return "nothing" }
    let article = "a "
    return names.count == 1
      ? article + last : article + names.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension TypeTable {
  /// The kinds that values of a type have; of what may be missing, those of what is there.
  func kinds(_ type: ValueType) -> KindSet {
    switch kind(type) {
    case .never, .absent: return []
    case .unknown, .any, .hidden: return .everything
    case .null: return .null
    case .bool, .yes, .no: return .bool
    case .int, .number, .float: return .number
    case .string, .literal: return .string
    case .image: return .image
    case .list: return .list
    case .tuple, .tuples: return .tuple
    case .object, .success, .failure: return .record
    case .run, .triggerHandle: return .handle
    case .process: return .process
    case .named: return [.module, .descriptor, .handle]
    case .typeValue: return .type
    case .alias, .hostAlias, .union:
      var kinds: KindSet = []
      for member in members(type) where kind(member) != .union {
        kinds.formUnion(self.kinds(member))
      }
      return kinds
    }
  }

  /// What is known of a value of a kind of which nothing else is known.
  mutating func type(ofKinds kinds: KindSet) -> ValueType {
    switch kinds {
    case .null: return .null
    case .bool: return .bool
    case .number: return .number
    case .string: return .string
    case .list: return list(.any)
    case .tuple: return tuples(.any)
    case .record: return dictionary()
    case .image: return .image
    default: return .any
    }
  }
}
