import LashJSON

extension SyntaxDump {
  mutating func addTree(_ id: ExpressionID) {
    let expression = tree[id]
    let span = expression.span
    switch expression.kind {
    case .null: add("null", at: span)
    case .bool(let value): add("bool", value ? "true" : "false", at: span)
    case .integer(let value): add("number", String(value), at: span)
    case .number(let value): add("number", NumberText.text(value), at: span)
    case .string(let symbol): add("string", quoted(symbol), at: span)
    case .interpolation(let parts): add("f-string", at: span) { $0.add(parts) }
    case .name(let symbol): add("name", tree[symbol], at: span)
    case .tuple(let items): add("tuple", at: span) { $0.add(items) }
    case .list(let items): add("list", at: span) { $0.add(items) }
    case .record(let fields): add("record", at: span) { $0.add(fields) }
    case .comprehension(let element, let clauses):
      add("comprehension", at: span) { dump in
        dump.add(element)
        for clause in dump.tree[clauses] { dump.add(clause, within: span) }
      }
    case .field(let target, let name):
      add("field", quoted(name.symbol), at: span) { $0.add(target) }
    case .index(let target, let index):
      add("index", at: span) { dump in
        dump.add(target)
        dump.add(index)
      }
    case .call(let name, let arguments):
      add("call", tree[name.symbol], at: span) { $0.add(arguments) }
    case .operation(let receiver, let name, let arguments):
      add("operation", quoted(name.symbol), at: span) { dump in
        dump.add(receiver)
        dump.add(arguments)
      }
    default: addOperator(expression)
    }
  }

  private mutating func addOperator(_ expression: Expression) {
    let span = expression.span
    switch expression.kind {
    case .unwrap(let operand): add("unwrap", at: span) { $0.add(operand) }
    case .await(let operand): add("await", at: span) { $0.add(operand) }
    case .unary(let operation, let operand):
      add("unary", operation.rawValue, at: span) { $0.add(operand) }
    case .binary(let operation, let left, let right):
      add("binary", operation.rawValue, at: span) { dump in
        dump.add(left)
        dump.add(right)
      }
    case .conditional(let condition, let then, let otherwise):
      add("conditional", at: span) { dump in
        dump.add(condition)
        dump.add(then)
        dump.add(otherwise)
      }
    case .typeLiteral(let type): add("type-literal", at: span) { $0.add(type) }
    case .start(let name, let arguments):
      add("start", tree[name.symbol], at: span) { $0.add(arguments) }
    case .sleep(let kind, let operand):
      let word =
        switch kind {
        case .duration: "for"
        case .until: "until"
        }
      add("sleep", word, at: span) { $0.add(operand) }
    case .waitSignal(let name): add("wait-signal", quoted(name.symbol), at: span)
    case .signalRun(let run, let name, let payload):
      add("signal-run", quoted(name.symbol), at: span) { dump in
        dump.add(run)
        dump.add(payload)
      }
    default: add("error", at: span)
    }
  }

  private mutating func add(_ items: NodeList<ExpressionID>) {
    for item in tree[items] { add(item) }
  }

  private mutating func add(_ fields: NodeList<FieldSyntax>) {
    for field in tree[fields] {
      add("entry", quoted(field.name.symbol), at: field.name.span) { $0.add(field.value) }
    }
  }

  private mutating func add(_ clause: ComprehensionClause, within span: SourceSpan) {
    switch clause {
    case .iterate(let names, let iterable):
      let start = tree[names].first?.span ?? span
      add("for", at: start.union(tree[iterable].span)) { dump in
        dump.add(names)
        dump.add(iterable)
      }
    case .filter(let condition):
      add("if", at: tree[condition].span) { $0.add(condition) }
    }
  }

  private mutating func add(_ parts: NodeList<InterpolationPart>) {
    for part in tree[parts] {
      switch part {
      case .text(let symbol): add("text", quoted(symbol), at: .none)
      case .slot(let value): add("slot", at: tree[value].span) { $0.add(value) }
      case .formatted(let value, let spec):
        add("slot", quoted(spec.symbol), at: tree[value].span.union(spec.span)) { $0.add(value) }
      }
    }
  }
}
