import LashJSON
import LashLang
import LashToolchain
import LashVM

/// A session at a prompt: programs one after another, which share variables, declarations and a host,
/// and commands that look at them.
///
/// It reads and shows through its console, and keeps no terminal, clock or file itself.
public final class Repl {
  let console: any Console
  var compiler = CompileSession(surface: HostSurface())
  var host = PromptHost()
  /// The main blocks and processes that run.
  var runs = SessionRuns()
  /// The variables, in order of first assignment.
  var values: [HostField] = []
  /// The programs that were run, in order.
  var cells: [String] = []
  /// How many programs there were, also those that did not compile.
  var cellCount = 0
  var bounds = Bounds(memory: 256 << 20)
  /// The file for the log of the next program, if one is wanted.
  var recording: String?
  /// The text that was last compiled, for commands that show its stages.
  var lastText: SourceFile?
  /// The exit status of the first program that went wrong, as `lashc run` gives it; 0 if none did.
  public private(set) var exitStatus: Int32 = 0

  /// A session before its first program.
  public init(console: any Console) {
    self.console = console
    host.screen = self
  }

  /// What is to be done after an input.
  public enum Next: Sendable {
    /// The next input is wanted.
    case goOn
    /// The person wants to leave.
    case leave
  }

  /// What stands before the cursor when an input is wanted.
  public var prompt: String { palette.paint("lash> ", .strong) }

  /// Takes one input: a program, or a command that begins with `:`.
  public func submit(_ input: [UInt8]) -> Next {
    guard !InputText.isEmpty(input) else { return .goOn }
    if InputText.isCommand(input) {
      return perform(String(decoding: input, as: UTF8.self))
    }
    cellCount += 1
    run(SourceFile(name: "cell \(cellCount)", bytes: input))
    return .goOn
  }

  var palette: Palette { Palette(usesColour: console.usesColour) }

  /// Notes that something went wrong, for the exit status.
  func note(status: Int32) {
    if exitStatus == 0 { exitStatus = status }
  }

  // MARK: Running

  /// What a program came to, for those that ask for more than is shown.
  struct Course {
    var compilation: Compilation
    /// How it went; `nil` if it did not run.
    var ending: SessionRuns.Course?
    var compileTime: UInt64 = 0
    var runTime: UInt64 = 0
  }

  /// Compiles and runs a program, shows what it says and keeps what it leaves.
  @discardableResult
  func run(_ source: SourceFile) -> Course {
    lastText = source
    let begun = console.now()
    let compilation = compile(source)
    var course = Course(compilation: compilation, compileTime: console.now() &- begun)
    show(compilation.diagnostics, in: compilation.source)
    guard let program = compilation.program else {
      note(status: 2)
      return course
    }
    cells.append(String(decoding: source.bytes, as: UTF8.self))
    let running = console.now()
    host.cell = cellCount
    let ending = follow(program)
    course.runTime = console.now() &- running
    course.ending = ending
    keep(compilation, ending)
    show(ending.stop, of: compilation)
    tellFailures()
    return course
  }

  /// Runs a program among the others, or alone if it is to be recorded.
  private func follow(_ program: Program) -> SessionRuns.Course {
    let globals = values + host.mock.projected
    guard let log = recording else {
      return runs.run(program, cell: cellCount, globals: globals, bounds: bounds, &host) {
        console.isInterrupted
      }
    }
    recording = nil
    var lines = ""
    let course = SessionRuns.record(
      program, globals: globals, bounds: bounds, &host, isInterrupted: { console.isInterrupted },
      to: { lines += $0 })
    do throws(ConsoleError) {
      if let problem = course.logProblem {
        throw ConsoleError("the log is not complete: \(problem)")
      }
      try console.write(file: log, Array(lines.utf8))
    } catch {
      report("\(error)")
      note(status: 1)
    }
    return course
  }

  /// Compiles a text as the next cell; nothing changes.
  func compile(_ source: SourceFile) -> Compilation {
    compiler.compile(source, finishesWithLast: true)
  }

  private func keep(
    _ compilation: Compilation, _ course: SessionRuns.Course
  ) {
    for field in course.variables { setVariable(field) }
    var hasEnded = false
    if case .ended(let ending) = course.stop {
      switch ending.outcome {
      case .finished, .failed, .fellOff: hasEnded = true
      default: break
      }
    }
    compiler.keep(compilation, assigned: values.map(\.key), hasEnded: hasEnded)
  }

  private func setVariable(_ field: HostField) {
    if let place = values.firstIndex(where: { $0.key == field.key }) {
      values[place] = field
    } else {
      values.append(field)
    }
  }

  /// Tells the compiler what the host offers now, and enters the variables that a mock brings.
  func hostHasChanged() {
    for field in host.mock.globals where !values.contains(where: { $0.key == field.key }) {
      values.append(field)
      compiler.declareVariable(field.key)
    }
    compiler.surface = host.surface
  }

  // MARK: Showing

  func show(_ diagnostics: [Diagnostic], in source: SourceFile) {
    let renderer = TextRenderer(usesColor: console.usesColour, columns: console.columns)
    for diagnostic in diagnostics { console.report(renderer.render(diagnostic, in: source)) }
  }

  private func show(_ stop: SessionRuns.Course.Stop, of compilation: Compilation) {
    switch stop {
    case .ended(let ending): show(ending, of: compilation)
    case .interrupted(let position):
      show(
        Diagnostic(
          .exhausted, "interrupted", at: position,
          hint: "what was assigned before is kept; `:vars` shows it"), compilation)
      note(status: 130)
    case .deadlock(let blocked, let position):
      let shown = blocked.prefix(5).map(\.description).joined(separator: "; ")
      show(
        Diagnostic(
          .deadlock, "nothing can go on: \(shown)", at: position,
          hint: "await the run in a later program, after `:signal` has sent what it waits for"),
        compilation)
      note(status: 1)
    }
  }

  private func show(_ ending: RunEnding, of compilation: Compilation) {
    switch ending.outcome {
    case .fellOff: break
    case .finished(let value): show(value)
    case .failed(let value):
      let text = (try? value.text()) ?? "a value that cannot be shown"
      show(
        Diagnostic(.programFailed, "the program failed: \(text)", at: ending.position),
        compilation)
      note(status: 1)
    case .trapped(let trap):
      show(trap.diagnostic, compilation)
      note(status: 1)
    case .exhausted(let bound):
      let isFuel = if case .fuel = bound { true } else { false }
      show(
        Diagnostic(
          .exhausted, "out of \(bound)", at: ending.position,
          hint: isFuel ? "if the program is right, raise the bound with `:fuel N`" : nil),
        compilation)
      note(status: 3)
    case .cancelled:
      show(Diagnostic(.hostFailure, "the run was cancelled", at: ending.position), compilation)
      note(status: 1)
    }
  }

  private func show(_ diagnostic: Diagnostic, _ compilation: Compilation) {
    show([diagnostic], in: compilation.source)
  }

  /// Shows a result: laid out for the screen, or whole and plain where there is none.
  func show(_ value: HostValue) {
    guard let columns = console.columns else {
      return console.show((try? value.text(width: 80)) ?? "")
    }
    if case .null = value { return }
    console.show(ValuePrinter.text(of: value, width: columns, palette: palette))
  }

  /// Shows what a program prints: text as it is, other values as results.
  func showPrinted(_ value: HostValue) {
    guard case .string(let text) = value, console.columns != nil else { return show(value) }
    console.show(text.safeForTerminal)
  }
}

extension Repl {
  /// What names the runs of processes at the prompt.
  var runNames: [String] { runs.processes.indices.map { String($0 + 1) } }
}
