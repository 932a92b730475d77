extension CompletionQuery {
  private var tree: SyntaxTree { index.module.tree }

  // MARK: After a dot

  func members(of target: ExpressionID) -> [Completion] {
    if case .module(let place) = index.module[target] {
      return moduleMembers(index.module.modules[place].path.split(separator: ".").map(String.init))
    }
    let type = index.table.expand(index.module.type(of: target))
    if index.table.kind(type) == .named {
      let authority = index.table.name(index.table.word(type, 0))
      let modules = host.modules.filter { $0.authority == authority }
      return modules.first.map { operations(of: $0) } ?? []
    }
    let fields = index.table.readableMembers(type).map {
      Completion($0.name, .field, detail: $0.type + ($0.isOptional ? "?" : ""))
    }
    if !fields.isEmpty { return fields }
    return path(target).map(moduleMembers) ?? []
  }

  private func path(_ id: ExpressionID) -> [String]? {
    var segments: [String] = []
    var current = id
    while case .field(let target, let name) = tree[current].kind {
      segments.append(tree[name.symbol])
      current = target
    }
    guard case .name(let root) = tree[current].kind else { return nil }
    return [tree[root]] + segments.reversed()
  }

  /// What follows a path of the host: operations, and the next part of longer paths.
  func moduleMembers(_ path: [String]) -> [Completion] {
    let prefix = path.joined(separator: ".")
    var found: [Completion] = host.module(at: prefix).map { operations(of: $0) } ?? []
    for (name, kind) in hostPaths where name.hasPrefix(prefix + ".") {
      let rest = name.dropFirst(prefix.count + 1)
      let segment = String(rest.prefix { $0 != "." })
      let isWhole = segment.count == rest.count
      guard !found.contains(where: { $0.label == segment }) else { continue }
      found.append(
        Completion(
          segment, isWhole ? kind : .module,
          detail: isWhole && kind == .constructor ? constructorText(name) : nil))
    }
    return found
  }

  private var hostPaths: [(String, Completion.Kind)] {
    host.modules.map { ($0.path, .module) } + host.constructors.map { ($0.path, .constructor) }
  }

  private func operations(of module: HostModule) -> [Completion] {
    module.operations.map {
      Completion($0.name, .operation, detail: $0.signature, summary: $0.summary)
    }
  }

  private func constructorText(_ path: String) -> String? {
    host.constructors.first { $0.path == path }.map {
      "\($0.path)(\($0.input.displayText)) -> \($0.output)"
    }
  }

  // MARK: Keys

  /// The keys that a call's argument may have; nothing if the callee takes no named ones.
  func keys(of site: CallSite) -> [Completion]? {
    let members: [TypeMember]
    if site.isStart {
      guard site.keys.isEmpty, let name = site.callee.first else { return nil }
      members = index.module.inputs(ofProcess: name)
    } else {
      let path = site.callee.joined(separator: ".")
      let constructor = host.constructors.first { $0.path == path }
      guard site.argument == 0,
        let input = constructor?.input ?? host.operation(at: site.callee)?.input
      else { return nil }
      members = host.members(of: input, at: site.keys)
    }
    return members.filter { !site.written.contains($0.name) }.map {
      Completion($0.name, .argument, detail: $0.type + ($0.isOptional ? "?" : ""))
    }
  }

  // MARK: Names

  /// All that a value, or a statement, may begin with.
  func names(canBeStatement: Bool) -> [Completion] {
    let body = index.body(at: offset)
    var isFunction = false
    if let body, case .function = tree.declarations[body] { isFunction = true }
    var found = index.variables(at: offset).map { place in
      Completion(
        index.symbols[place].name, .variable, detail: index.typeText(of: place, before: offset))
    }
    if body == nil {
      for name in host.globals + host.readOnlyGlobals
      where !found.contains(where: { $0.label == name }) {
        found.append(Completion(name, .variable))
      }
    }
    found += index.module.functions.map {
      Completion(tree[$0.name.symbol], .function, detail: tree.head(of: .function($0)))
    }
    if !isFunction {
      found += processes
      for (path, kind) in hostPaths {
        let root = String(path.prefix { $0 != "." })
        guard !found.contains(where: { $0.label == root }) else { continue }
        found.append(Completion(root, root == path ? kind : .module))
      }
    }
    found += Builtin.allCases.map {
      Completion($0.rawValue, .builtin, detail: $0.page.signature, summary: $0.page.summary)
    }
    found += index.module.typeDeclarations.map { Completion(tree[$0.name.symbol], .type) }
    found += KeywordPage.all.filter { canBeStatement || !$0.beginsStatement }.map {
      Completion($0.word, .keyword, detail: $0.form, summary: $0.summary)
    }
    return found
  }

  var processes: [Completion] {
    index.module.processes.map {
      Completion(tree[$0.name.symbol], .process, detail: tree.head(of: .process($0)))
    }
  }

  /// The types whose names go on with some segments.
  func types(under path: [String]) -> [Completion] {
    let host = HostIndex(host).typeNames
    guard path.isEmpty else {
      let prefix = path.joined(separator: ".") + "."
      return host.filter { $0.hasPrefix(prefix) }.map {
        Completion(String($0.dropFirst(prefix.count)), .type)
      }
    }
    let own = index.module.typeDeclarations.map { tree[$0.name.symbol] }
    let plain = ["str", "int", "float", "bool", "dict", "any", "null", "list", "enum"]
    return (own + host + plain + ["Process", "TriggerHandle"]).map { Completion($0, .type) }
  }
}

extension SyntaxTree {
  /// The head of a declaration as it is written, in one line.
  public func head(of declaration: Declaration) -> String {
    var span = declaration.span
    switch declaration {
    case .type: break
    case .function(let function): span.end = function.body.span.start
    case .process(let process):
      span.start = min(process.name.span.start, span.end)
      span.end = process.body.span.start
    }
    let text = source.text(span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if case .process = declaration { return "process " + text }
    return text
  }
}

extension CheckedModule {
  /// The inputs of a declared process.
  public func inputs(ofProcess name: String) -> [TypeMember] {
    guard let process = processes.first(where: { tree[$0.name.symbol] == name }) else { return [] }
    return tree[process.parameters].map {
      TypeMember(
        name: tree[$0.name.symbol], type: tree.source.text(tree[$0.type].span),
        isOptional: $0.isOptional)
    }
  }
}

extension HostSurface {
  /// The operation at a dotted path, by its segments.
  public func operation(at path: [String]) -> HostOperation? {
    guard let name = path.last, path.count > 1 else { return nil }
    return module(at: path.dropLast().joined(separator: "."))?.operation(named: name)
  }
}

extension HostOperation {
  /// How it is called and what it gives, in lashlang's syntax.
  public var signature: String {
    let input = input?.displayText ?? "any"
    let output =
      outputFromInput.map { "the type given as `\($0)`" } ?? output?.displayText ?? "any"
    return "\(name)(\(input)) -> \(output)"
  }
}
