import LashLang
import LashToolchain
import LashVM

extension Repl {
  private static let keywords = [
    "and", "await", "break", "cancel", "continue", "else", "fail", "false", "finish", "fn", "for",
    "if", "in", "not", "null", "or", "print", "process", "sleep", "start", "true", "type", "while",
    "yield",
  ]

  /// What may stand at the cursor, behind `text`, which is all that was typed before it.
  public func completion(of text: String) -> InputCompletion {
    let start = text.drop { $0.isWhitespace }
    guard start.first == ":" else { return expression(text) }
    let name = start.dropFirst().prefix { !$0.isWhitespace }
    let argument = start.dropFirst(name.count + 1)
    guard !argument.isEmpty else {
      let candidates = Command.all.map {
        InputCompletion.Candidate($0.name, suffix: $0.form.isEmpty ? nil : " ")
      }
      return InputCompletion(candidates, typed: String(name))
    }
    guard let command = Command.named(String(name)) else { return InputCompletion() }
    return self.argument(of: command, String(argument.drop { $0.isWhitespace }))
  }

  // MARK: Commands

  private func argument(of command: Command, _ typed: String) -> InputCompletion {
    let word = typed.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init)
    switch command.argument {
    case .nothing, .text: return InputCompletion()
    case .expression: return expression(typed)
    case .file: return .file
    case .words(let words):
      let all = command.name == "help" ? Command.all.map(\.name) : words
      return InputCompletion(all.map { InputCompletion.Candidate($0) }, typed: typed)
    case .run:
      return InputCompletion(runNames.map { InputCompletion.Candidate($0) }, typed: word ?? "")
    case .operation:
      guard !typed.contains("=") else { return InputCompletion() }
      let operations = self.operations(typed)
      // A mock may be a file or an operation; what begins as a module is no file.
      return operations.candidates.isEmpty && command.name == "mock" ? .file : operations
    }
  }

  /// Modules and operations of the host as a path, whose last word is completed.
  private func operations(_ typed: String) -> InputCompletion {
    let context = CursorContext(typed)
    let path = context.pathText
    var candidates: [InputCompletion.Candidate] = []
    for module in host.surface.modules {
      candidates += steps(from: path, to: module.path, suffix: ".")
      if module.path == path { candidates += module.operations.map { .init($0.name) } }
    }
    return InputCompletion(candidates, typed: context.word)
  }

  /// The next part of a dotted path that begins with `path`.
  private func steps(
    from path: String, to whole: String, suffix: Character?
  ) -> [InputCompletion.Candidate] {
    let parts = whole.split(separator: ".")
    let given = path.isEmpty ? [] : path.split(separator: ".")
    guard parts.count > given.count, parts.starts(with: given) else { return [] }
    let isLast = parts.count == given.count + 1
    return [.init(String(parts[given.count]), suffix: isLast ? suffix : ".")]
  }

  // MARK: Programs

  private func expression(_ text: String) -> InputCompletion {
    let context = CursorContext(text)
    guard !context.isText else { return InputCompletion() }
    if text.dropLast(context.word.count).last == "." { return fields(context) }
    var candidates: [InputCompletion.Candidate] = []
    if let call = context.call {
      candidates = argumentNames(of: call)
      if !candidates.isEmpty { return InputCompletion(candidates, typed: context.word) }
    }
    candidates += values.map { .init($0.key) } + boundNames(in: String(context.before))
    candidates += compiler.declarations.map {
      .init($0.name, suffix: $0.text.hasPrefix("fn") ? "(" : nil)
    }
    let surface = host.surface
    candidates += surface.readOnlyGlobals.map { .init($0) }
    for module in surface.modules { candidates += steps(from: "", to: module.path, suffix: ".") }
    for constructor in surface.constructors {
      candidates += steps(from: "", to: constructor.path, suffix: "(")
    }
    candidates += Builtin.allCases.map { .init($0.rawValue, suffix: "(") }
    candidates += Self.keywords.map { .init($0) }
    return InputCompletion(candidates, typed: context.word)
  }

  /// The names that a text binds, as far as it parses.
  private func boundNames(in text: String) -> [InputCompletion.Candidate] {
    let tree = Parser.parse(SourceFile(name: "input", text: text)).tree
    var names: [Symbol] = tree.declarations.map(\.name.symbol)
    for statement in tree.statements {
      switch statement.kind {
      case .assign(let targets, _): names += tree[targets].map(\.root.symbol)
      case .iterate(let bound, _, _): names += tree[bound].map(\.symbol)
      default: break
      }
    }
    for declaration in tree.declarations {
      switch declaration {
      case .process(let process): names += tree[process.parameters].map(\.name.symbol)
      case .function(let function): names += tree[function.parameters].map(\.name.symbol)
      case .type: break
      }
    }
    return names.map { .init(tree[$0]) }
  }

  /// The argument names of an operation or process that were not given yet.
  private func argumentNames(of call: CursorContext.Call) -> [InputCompletion.Candidate] {
    var names: [String] = []
    if call.path.hasPrefix("start ") {
      names = processParameters(String(call.path.dropFirst(6)))
    } else if let dot = call.path.lastIndex(of: ".") {
      let operation = host.surface.module(at: String(call.path[..<dot]))?
        .operation(named: String(call.path[call.path.index(after: dot)...]))
      names = operation?.input?.fieldNames(for: host.surface) ?? []
    }
    if names.isEmpty {
      let input = host.surface.constructors.first { $0.path == call.path }?.input
      names = input?.fieldNames(for: host.surface) ?? []
    }
    return names.filter { !call.given.contains($0) }.map { .init($0, suffix: ":") }
  }

  private func processParameters(_ name: String) -> [String] {
    for declaration in compiler.declarations where declaration.name == name {
      let tree = Parser.parse(SourceFile(name: "process", text: declaration.text)).tree
      for case .process(let process) in tree.declarations {
        return tree[process.parameters].map { tree[$0.name.symbol] }
      }
    }
    return []
  }

  // MARK: Fields

  /// What may follow a dot: parts of a module path, fields of a value, fields of a type.
  private func fields(_ context: CursorContext) -> InputCompletion {
    guard let path = context.path else {
      return InputCompletion(typed(context), typed: context.word)
    }
    let isVariable = values.contains { $0.key == path.root }
    var candidates: [InputCompletion.Candidate] = []
    if !isVariable {
      for module in host.surface.modules {
        candidates += steps(from: context.pathText, to: module.path, suffix: ".")
        if module.path == context.pathText {
          candidates += module.operations.map { .init($0.name, suffix: "(") }
        }
      }
      for constructor in host.surface.constructors {
        candidates += steps(from: context.pathText, to: constructor.path, suffix: "(")
      }
    }
    if candidates.isEmpty { candidates = typed(context) }
    if candidates.isEmpty { candidates = held(path.root, path.steps) }
    return InputCompletion(candidates, typed: context.word)
  }

  /// The fields of the type of the path, found by checking the text up to it.
  private func typed(_ context: CursorContext) -> [InputCompletion.Candidate] {
    guard !context.pathText.isEmpty else { return [] }
    let text = String(context.before) + context.pathText
    let closed = text + BracketScan(text).closing
    let compilation = compiler.compile(SourceFile(name: "input", text: closed))
    let end = UInt32(clamping: text.utf8.count)
    return (compilation.module?.fieldNames(ofExpressionAt: end) ?? []).map { .init($0) }
  }

  /// The fields of the value that a variable holds.
  private func held(_ root: String, _ steps: [CursorContext.Step]) -> [InputCompletion.Candidate] {
    guard var value = values.first(where: { $0.key == root })?.value else { return [] }
    for step in steps {
      guard let next = value.part(step) else { return [] }
      value = next
    }
    return value.keys.prefix(1_000).map { .init($0) }
  }
}

extension HostValue {
  /// The value of a field, or one that stands for the items.
  fileprivate func part(_ step: CursorContext.Step) -> HostValue? {
    let value = shownLazy ?? self
    switch (value, step) {
    case (.record(let fields), .field(let name)): return fields.first { $0.key == name }?.value
    case (.result(.success(let inner)), .field("value")): return inner
    case (.list(let items), .item), (.tuple(let items), .item): return items.first
    default: return nil
    }
  }

  /// The keys of a record.
  fileprivate var keys: [String] {
    switch shownLazy ?? self {
    case .record(let fields): fields.map(\.key)
    case .result(.success): ["ok", "value"]
    case .result(.failure): ["ok", "error"]
    default: []
    }
  }
}
