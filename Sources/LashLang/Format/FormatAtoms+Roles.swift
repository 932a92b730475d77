/// What each atom is for: from the tree where a token has several uses, else from its neighbours.
extension FormatAtoms {
  /// Finds the roles of all atoms. O(text · log text).
  mutating func assignRoles(_ tree: SyntaxTree) {
    for expression in tree.expressions { assign(expression) }
    for type in tree.types { assign(type) }
    for declaration in tree.declarations { assign(declaration, tree) }
    for statement in tree.statements { assign(statement, tree) }
    for clause in tree.clauses {
      if case .iterate(let names, _) = clause { assignBindings(tree[names], isClause: true) }
    }
    for label in tree.labels {
      if let at = index(startingAt: label.span.start) { set(at + 2, .leftParen, .tight) }
    }
    assignByNeighbours()
    assignByLevel()
  }

  private mutating func set(_ index: Int?, _ kind: TokenKind, _ role: FormatAtom.Role) {
    guard let index, index < count, self[index].kind == kind else { return }
    self[index].role = role
  }

  /// Marks the bracket that ends with an expression.
  private mutating func setLastBracket(
    _ span: SourceSpan, _ kind: TokenKind, _ role: FormatAtom.Role
  ) {
    guard let last = index(endingAt: span.end) else { return }
    set(self[last].partner, kind, role)
  }

  private mutating func assign(_ expression: Expression) {
    switch expression.kind {
    case .unary(.negate, _): set(index(startingAt: expression.span.start), .minus, .prefix)
    case .index: setLastBracket(expression.span, .leftBracket, .index)
    case .call, .operation, .start, .waitSignal, .signalRun:
      setLastBracket(expression.span, .leftParen, .tight)
    default: break
    }
  }

  private mutating func assign(_ type: TypeSyntax) {
    guard let start = index(startingAt: type.span.start) else { return }
    switch type.kind {
    case .object:
      let brace = self[start].kind == .leftBrace ? start : start + 1
      set(brace, .leftBrace, .typeBrace)
    case .list, .enumeration: set(start + 1, .leftBracket, .tight)
    case .process, .triggerHandle:
      set(start + 1, .less, .angle)
      set(index(endingAt: type.span.end), .greater, .angle)
    default: break
    }
  }

  private mutating func assign(_ declaration: Declaration, _ tree: SyntaxTree) {
    let body: Block
    switch declaration {
    case .type: return
    case .process(let process): body = process.body
    case .function(let function): body = function.body
    }
    set(body)
    guard let name = index(startingAt: declaration.name.span.start) else { return }
    set(name + 1, .leftParen, .tight)
    guard let close = self[min(name + 1, count - 1)].partner, close + 2 < count,
      self[close + 1].kind == .identifier
    else { return }
    set(close + 2, .leftBrace, .typeBrace)
  }

  private mutating func set(_ block: Block) {
    set(index(startingAt: block.span.start), .leftBrace, .blockBrace)
  }

  private mutating func assign(_ statement: Statement, _ tree: SyntaxTree) {
    switch statement.kind {
    case .branch(let branches, let otherwise):
      for branch in tree[branches] { set(branch.block) }
      if let otherwise { set(otherwise) }
    case .iterate(let names, _, let block):
      assignBindings(tree[names], isClause: false)
      set(block)
    case .loop(_, let block): set(block)
    default: break
    }
  }

  private mutating func assignBindings(_ names: ArraySlice<Name>, isClause: Bool) {
    guard let first = names.first, let start = index(startingAt: first.span.start) else { return }
    if isClause { set(start - 1, .for, .clause) }
    for offset in 1..<2 * names.count {
      set(start + offset, .comma, .binding)
      set(start + offset, .in, .binding)
    }
  }

  // MARK: Neighbours

  private mutating func assignByNeighbours() {
    for index in 0..<count - 1 {
      let kind = self[index].kind
      let next = self[index + 1].kind
      if kind == .minus, next == .greater {
        self[index].role = .arrow
        self[index + 1].role = .arrow
      }
      guard kind.isKeyword, index > 0 else { continue }
      let before = self[index - 1].kind
      let isKey = next == .colon && (before == .leftBrace || before == .comma)
      if before == .dot || isKey { self[index].role = .name }
    }
  }

  /// What depends on the bracket around an atom: the `:` of ternaries, `if` of comprehensions, and
  /// commas that may be absent.
  private mutating func assignByLevel() {
    struct Level {
      var open: Int?
      var ternaries = 0
      var commas = 0
      var isComprehension = false
    }
    var levels = [Level()]
    for index in 0..<count {
      let last = levels.count - 1
      switch self[index].kind {
      case .leftParen, .leftBracket, .leftBrace: levels.append(Level(open: index))
      case .rightParen, .rightBracket, .rightBrace:
        guard last > 0 else { continue }
        let level = levels.removeLast()
        guard index > 0, self[index - 1].kind == .comma, self[index].partner == level.open,
          let open = level.open, isDispensable(open, level.commas, level.isComprehension)
        else { continue }
        self[index - 1].role = .trailing
      case .ternary: levels[last].ternaries += 1
      case .colon where levels[last].ternaries > 0:
        levels[last].ternaries -= 1
        self[index].role = .ternary
      case .comma: levels[last].commas += 1
      case .for where self[index].role == .clause: levels[last].isComprehension = true
      case .if where levels[last].isComprehension && self[index].role == .plain:
        self[index].role = .clause
      default: break
      }
    }
  }

  /// Whether the last of `commas` in the bracket at `open` changes nothing. One that makes a tuple
  /// does.
  private func isDispensable(_ open: Int, _ commas: Int, _ isComprehension: Bool) -> Bool {
    let atom = self[open]
    switch atom.kind {
    case .leftParen: return atom.role == .tight || commas > 1
    case .leftBracket: return !isComprehension && (atom.role == .plain || commas > 1)
    default: return atom.role != .blockBrace
    }
  }
}
