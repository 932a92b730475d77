import LashLang
import LashToolchain
import LashVM

extension Command {
  /// Commands that look at the session.
  static let lookingCommands = [
    Command(
      "help", "[COMMAND]", .words([]), "lists the commands, or explains one",
      details: """
        A program may have several lines: Enter asks for more while brackets, strings or blocks are
        open; Alt-Enter always begins a new line. The value of a last expression is shown. Ctrl-C
        stops a running program or drops what is typed, Ctrl-D leaves, Tab completes, Ctrl-R searches
        what was typed before.
        """
    ) { (repl, name) throws(ConsoleError) in
      try repl.help(name)
    },
    Command("type", "EXPR", .expression, "shows the type of an expression without running it") {
      (repl, text) throws(ConsoleError) in
      try repl.needs(text, "type", "an expression")
      let compilation = repl.compiler.compile(SourceFile(name: "expression", text: text))
      if let type = compilation.typeOfLastExpression, !compilation.hasErrors {
        repl.console.show(type)
      } else {
        repl.show(compilation.diagnostics, in: compilation.source)
        if !compilation.hasErrors { throw ConsoleError("`\(text)` is no expression") }
        repl.note(status: 2)
      }
    },
    Command("vars", "", .nothing, "lists the variables with types and values") {
      (repl, _) throws(ConsoleError) in
      repl.showVariables()
    },
    Command("calls", "", .nothing, "lists the calls of the session with their answers") {
      (repl, _) throws(ConsoleError) in
      repl.showCalls()
    },
    Command("time", "EXPR", .expression, "runs a program and shows what it took") {
      (repl, text) throws(ConsoleError) in
      try repl.needs(text, "time", "a program")
      repl.time(text)
    },
    Command(
      "explain", "CODE", .words(DiagnosticCode.allCases.map(\.rawValue)),
      "prints the page of a diagnostic code, such as E0201"
    ) { (repl, name) throws(ConsoleError) in
      guard let code = Explain.code(named: name), let page = Explain.page(of: code) else {
        let nearest = Spelling.closest(
          to: name.uppercased(), among: DiagnosticCode.allCases.map(\.rawValue))
        throw ConsoleError(
          "there is no code `\(name)`" + (nearest.map { ": did you mean `\($0)`?" } ?? ""))
      }
      repl.console.show(page.trimmed)
    },
  ]
}

extension Repl {
  /// Refuses a command without its argument.
  func needs(_ argument: String, _ command: String, _ what: String) throws(ConsoleError) {
    if argument.isEmpty { throw ConsoleError("`:\(command)` needs \(what)") }
  }

  fileprivate func help(_ name: String) throws(ConsoleError) {
    let asked = name.hasPrefix(":") ? String(name.dropFirst()) : name
    if asked.isEmpty {
      let columns = console.columns ?? 80
      let width = columns < 70 ? 4 : 22
      for command in Command.all {
        let head = ":\(command.name) \(command.form)".trimmed
        let gap = width - head.count
        // A long head has a line of its own.
        let lead =
          gap > 1 ? String(repeating: " ", count: gap) : "\n" + String(repeating: " ", count: width)
        console.show(palette.paint(head, .key) + lead + command.summary)
      }
      return
    }
    guard let command = Command.named(asked) else {
      let nearest = Spelling.closest(to: asked, among: Command.all.map(\.name))
      throw ConsoleError(
        "there is no command `:\(asked)`" + (nearest.map { ": did you mean `:\($0)`?" } ?? ""))
    }
    console.show(
      palette.paint(":\(command.name) \(command.form)".trimmed, .key) + "  " + command.summary)
    if !command.details.isEmpty { console.show(command.details) }
  }

  fileprivate func showVariables() {
    if values.isEmpty { return remark("no variables") }
    let columns = console.columns ?? 100
    for field in values {
      let type = compiler.variables.text(of: field.key) ?? "any"
      let head = "\(field.key): \(type)".cut(columns: max(columns / 2, 16))
      let name = field.key.cut(columns: head.terminalColumns)
      let room = max(columns - head.terminalColumns - 3, 8)
      console.show(
        palette.paint(name, .key) + head.dropFirst(name.count) + " = "
          + ValuePrinter.line(of: field.value, columns: room, palette: palette))
    }
  }

  fileprivate func showCalls() {
    if host.calls.isEmpty { return remark("no calls") }
    let columns = console.columns ?? 100
    for call in host.calls {
      let name = "\(call.call.path).\(call.call.operation)"
      let arguments = call.call.arguments.map {
        ValuePrinter.line(
          of: $0, columns: max(columns - name.terminalColumns - 2, 16), palette: palette)
      }
      console.show(palette.paint(name, .key) + "(" + arguments.joined(separator: ", ") + ")")
      let result =
        switch call.result {
        case .success(let value):
          ValuePrinter.line(of: value, columns: max(columns - 5, 16), palette: palette)
        case .failure(let text):
          palette.paint("failed: \(text)".safeForTerminal.cut(columns: columns - 5), .problem)
        }
      console.show("  -> " + result)
    }
  }

  fileprivate func time(_ text: String) {
    cellCount += 1
    let course = run(SourceFile(name: "cell \(cellCount)", text: text))
    guard let ending = course.ending else { return }
    remark(
      "compile \(milliseconds(course.compileTime)) · run \(milliseconds(course.runTime)) · fuel "
        + "\(ending.fuel) · memory peak \(ending.memoryPeak) bytes")
  }

  private func milliseconds(_ nanoseconds: UInt64) -> String {
    let micros = (nanoseconds + 500) / 1_000
    let fraction = String(micros % 1_000)
    return "\(micros / 1_000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
      + " ms"
  }
}
