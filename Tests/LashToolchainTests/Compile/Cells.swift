import LashJSON
import LashLang
import LashToolchain
import LashVM
import Testing

/// A session whose cells run on a machine without a host.
struct Cells {
  var session = CompileSession(surface: HostSurface())
  private var values: [HostField] = []
  private var count = 0

  /// How a cell ended, as far as tests look at it.
  enum Ending: Equatable {
    case finished(JSONValue)
    case fellOff
    case other(String)
  }

  func compile(_ text: String, name: String = "cell") -> Compilation {
    session.compile(SourceFile(name: name, text: text))
  }

  func type(of variable: String) -> String? { session.variables.text(of: variable) }

  /// Runs a compiled cell; where it stopped, and with what.
  func machine(_ compilation: Compilation) -> (halt: Halt?, span: SourceSpan, left: [HostField]) {
    guard let program = compilation.program else { return (nil, .none, []) }
    var machine = Machine(program, globals: values)
    let halt = machine.run()
    return (halt, machine.position, machine.variables())
  }

  @discardableResult
  mutating func run(
    _ text: String, name: String = "cell", sourceLocation: SourceLocation = #_sourceLocation
  ) -> Ending {
    let compilation = compile(text, name: name)
    #expect(
      !compilation.hasErrors, "\(compilation.diagnostics)", sourceLocation: sourceLocation)
    let result = machine(compilation)
    for field in result.left {
      values.removeAll { $0.key == field.key }
      values.append(field)
    }
    var ending = Ending.other("\(String(describing: result.halt))")
    var hasEnded = true
    switch result.halt {
    case .finished(let value)?: ending = .finished((try? JSONValue(value)) ?? .null)
    case .fellOff?: ending = .fellOff
    case .failed?: break
    default: hasEnded = false
    }
    session.keep(compilation, assigned: result.left.map(\.key), hasEnded: hasEnded)
    return ending
  }

  /// Expects one error in a cell, which is not run: a part of its message or hint, and its place.
  func expectError(
    _ text: String, _ part: String, line: Int? = nil, column: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let compilation = compile(text)
    let errors = compilation.diagnostics.filter { $0.severity == .error }
    #expect(errors.count == 1, "\(errors)", sourceLocation: sourceLocation)
    guard let error = errors.first else { return }
    let said = error.message + " " + (error.hint ?? "")
    #expect(said.contains(part) || part.isEmpty, "\(said)", sourceLocation: sourceLocation)
    guard let line, let column else { return }
    let position = compilation.source.position(of: error.span?.start ?? 0)
    #expect(
      position.line == line && position.column == column, "\(position)",
      sourceLocation: sourceLocation)
  }

  func expectNoError(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let found = compile(text).diagnostics.filter { $0.severity == .error }
    #expect(found.isEmpty, "\(found)", sourceLocation: sourceLocation)
  }
}
