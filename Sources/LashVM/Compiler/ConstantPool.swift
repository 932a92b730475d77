import LashJSON
import LashLang

/// Interns what instructions name: constants, keys and shapes, shared by all bodies of a program.
struct ConstantPool {
  private(set) var constants: [Constant] = []
  private(set) var keys: [String] = []
  private(set) var shapes: [[UInt32]] = []

  private let symbols: [String]
  private var keyOfSymbol: [UInt32?]
  private var keyOfText: [ExactText: UInt32] = [:]
  private var constantOfSymbol: [UInt32?]
  private var constantOfText: [ExactText: UInt32] = [:]
  private var constantOfInteger: [Int64: UInt32] = [:]
  private var constantOfDouble: [UInt64: UInt32] = [:]
  private var constantOfModule: [ModuleReference: UInt32] = [:]
  private var shapeOfKeys: [[UInt32]: UInt32] = [:]

  /// A pool for a tree whose symbol table is `symbols`.
  init(symbols: [String]) {
    self.symbols = symbols
    keyOfSymbol = Array(repeating: nil, count: symbols.count)
    constantOfSymbol = Array(repeating: nil, count: symbols.count)
  }

  /// The index of a symbol's text among the keys.
  mutating func key(_ symbol: Symbol) -> UInt32 {
    if let known = keyOfSymbol[Int(symbol.index)] { return known }
    let index = key(text: symbols[Int(symbol.index)])
    keyOfSymbol[Int(symbol.index)] = index
    return index
  }

  /// The index of a text. Each text is one key, since machines tell keys apart by their numbers.
  mutating func key(text: String) -> UInt32 {
    if let known = keyOfText[ExactText(text)] { return known }
    keys.append(text)
    let index = UInt32(keys.count - 1)
    keyOfText[ExactText(text)] = index
    return index
  }

  /// The index of a shape.
  mutating func shape(_ keys: [UInt32]) -> UInt32 {
    if let known = shapeOfKeys[keys] { return known }
    shapes.append(keys)
    let index = UInt32(shapes.count - 1)
    shapeOfKeys[keys] = index
    return index
  }

  /// The index of a literal number or text; `nil` for null and booleans, which have instructions
  /// of their own.
  mutating func constant(_ literal: Literal) -> UInt32? {
    switch literal {
    case .null, .bool: nil
    case .integer(let value): intern(value, \.constantOfInteger, .integer(value))
    case .double(let value): intern(value.bitPattern, \.constantOfDouble, .double(value))
    case .symbol(let symbol): constant(symbol)
    case .text(let text): intern(ExactText(text), \.constantOfText, .string(text))
    }
  }

  /// The index of a symbol's text among the constants.
  mutating func constant(_ symbol: Symbol) -> UInt32 {
    if let known = constantOfSymbol[Int(symbol.index)] { return known }
    let text = symbols[Int(symbol.index)]
    let index = intern(ExactText(text), \.constantOfText, .string(text))
    constantOfSymbol[Int(symbol.index)] = index
    return index
  }

  /// The index of a module authority.
  mutating func constant(_ module: ModuleReference) -> UInt32 {
    intern(
      module, \.constantOfModule, .module(path: module.path, authority: module.authority))
  }

  /// Appends a schema; they are not interned, each comes from one place of the source.
  mutating func append(schema: JSONValue) -> UInt32 {
    constants.append(.schema(schema))
    return UInt32(constants.count - 1)
  }

  private mutating func intern<Key: Hashable>(
    _ key: Key, _ table: WritableKeyPath<ConstantPool, [Key: UInt32]>, _ constant: Constant
  ) -> UInt32 {
    if let known = self[keyPath: table][key] { return known }
    constants.append(constant)
    let index = UInt32(constants.count - 1)
    self[keyPath: table][key] = index
    return index
  }
}
