extension SyntaxDump {
  mutating func add(_ id: StatementID) {
    let statement = tree[id]
    addLabel(statement.label)
    let span = statement.span
    switch statement.kind {
    case .expression(let value): add(value)
    case .assign(let targets, let value):
      add("assign", at: span) { dump in
        dump.add(targets)
        dump.add(value)
      }
    case .update(let targets, let operation, let value):
      add("update", operation.rawValue, at: span) { dump in
        dump.add(targets)
        dump.add(value)
      }
    case .branch(let branches, let otherwise):
      add("if", at: span) { dump in
        for branch in dump.tree[branches] {
          dump.add(branch.condition)
          dump.add(branch.block)
        }
        if let otherwise { dump.add(otherwise) }
      }
    case .iterate(let names, let iterable, let block):
      add("for", at: span) { dump in
        dump.add(names)
        dump.add(iterable)
        dump.add(block)
      }
    case .loop(let condition, let block):
      add("while", at: span) { dump in
        dump.add(condition)
        dump.add(block)
      }
    case .break: add("break", at: span)
    case .continue: add("continue", at: span)
    case .print(let value): add("print", at: span) { $0.add(value) }
    case .cancel(let value): add("cancel", at: span) { $0.add(value) }
    case .finish(let value): add("finish", at: span) { $0.add(value) }
    case .fail(let value): add("fail", at: span) { $0.add(value) }
    case .yield(let value): add("yield", at: span) { $0.add(value) }
    case .wake(let value): add("wake", at: span) { $0.add(value) }
    case .error: add("error", at: span)
    }
  }

  private mutating func add(_ targets: NodeList<AssignmentTarget>) {
    for target in tree[targets] {
      add("target", tree[target.root.symbol], at: target.span) { dump in
        for step in dump.tree[target.steps] {
          switch step {
          case .field(let name): dump.add("field", dump.quoted(name.symbol), at: name.span)
          case .index(let index): dump.add(index)
          }
        }
      }
    }
  }
}
