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
  /// The variables, in order of first assignment.
  var values: [HostField] = []
  /// The programs that were run, in order.
  var cells: [String] = []
  /// How many programs there were, also those that did not compile.
  var cellCount = 0
  var bounds = Bounds(memory: 256 << 20)
  /// The text that was last compiled, for commands that show its stages.
  var lastText: SourceFile?
  /// The exit status of the first program that went wrong, as `lashc run` gives it; 0 if none did.
  public private(set) var exitStatus: Int32 = 0

  /// A session before its first program.
  public init(console: any Console) {
    self.console = console
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
    var ending: CellEnding?
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
    let engine = CellEngine(
      program: program, bounds: bounds, isInterrupted: { self.console.isInterrupted },
      answer: { self.answer($0) })
    let ending = engine.run(values + host.mock.projected)
    course.runTime = console.now() &- running
    course.ending = ending
    keep(compilation, ending)
    show(ending, of: compilation)
    return course
  }

  /// Compiles a text as the next cell; nothing changes.
  func compile(_ source: SourceFile) -> Compilation {
    compiler.compile(source, finishesWithLast: true)
  }

  private func keep(_ compilation: Compilation, _ ending: CellEnding) {
    for field in ending.variables { setVariable(field) }
    let hasEnded: Bool =
      switch ending.halt {
      case .finished, .failed, .fellOff: true
      default: false
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

  private func show(_ ending: CellEnding, of compilation: Compilation) {
    switch ending.halt {
    case .fellOff: break
    case .finished(let value): show(value)
    case .failed(let value):
      let text = (try? value.text()) ?? "a value that cannot be shown"
      show(
        Diagnostic(.programFailed, "the program failed: \(text)", at: ending.position), compilation)
      note(status: 1)
    case .trapped(let trap):
      show(trap.diagnostic, compilation)
      note(status: 1)
    case .suspended:
      show(
        Diagnostic(
          .exhausted, "interrupted", at: ending.position,
          hint: "what was assigned before is kept; `:vars` shows it"), compilation)
      note(status: 130)
    case .outOfFuel:
      show(
        Diagnostic(
          .exhausted, "out of fuel: all \(bounds.fuel) units were used", at: ending.position,
          hint: "if the program is right, raise the bound with `:fuel N`"), compilation)
      note(status: 3)
    case .outOfMemory:
      show(
        Diagnostic(
          .exhausted, "out of memory: the bound of \(bounds.memory) bytes was reached",
          at: ending.position), compilation)
      note(status: 3)
    case .outOfDepth:
      show(
        Diagnostic(
          .exhausted, "out of call depth: more than \(bounds.depth) nested calls of functions",
          at: ending.position), compilation)
      note(status: 3)
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
  /// The names of the runs of processes.
  var runNames: [String] { [] }
}
