extension SyntaxDump {
  mutating func add(_ declaration: Declaration) {
    switch declaration {
    case .type(let type):
      add("type", tree[type.name.symbol], at: type.span) { $0.add(type.type) }
    case .process(let process):
      addLabel(process.label)
      add("process", tree[process.name.symbol], at: process.span) { dump in
        dump.add(process.parameters, as: "parameter")
        dump.add(process.signals, as: "signal")
        if let type = process.returnType { dump.add(type) }
        dump.add(process.body)
      }
    case .function(let function):
      add("fn", tree[function.name.symbol], at: function.span) { dump in
        dump.add(function.parameters, as: "parameter")
        dump.add(function.returnType)
        dump.add(function.body)
      }
    }
  }

  mutating func addLabel(_ index: UInt32?) {
    guard let index else { return }
    let label = tree.labels[Int(index)]
    add("label", quoted(label.title), at: label.span)
  }

  private mutating func add(_ fields: NodeList<TypeField>, as kind: String) {
    for field in tree[fields] {
      let mark = field.isOptional ? "?" : ""
      add(kind, tree[field.name.symbol] + mark, at: field.name.span) { $0.add(field.type) }
    }
  }

  mutating func add(_ id: TypeID) {
    let type = tree[id]
    switch type.kind {
    case .scalar(let scalar): add("type-name", scalar.rawValue, at: type.span)
    case .enumeration(let members):
      add("enum", tree[members].map(quoted).joined(separator: " "), at: type.span)
    case .list(let element): add("list-type", at: type.span) { $0.add(element) }
    case .object(let fields, let isOpen):
      add("object-type", isOpen ? "..." : nil, at: type.span) { $0.add(fields, as: "field") }
    case .union(let members):
      add("union", at: type.span) { dump in
        for member in dump.tree[members] { dump.add(member) }
      }
    case .process(let input, let output):
      add("process-type", at: type.span) { dump in
        dump.add(input)
        dump.add(output)
      }
    case .triggerHandle(let event): add("trigger-handle", at: type.span) { $0.add(event) }
    case .name(let names):
      let path = tree[names].map { tree[$0.symbol] }.joined(separator: ".")
      add("type-name", path, at: type.span)
    case .error: add("error", at: type.span)
    }
  }
}
