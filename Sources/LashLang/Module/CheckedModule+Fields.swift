extension CheckedModule {
  /// The fields that the type of the widest expression that ends at a byte offset may have, in the order
  /// of their names; none if there is no such expression or the type has no fields. O(expressions).
  package func fieldNames(ofExpressionAt end: UInt32) -> [String] {
    // Parents come after their children.
    guard let index = tree.expressions.lastIndex(where: { $0.span.end == end }) else { return [] }
    var names: [String] = []
    var pending = [type(of: ExpressionID(UInt32(index)))]
    var seen: Set<ValueType> = []
    while let type = pending.popLast() {
      guard seen.insert(type).inserted else { continue }
      switch typeTable.kind(type) {
      case .object: names += typeTable.fields(type).map { typeTable.name($0.name) }
      case .union: pending += typeTable.parts(type)
      case .alias:
        let place = Int(typeTable.word(type, 0))
        if let meaning = typeTable.aliases[place] { pending.append(meaning) }
      case .hostAlias:
        let place = Int(typeTable.word(type, 0))
        if let meaning = typeTable.hostAliases[place] { pending.append(meaning) }
      case .success: names += ["ok", "value"]
      case .failure: names += ["ok", "error"]
      default: break
      }
    }
    return names
  }
}
