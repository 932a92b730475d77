/// Calls of builtins: their arguments against the table, then their result (rule BLT-0).
extension InferTypes {
  @inline(never)
  mutating func callBuiltin(
    _ builtin: Builtin, _ id: ExpressionID, _ arguments: NodeList<ExpressionID>
  ) -> ValueType {
    let signature = signatures[builtin]
    var given: [ValueType] = []
    given.reserveCapacity(Int(arguments.count))
    var isWrong = false
    for (index, argument) in tree[arguments].enumerated() {
      let type = types[Int(argument.index)]
      given.append(type)
      if let parameter = signature.parameter(at: index) {
        if !check(argument, type, parameter, of: builtin) { isWrong = true }
      }
    }
    guard given.count >= builtin.minimumArguments,
      given.count <= builtin.maximumArguments ?? .max
    else { return .unknown }
    switch signature.result {
    case .type(let type): return type
    case .list(let element): return table.list(element)
    case .computed:
      return isWrong ? .unknown : builtinResult(builtin, given, arguments)
    }
  }

  private mutating func check(
    _ argument: ExpressionID, _ type: ValueType, _ parameter: BuiltinSignature.Parameter,
    of builtin: Builtin
  ) -> Bool {
    if table.isOpen(type) || parameter.kinds == .everything { return true }
    guard table.kinds(type).isSubset(of: parameter.kinds) else {
      refuse(argument, type, parameter, of: builtin)
      return false
    }
    guard parameter.items != .everything, let items = table.element(type), !table.isOpen(items)
    else { return true }
    let kinds = table.kinds(items)
    // What is sorted must be of one kind.
    let isMixed =
      parameter.items == .scalar && builtin.comparesItems && kinds.rawValue.nonzeroBitCount > 1
    guard kinds.isSubset(of: parameter.items), !isMixed else {
      refuse(argument, type, parameter, of: builtin)
      return false
    }
    return true
  }

  private mutating func refuse(
    _ argument: ExpressionID, _ type: ValueType, _ parameter: BuiltinSignature.Parameter,
    of builtin: Builtin
  ) {
    guard isReporting else { return }
    report(
      .typeMismatch,
      "`\(builtin.rawValue)` requires \(parameter.noun), got \(table.text(type))",
      at: tree[argument].span, advice(argument, type, parameter, builtin))
  }

  private func advice(
    _ argument: ExpressionID, _ type: ValueType, _ parameter: BuiltinSignature.Parameter,
    _ builtin: Builtin
  ) -> Advice {
    let text = shortText(argument)
    let kinds = table.kinds(type)
    if kinds == .handle { return Advice("await it first: `(await \(text))?`") }
    if isResult(type), !parameter.kinds.contains(.record) {
      return Advice("add `?` to the call to get its value")
    }
    if builtin == .validate { return Advice("pass `Type { … }`, or the name of a declared type") }
    let rest = kinds.subtracting(.null)
    if kinds.contains(.null), !rest.isEmpty, rest.isSubset(of: parameter.kinds) {
      return Advice("it may be null here: test for null first, or write `\(text) ?? …`")
    }
    if parameter.kinds == .string, kinds.isSubset(of: .scalar) {
      return Advice("write `to_string(\(text))`")
    }
    if parameter.kinds.contains(.number), kinds == .string {
      return Advice("write `to_int(\(text))` or `to_float(\(text))`")
    }
    if parameter.kinds.isSubset(of: .sequence), kinds == .string {
      return Advice("make a list of it with `split(\(text), …)` or `lines(\(text))`")
    }
    if parameter.kinds == .scalar, builtin == .jsonParse,
      kinds.contains(.record) || kinds.contains(.list)
    {
      return Advice("it is a value already; `json_parse` takes JSON text")
    }
    if parameter.kinds == .list, kinds == .tuple { return Advice("write it as a list, `[…]`") }
    return Advice()
  }
}

extension Builtin {
  /// Whether it puts items in order.
  var comparesItems: Bool { self == .sort || self == .min || self == .max }
}

/// The signatures by builtin, found by position.
struct BuiltinSignatures: Sendable {
  private let list: [BuiltinSignature]
  private let positions: [Builtin: Int]

  static let all = BuiltinSignatures()

  private init() {
    list = Builtin.allCases.map { .of($0) }
    positions = Dictionary(
      Builtin.allCases.enumerated().map { ($0.element, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  subscript(builtin: Builtin) -> BuiltinSignature { list[positions[builtin] ?? 0] }
}

extension InferTypes {
  var signatures: BuiltinSignatures { .all }
}
