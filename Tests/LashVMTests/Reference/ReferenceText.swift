// Text and JSON forms (rules VAL-4, VAL-13, VAL-14, VAL-15).

extension ReferenceValue {
  /// The text form.
  var textForm: String {
    switch self {
    case .text(let text): text
    case .tuple(let items): Self.tupleForm(items)
    case .double(let double): Self.numberText(double)
    case .null, .bool, .integer, .list, .record: jsonForm
    }
  }

  private static func tupleForm(_ items: [ReferenceValue]) -> String {
    let parts = items.map { item in
      if case .text(let text) = item { quoted(text) } else { item.textForm }
    }
    return "(" + parts.joined(separator: ", ") + (items.count == 1 ? ",)" : ")")
  }

  /// Compact JSON.
  var jsonForm: String {
    switch self {
    case .null: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let integer): String(integer)
    case .double(let double): double.isFinite ? Self.numberText(double) : "null"
    case .text(let text): Self.quoted(text)
    case .list(let items), .tuple(let items):
      "[" + items.map(\.jsonForm).joined(separator: ",") + "]"
    case .record(let record):
      "{"
        + record.fields.map { Self.quoted($0.key) + ":" + $0.value.jsonForm }
        .joined(separator: ",") + "}"
    }
  }

  /// The text of a scalar, `nil` for any other kind.
  var scalarText: String? {
    switch self {
    case .list, .tuple, .record: nil
    default: textForm
    }
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// ECMAScript's Number::toString, from the shortest digits that read back.
  static func numberText(_ double: Double) -> String {
    if double.isNaN { return "nan" }
    if double.isInfinite { return double < 0 ? "-inf" : "inf" }
    let sign = double < 0 ? "-" : ""
    // Swift writes the shortest digits: `12.5`, `1e-07`, `1.5e+22`.
    let parts = "\(double.magnitude)".split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
    var digits = String(mantissa[0] + fraction)
    var point = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    while digits.hasPrefix("0"), digits.count > 1 {
      digits.removeFirst()
      point -= 1
    }
    while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
    let count = digits.count
    if 1...21 ~= point {
      if count <= point { return sign + digits + String(repeating: "0", count: point - count) }
      return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }
    if -5...0 ~= point { return sign + "0." + String(repeating: "0", count: -point) + digits }
    let exponent = point - 1
    let tail = count > 1 ? "." + digits.dropFirst() : ""
    return sign + digits.prefix(1) + tail + "e" + (exponent < 0 ? "-" : "+")
      + String(exponent.magnitude)
  }
}
