extension Parser {
  /// type = term { "|" term } (rule TYP-1)
  mutating func parseTypeExpression() -> TypeID {
    let start = token.span.start
    let first = parseTypeTerm()
    guard kind == .bar else { return first }
    let mark = pendingTypes.count
    pendingTypes.append(first)
    while take(.bar) { pendingTypes.append(parseTypeTerm()) }
    let members = Self.move(&pendingTypes, from: mark, to: &tree.typeLists)
    return make(.union(members), from: start)
  }

  mutating func parseTypeTerm() -> TypeID {
    let start = token.span.start
    switch kind {
    case .null:
      advance()
      return make(.scalar(.null), from: start)
    case .string:
      tree.enumMembers.append(token.symbol)
      advance()
      let member = NodeList<Symbol>(start: UInt32(tree.enumMembers.count - 1), count: 1)
      return make(.enumeration(member), from: start)
    case .leftBrace: return parseObjectType(from: start)
    case .identifier where token.separation != .cut: return parseNamedType()
    default:
      reportExpected("type expression")
      return make(.error, from: start)
    }
  }

  private mutating func parseNamedType() -> TypeID {
    let start = token.span.start
    let word = word
    let isGeneric = peek().kind == .leftBracket || peek().kind == .less
    if let word, let scalar = Self.scalar(word), !isGeneric || word == .any {
      advance()
      return make(.scalar(scalar), from: start)
    }
    switch word {
    case .typeLiteral? where peek().kind == .leftBrace:
      advance()
      return parseObjectType(from: start)
    case .enum? where peek().kind == .leftBracket: return parseEnumeration()
    case .list? where peek().kind == .leftBracket: return parseListType()
    case .processType? where peek().kind == .less:
      advance()
      guard deepen() else { return make(.error, from: start) }
      defer { nesting -= 1 }
      advance()
      let input = parseTypeExpression()
      expect(.comma)
      let output = parseTypeExpression()
      expect(.greater)
      return make(.process(input: input, output: output), from: start)
    case .triggerHandle? where peek().kind == .less:
      advance()
      guard deepen() else { return make(.error, from: start) }
      defer { nesting -= 1 }
      advance()
      let event = parseTypeExpression()
      expect(.greater)
      return make(.triggerHandle(event), from: start)
    default: return parseTypeName()
    }
  }

  static func scalar(_ word: Word) -> ScalarType? {
    switch word {
    case .any: .any
    case .str, .string: .string
    case .int, .integer: .integer
    case .float, .number: .number
    case .bool, .boolean: .bool
    case .dict, .object: .dictionary
    default: nil
    }
  }

  /// IDENT { "." IDENT }; a name with brackets after it is a habit of another language.
  private mutating func parseTypeName() -> TypeID {
    let start = token.span.start
    let first = tree.names.count
    repeat {
      guard let name = parseBinding() else { break }
      tree.names.append(name)
    } while take(.dot)
    if kind == .less || (kind == .leftBracket && token.separation == .none) {
      reportForeignType(tree.names[first], from: start)
    }
    let list = NodeList<Name>(start: UInt32(first), count: UInt32(tree.names.count - first))
    return make(.name(list), from: start)
  }

  private mutating func parseListType() -> TypeID {
    let start = token.span.start
    advance()
    guard let region = enter() else { return make(.error, from: start) }
    let element = parseTypeExpression()
    leave(region)
    return make(.list(element), from: start)
  }

  /// "enum" "[" STRING { "," STRING } "]"
  private mutating func parseEnumeration() -> TypeID {
    let start = token.span.start
    advance()
    guard let region = enter() else { return make(.error, from: start) }
    let first = tree.enumMembers.count
    var members: Set<Symbol> = []
    if index == region.end {
      report(
        Diagnostic(
          .expected, "expected at least one enum string literal, found empty enum",
          at: span(from: start)))
    } else {
      repeat {
        guard kind == .string else {
          reportExpected(
            "string literal", hint: "members of an enum are texts: `enum[\"a\", \"b\"]`")
          break
        }
        if !members.insert(token.symbol).inserted {
          reportDuplicate("enum member", Name(symbol: token.symbol, span: token.span))
        }
        tree.enumMembers.append(token.symbol)
        advance()
      } while take(.comma)
    }
    leave(region, or: "`,`")
    let list = NodeList<Symbol>(
      start: UInt32(first), count: UInt32(tree.enumMembers.count - first))
    return make(.enumeration(list), from: start)
  }

  /// object = "{" [ field { "," field } [","] [ "..." ] ] "}" (rule TYP-7)
  mutating func parseObjectType(from start: UInt32) -> TypeID {
    guard let region = enter() else { return make(.error, from: start) }
    var isOpen = false
    let fields = parseFieldList(to: region.end, keys: true, isOpen: &isOpen)
    leave(region, or: "`,`")
    return make(.object(fields, isOpen: isOpen), from: start)
  }

  /// The parameters or signals in the bracket that opens here.
  mutating func parseFields() -> NodeList<TypeField> {
    guard let region = enter() else { return .empty }
    var isOpen = false
    let fields = parseFieldList(to: region.end, keys: false, isOpen: &isOpen)
    leave(region, or: "`,`")
    return fields
  }

  /// `keys`: an object type, whose names may be any key, which must be unique.
  private mutating func parseFieldList(
    to end: Int, keys: Bool, isOpen: inout Bool
  ) -> NodeList<TypeField> {
    let mark = pendingTypeFields.count
    var seen: Set<Symbol> = []
    while index < end {
      if keys, take(.ellipsis) {
        isOpen = true
        _ = take(.comma)
        break
      }
      if let field = parseField(keys) {
        if keys, !seen.insert(field.name.symbol).inserted { reportDuplicate("field", field.name) }
        pendingTypeFields.append(field)
      }
      if isRecovering { skipElement(to: end) }
      guard take(.comma) || takesSemicolon || (keys && acceptMissingComma(to: end)) else { break }
    }
    return Self.move(&pendingTypeFields, from: mark, to: &tree.typeFields)
  }

  /// field = key ":" type [ "?" ]
  private mutating func parseField(_ isKey: Bool) -> TypeField? {
    guard let name = isKey ? parseKey() : parseBinding() else { return nil }
    if !isKey, kind == .comma || kind == .rightParen {
      let edit = insertion(": any", at: name.span.end)
      reportExpected(
        "`:`", hint: "every parameter has a type: `\(tree[name.symbol]): str`; `any` is a type too",
        fixes: [FixIt(title: "write `any`", edits: [edit])])
      isRecovering = false
      return nil
    }
    if isKey, kind == .question, peek().kind == .colon {
      return parseOptional(name)
    }
    guard expect(.colon) else { return nil }
    let type = parseTypeExpression()
    let isOptional = kind == .question || kind == .ternary
    if isOptional, !isKey {
      reportExpected("`,`", hint: "a parameter is always given; write `T | null` if it may be null")
      return nil
    }
    if isOptional { advance() }
    if !isKey, kind == .assign {
      reportExpected("`,`", hint: "a parameter has no default; every call gives it a value")
    }
    if isKey { acceptSeparator() }
    return TypeField(name: name, type: type, isOptional: isOptional)
  }

  private mutating func reportDuplicate(_ what: String, _ name: Name) {
    report(
      Diagnostic(.duplicateField, "duplicate \(what) `\(tree[name.symbol])`", at: name.span))
    isRecovering = false
  }
}
