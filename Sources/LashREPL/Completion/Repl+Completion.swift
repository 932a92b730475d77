import LashLang
import LashToolchain
import LashVM

extension Repl {
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
    let word = UInt32(clamping: text.utf8.count - context.word.utf8.count)
    guard CompletionQuery.acceptsCode(at: word, in: SourceFile(name: "input", text: text)) else {
      return InputCompletion()
    }
    var found = compiler.completions(atEndOf: text).map { InputCompletion.Candidate($0) }
    // What the checker knows nothing of may have a value all the same.
    if found.isEmpty, let path = context.path { found = held(path.root, path.steps) }
    return InputCompletion(found, typed: context.word)
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

extension InputCompletion.Candidate {
  /// A completion with what goes on behind it.
  fileprivate init(_ completion: Completion) {
    switch completion.kind {
    case .function, .builtin, .operation, .constructor: self.init(completion.label, suffix: "(")
    case .module: self.init(completion.label, suffix: ".")
    case .argument: self.init(completion.label, suffix: ":")
    case .variable, .field, .process, .type, .keyword: self.init(completion.label)
    }
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
