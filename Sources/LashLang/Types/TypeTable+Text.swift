import LashJSON

/// Types as text, in lashlang's syntax (rule TYP-1), for people and models. Bounded in length.
extension TypeTable {
  /// The text of a type, cut at about `longest` letters. Single texts are written as `str` unless
  /// `exact`.
  func text(_ type: ValueType, exact: Bool = false, atMost longest: Int = 160) -> String {
    var budget = longest
    return text(type, exact, &budget)
  }

  private func text(_ type: ValueType, _ exact: Bool, _ budget: inout Int) -> String {
    guard budget > 0 else { return "…" }
    budget -= 4
    switch kind(type) {
    case .never, .unknown, .any, .hidden: return "any"
    case .null, .absent: return "null"
    case .bool, .yes, .no: return "bool"
    case .int: return "int"
    case .number, .float: return "float"
    case .string: return "str"
    case .image: return "image"
    case .failure: return "Result[any]"
    case .literal: return exact ? "enum[\(quoted(word(type, 0)))]" : "str"
    case .list: return "list[\(text(part(type), exact, &budget))]"
    case .tuple:
      let items = parts(type).map { text($0, exact, &budget) }
      return "(\(items.joined(separator: ", "))\(items.count == 1 ? "," : ""))"
    case .tuples: return "tuple[\(text(part(type), exact, &budget))]"
    case .object: return objectText(type, exact, &budget)
    case .union: return unionText(type, exact, &budget)
    case .success: return "Result[\(text(part(type), exact, &budget))]"
    case .run: return "Run[\(text(part(type, 1), exact, &budget))]"
    case .process:
      let input = text(part(type), exact, &budget)
      return "Process<\(input), \(text(part(type, 1), exact, &budget))>"
    case .named: return name(word(type, 0))
    case .typeValue: return "Type[\(text(part(type), exact, &budget))]"
    case .triggerHandle: return "TriggerHandle<\(text(part(type), exact, &budget))>"
    case .alias: return aliasNames[Int(word(type, 0))]
    case .hostAlias: return hostAliasNames[Int(word(type, 0))]
    }
  }

  private func quoted(_ name: Int32) -> String {
    JSONValue.string(String(self.name(name).prefix(40))).description
  }

  private func objectText(_ type: ValueType, _ exact: Bool, _ budget: inout Int) -> String {
    let rest = rest(type)
    if fieldCount(type) == 0, rest != .never, rest != .hidden {
      return rest == .any ? "dict" : "dict[\(text(rest, exact, &budget))]"
    }
    var parts: [String] = []
    for index in 0..<fieldCount(type) {
      guard budget > 0 else {
        parts.append("…")
        break
      }
      let field = field(type, at: index)
      let name = TypeText.key(self.name(field.name))
      budget -= name.utf8.count
      parts.append("\(name): \(text(field.type, exact, &budget))\(field.isOptional ? "?" : "")")
    }
    if rest != .never, rest != .hidden { parts.append("...") }
    return parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }"
  }

  private func unionText(_ type: ValueType, _ exact: Bool, _ budget: inout Int) -> String {
    let members = parts(type)
    var texts: [String] = []
    let literals = members.filter { kind($0) == .literal }
    if exact, literals.count > 1 {
      let shown = literals.prefix(12).map { quoted(word($0, 0)) }
      budget -= shown.reduce(0) { $0 + $1.utf8.count }
      let more = literals.count > shown.count ? ", …" : ""
      texts.append("enum[\(shown.joined(separator: ", "))\(more)]")
    }
    // Null comes last, as people write it.
    let ordered =
      members.filter { $0 != .null && $0 != .absent }
      + members.filter { $0 == .null || $0 == .absent }
    for member in ordered {
      if exact, literals.count > 1, kind(member) == .literal { continue }
      if member == .failure, members.contains(where: { kind($0) == .success }) { continue }
      let text = text(member, exact, &budget)
      if !texts.contains(text) { texts.append(text) }
      if budget <= 0 { break }
    }
    return texts.joined(separator: " | ")
  }
}
