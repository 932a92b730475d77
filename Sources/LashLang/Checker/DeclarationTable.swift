/// The declared names of a module, by symbol.
struct DeclarationTable {
  /// Types and processes are name spaces of their own; a function may not share a process's name.
  enum Space: Int, CaseIterable {
    case type, process, function
  }

  /// A `Row = Type {…}` of the main block that may be used in signatures (rule TYP-4).
  private(set) var constants: [Symbol: TypeID] = [:]
  private var indices: [Int32]

  init(symbolCount: Int) {
    indices = Array(repeating: -1, count: symbolCount * Space.allCases.count)
  }

  /// The index of a declaration in the module's list of its kind.
  func index(of symbol: Symbol, in space: Space) -> Int? {
    let index = indices[position(symbol, space)]
    return index < 0 ? nil : Int(index)
  }

  mutating func declare(_ symbol: Symbol, in space: Space, index: Int) {
    indices[position(symbol, space)] = Int32(index)
  }

  mutating func declareConstant(_ symbol: Symbol, _ type: TypeID) {
    constants[symbol] = type
  }

  private func position(_ symbol: Symbol, _ space: Space) -> Int {
    Int(symbol.index) * Space.allCases.count + space.rawValue
  }
}
