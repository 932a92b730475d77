import LashLang

extension ReferenceBuiltins {
  // MARK: Numbers and order

  static func numbers(
    _ builtin: Builtin, _ values: [ReferenceValue]
  ) throws(ReferenceFailure) -> ReferenceValue {
    switch builtin {
    case .sum:
      var total = ReferenceValue.integer(0)
      for item in try items(values[0]) {
        guard let number = item.number, let sum = total.number else { throw .init(.typeError) }
        total = sum.applying("+", to: number)
      }
      return total
    case .min, .max:
      let xs = try items(values[0])
      guard var best = xs.first else { throw .init(.valueError) }
      try checkComparable(xs)
      for item in xs where builtin == .min ? order(item, best) < 0 : order(item, best) > 0 {
        best = item
      }
      return best
    case .sort:
      var sign = 1
      if values.count > 1 {
        guard case .text(let direction) = values[1] else { throw .init(.typeError) }
        guard ["asc", "desc"].contains(direction) else { throw .init(.valueError) }
        if direction == "desc" { sign = -1 }
      }
      let xs = try items(values[0])
      try checkComparable(xs)
      // Insertion, which is stable.
      var sorted: [ReferenceValue] = []
      for item in xs {
        let place = sorted.firstIndex { sign * order(item, $0) < 0 } ?? sorted.count
        sorted.insert(item, at: place)
      }
      return .list(sorted)
    case .toInt:
      switch try values[0].asNumber() {
      case .integer(let integer): return .integer(integer)
      case .double(let double): return .number(double.rounded(.towardZero))
      }
    case .range: return try range(values)
    default:
      guard let number = values[0].number else { throw .init(.typeError) }
      switch (builtin, number) {
      case (.abs, .integer(let integer)):
        return integer < 0 ? ReferenceNumber.integer(0).applying("-", to: number) : values[0]
      case (.abs, .double(let double)): return .number(double.magnitude)
      case (_, .integer): return values[0]
      case (.floor, .double(let double)): return .number(double.rounded(.down))
      case (_, .double(let double)): return .number(double.rounded(.up))
      }
    }
  }

  private static func range(_ values: [ReferenceValue]) throws(ReferenceFailure) -> ReferenceValue {
    var bounds: [ReferenceNumber] = []
    // Start, step, end.
    for place in values.count == 3 ? [0, 2, 1] : Array(values.indices) {
      guard let number = values[place].number else { throw .init(.typeError) }
      if case .double(let double) = number, double != double.rounded() || double.isInfinite {
        throw .init(.valueError)
      }
      bounds.append(number)
    }
    let end = bounds.removeLast()
    let start = bounds.first ?? .integer(0)
    let step = bounds.count == 2 ? bounds[1] : .integer(1)
    guard step.double != 0 else { throw .init(.valueError) }
    var items: [ReferenceValue] = []
    var next = start
    while let order = next.compared(with: end), step.double > 0 ? order < 0 : order > 0 {
      guard items.count < 1_000_000 else { throw .init(.valueError) }
      items.append(next.value)
      guard let number = next.applying("+", to: step).number else { break }
      next = number
    }
    return .list(items)
  }

  /// 0 to 3 for what can be ordered with its like.
  private static func rank(_ value: ReferenceValue) -> Int? {
    switch value {
    case .null: 0
    case .bool: 1
    case .integer, .double: 2
    case .text: 3
    default: nil
    }
  }

  private static func checkComparable(_ items: [ReferenceValue]) throws(ReferenceFailure) {
    guard let first = items.first else { return }
    guard let rank = rank(first), items.allSatisfy({ Self.rank($0) == rank }) else {
      throw .init(.typeError)
    }
  }

  private static func order(_ a: ReferenceValue, _ b: ReferenceValue) -> Int {
    switch (a, b) {
    case (.bool(let a), .bool(let b)): return (a ? 1 : 0) - (b ? 1 : 0)
    case (.text(let a), .text(let b)): return ReferenceValue.textOrder(a, b)
    default:
      guard let a = a.number, let b = b.number else { return 0 }
      return a.compared(with: b)
        ?? ((a.double.isNaN ? 1 : 0) - (b.double.isNaN ? 1 : 0))
    }
  }

  // MARK: Text

  static func texts(
    _ builtin: Builtin, _ values: [ReferenceValue]
  ) throws(ReferenceFailure) -> ReferenceValue {
    switch builtin {
    case .join:
      let xs = try items(values[0])
      let separator = try values[1].asText()
      var parts: [String] = []
      for item in xs { parts.append(try item.asText()) }
      return .text(parts.joined(separator: separator))
    case .repeat:
      guard let number = values[1].number else { throw .init(.typeError) }
      guard case .integer(let times) = number, times >= 0 else { throw .init(.valueError) }
      return .text(String(repeating: try values[0].asText(), count: Int(times)))
    case .trim:
      var scalars = Array(try values[0].asText().unicodeScalars)[...]
      while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
      while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
      return .text(String(String.UnicodeScalarView(scalars)))
    default: break
    }
    let text = try values[0].asText()
    let part = try values[1].asText()
    let scalars = Array(text.unicodeScalars)
    let needle = Array(part.unicodeScalars)
    switch builtin {
    case .startsWith: return .bool(scalars.starts(with: needle))
    case .endsWith: return .bool(scalars.reversed().starts(with: needle.reversed()))
    case .find: return offset(of: part, in: text, from: 0).map { .integer(Int64($0)) } ?? .null
    default:
      if needle.isEmpty {
        return .list([.text("")] + scalars.map { .text(String($0)) } + [.text("")])
      }
      var pieces: [ReferenceValue] = []
      var start = 0
      while let place = offset(of: part, in: text, from: start) {
        pieces.append(.text(String(String.UnicodeScalarView(scalars[start..<place]))))
        start = place + needle.count
      }
      return .list(pieces + [.text(String(String.UnicodeScalarView(scalars[start...])))])
    }
  }

  /// The offset in scalars of the first occurrence at or after `start`.
  static func offset(of part: String, in text: String, from start: Int) -> Int? {
    let scalars = Array(text.unicodeScalars)
    let needle = Array(part.unicodeScalars)
    guard start + needle.count <= scalars.count else { return nil }
    return (start...scalars.count - needle.count).first {
      scalars[$0..<$0 + needle.count].elementsEqual(needle)
    }
  }
}
