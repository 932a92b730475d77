import LashLang

/// Which register a name means at the current place of a body.
struct Scope {
  private static let absent: Int32 = -1
  private static let hidden: Int32 = -2

  /// By symbol.
  private var places: [Int32]
  /// The variables of the body in register order.
  private(set) var variables: [Symbol] = []

  /// What a name meant before a binding hid it.
  struct Hidden {
    let symbol: Symbol
    fileprivate let place: Int32
  }

  init(symbols: Int) { places = Array(repeating: Self.absent, count: symbols) }

  /// Forgets the variables of the last body. O(variables).
  mutating func reset() {
    for symbol in variables { places[Int(symbol.index)] = Self.absent }
    variables.removeAll(keepingCapacity: true)
  }

  /// Makes `symbol` a variable with the next register, unless it is known or hidden by a binding.
  mutating func declare(_ symbol: Symbol) {
    guard places[Int(symbol.index)] == Self.absent else { return }
    places[Int(symbol.index)] = Int32(variables.count)
    variables.append(symbol)
  }

  /// The register of a name; every name of a checked module has one.
  func register(of symbol: Symbol) -> Register {
    let place = places[Int(symbol.index)]
    precondition(place >= 0, "a checked module has only names that mean something")
    return Register(Int(place))
  }

  /// Lets `symbol` mean a binding in `register` until `restore`; while variables are collected
  /// bindings have no register yet.
  mutating func bind(_ symbol: Symbol, to register: Register? = nil) -> Hidden {
    let old = Hidden(symbol: symbol, place: places[Int(symbol.index)])
    places[Int(symbol.index)] = register.map { Int32($0.index) } ?? Self.hidden
    return old
  }

  /// Ends bindings, the last one first.
  mutating func restore(_ hidden: [Hidden]) {
    for old in hidden.reversed() { places[Int(old.symbol.index)] = old.place }
  }
}
