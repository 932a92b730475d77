/// What a token array says about its own shape, found in one linear pass before parsing:
/// - where the region of each opening bracket ends, also if its partner is missing or wrong;
/// - which `?` begin a ternary (rule GRM-6);
/// - where a statement begins inside brackets that were never closed (`Separation.cut`).
struct TokenStructure {
  private struct Open {
    var index: UInt32
    /// How many ternary candidates were pending outside it.
    var pendingBase: UInt32
    var kind: TokenKind
    /// Whether it is the brace of a block, inside which line ends matter again.
    var isBlock: Bool
  }

  private var tokens: [Token] = []
  private var stack: [Open] = []
  /// The `?` that may begin a ternary and have no `:` yet, of all open brackets.
  private var pending: [UInt32] = []
  private var openSlots = 0

  /// Fills the findings into `tokens`, the last of which must be `end`. O(n).
  static func resolve(_ tokens: inout [Token]) {
    var pass = TokenStructure()
    swap(&pass.tokens, &tokens)
    for index in pass.tokens.indices { pass.visit(index) }
    let end = UInt32(pass.tokens.count - 1)
    for open in pass.stack { pass.tokens[Int(open.index)].payload = end }
    swap(&pass.tokens, &tokens)
  }

  private mutating func visit(_ index: Int) {
    let token = tokens[index]
    if token.startsLine { visitLineStart(index) }
    switch token.kind {
    case .leftParen, .leftBracket, .leftBrace, .slotStart:
      if token.kind == .slotStart { openSlots += 1 }
      stack.append(
        Open(
          index: UInt32(index), pendingBase: UInt32(pending.count), kind: token.kind,
          isBlock: token.kind == .leftBrace && beginsBlock(index)))
    case .rightParen, .rightBracket: close(token.kind, at: index)
    case .rightBrace: closeBrace(at: index)
    case .slotEnd: closeSlot(at: index)
    case .question:
      let next = tokens[index + 1]
      if next.kind.beginsExpression, !(next.startsLine && linesMatter) {
        pending.append(UInt32(index))
      }
    case .colon:
      if pending.count > pendingBase { tokens[Int(pending.removeLast())].kind = .ternary }
    case .comma, .semicolon, .assign, .plusAssign, .minusAssign, .starAssign, .slashAssign:
      dropPending(to: pendingBase)
    default: break
    }
  }

  // MARK: Lines

  private var pendingBase: Int { Int(stack.last?.pendingBase ?? 0) }
  private var linesMatter: Bool { stack.last?.isBlock ?? true }

  private mutating func visitLineStart(_ index: Int) {
    if linesMatter {
      let isUnfinished = index > 0 && Self.isUnfinished(tokens[index - 1].kind)
      if !isUnfinished, !tokens.continuesExpression(at: index) { dropPending(to: pendingBase) }
    } else if openSlots == 0, beginsStatement(index) {
      while let open = stack.last, !open.isBlock { pop(open, at: index) }
      tokens[index].separation = .cut
    }
  }

  private mutating func dropPending(to base: Int) {
    if pending.count > base { pending.removeLast(pending.count - base) }
  }

  /// Whether a line that ends in this token goes on in the next one.
  private static func isUnfinished(_ kind: TokenKind) -> Bool {
    switch kind {
    case .comma, .colon, .plus, .minus, .star, .slash, .percent, .equal, .notEqual, .less,
      .lessOrEqual, .greater, .greaterOrEqual, .and, .or, .in, .coalesce, .not, .bang, .await,
      .dot, .assign, .plusAssign, .minusAssign, .starAssign, .slashAssign:
      true
    default: false
    }
  }

  /// Whether the first token of a line inside brackets can only begin a statement.
  private func beginsStatement(_ index: Int) -> Bool {
    let next = tokens[min(index + 1, tokens.count - 1)]
    guard next.separation == .none else { return false }
    switch tokens[index].kind {
    case .identifier:
      if next.kind.isAssignment { return true }
      switch Word(tokens[index].symbol) {
      case .finish, .fail, .yield, .wake, .while, .let, .process, .type, .fn:
        let followers: [TokenKind] = [.identifier, .number, .string, .interpolationStart]
        return followers.contains(next.kind)
      default: return false
      }
    case .print, .cancel: return next.kind.beginsExpression
    default: return false
    }
  }

  // MARK: Brackets

  /// Whether the brace at `index` opens a block rather than a record or object type.
  private func beginsBlock(_ index: Int) -> Bool {
    let after = tokens[index + 1].kind
    if after == .identifier || after == .string || after.isKeyword,
      tokens[index + 2].kind == .colon
    {
      return false
    }
    guard index > 0 else { return false }
    let before = tokens[index - 1].kind
    if before.endsExpression || before == .else || before == .greater { return true }
    return before.isKeyword && index > 1 && tokens[index - 2].kind == .dot
  }

  private mutating func pop(_ open: Open, at index: Int) {
    tokens[Int(open.index)].payload = UInt32(index)
    dropPending(to: Int(open.pendingBase))
    if open.kind == .slotStart { openSlots -= 1 }
    stack.removeLast()
  }

  /// A `)` or `]`: closes its partner, also over one unclosed bracket; else ends a wrong partner.
  private mutating func close(_ kind: TokenKind, at index: Int) {
    guard let top = stack.last, !top.isBlock, top.kind != .slotStart else { return }
    if top.kind.closing != kind, stack.count > 1 {
      let outer = stack[stack.count - 2]
      if outer.kind.closing == kind {
        pop(top, at: index)
        pop(outer, at: index)
        return
      }
    }
    pop(top, at: index)
  }

  private mutating func closeBrace(at index: Int) {
    while let top = stack.last, top.kind != .slotStart {
      pop(top, at: index)
      if top.kind == .leftBrace { return }
    }
  }

  private mutating func closeSlot(at index: Int) {
    while let top = stack.last {
      pop(top, at: index)
      if top.kind == .slotStart { return }
    }
  }
}

extension [Token] {
  /// Whether a token at the start of a line goes on with the expression before it (rule
  /// GRM-1): it cannot begin a statement.
  func continuesExpression(at index: Int) -> Bool {
    guard self[index].separation == .newline else { return false }
    switch self[index].kind {
    case .dot, .question, .ternary, .colon, .comma, .plus, .star, .slash, .percent, .equal,
      .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or, .in, .coalesce,
      .strictEqual, .strictNotEqual, .power:
      return true
    case .minus: return self[index + 1].span.start > self[index].span.end
    case .not: return self[index + 1].kind == .in
    default: return false
    }
  }
}
