import LashJSON
import LashLang
import LashToolchain
import LashVM

extension Repl {
  /// The session as bytes (`SessionFile`).
  func stored() throws(ConsoleError) -> [UInt8] {
    let runs = try runs.stored()
    let file = SessionFile(
      cellCount: cellCount, fuel: bounds.fuel, cells: cells,
      declarations: compiler.declarations.map(\.text), variables: values,
      offered: host.offered.map { String(decoding: $0.file, as: UTF8.self) },
      mock: host.mockText, progress: host.answers.progress, asksPerson: host.asksPerson,
      triggers: host.answers.triggers.stored, programs: runs.programs, scheduler: runs.scheduler)
    do throws(JSONError) {
      return try file.bytes()
    } catch {
      throw ConsoleError("a value cannot be stored: \(error)")
    }
  }

  /// Puts a stored session in the place of this one; if it is refused nothing changes.
  func restore(_ bytes: [UInt8]) throws(ConsoleError) {
    let file = try SessionFile(bytes)
    var programs: [Program] = []
    for bytes in file.programs {
      do throws(ProgramFormatError) {
        programs.append(try Program(decoding: bytes))
      } catch {
        throw ConsoleError("a program in it is damaged: \(error)")
      }
    }
    let runs = try SessionRuns(restoring: file.scheduler, programs: programs)
    let host = try PromptHost(file)
    let compiler = try Self.compiler(file, host.surface)
    self.runs = runs
    self.host = host
    self.host.screen = self
    self.compiler = compiler
    values = file.variables
    cells = file.cells
    cellCount = file.cellCount
    bounds.fuel = file.fuel
    lastText = nil
  }

  /// A compiler that knows what the session declares.
  private static func compiler(
    _ file: SessionFile, _ surface: HostSurface
  ) throws(ConsoleError) -> CompileSession {
    let names = file.variables.map(\.key)
    var compiler = CompileSession(surface: surface, variables: names)
    guard !file.declarations.isEmpty else { return compiler }
    let text = file.declarations.joined(separator: "\n")
    let compilation = compiler.compile(SourceFile(name: "restored", text: text))
    guard !compilation.hasErrors else {
      throw ConsoleError("its declarations do not compile with this version")
    }
    compiler.keep(compilation, assigned: names, hasEnded: false)
    return compiler
  }
}

extension PromptHost {
  /// The host of a stored session.
  fileprivate init(_ file: SessionFile) throws(ConsoleError) {
    self.init()
    do throws(MockError) {
      try load(Array(JSONValue.object(file.mock).description.utf8))
      if let offered = file.offered { try offer(Array(offered.utf8)) }
    } catch {
      throw ConsoleError("its host is damaged: \(error)")
    }
    guard answers.goOn(given: file.progress.given, taken: file.progress.taken) else {
      throw ConsoleError("it is damaged: `given` and `taken` do not fit its mock")
    }
    guard let triggers = TriggerRegistry(registrant: "mock", stored: file.triggers) else {
      throw ConsoleError("it is damaged: `triggers` is missing or no such thing")
    }
    answers.triggers = triggers
    asksPerson = file.asksPerson
  }
}
