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
      mock: .object(host.mockText), asksPerson: host.asksPerson,
      triggers: host.calls.compactMap { call in
        guard call.call.path == "triggers", let argument = call.call.arguments.first else {
          return nil
        }
        return (call.call.operation, argument)
      },
      programs: runs.programs, scheduler: runs.scheduler)
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
    var host = PromptHost()
    do throws(MockError) {
      try host.load(Array(file.mock.description.utf8))
    } catch {
      throw ConsoleError("its mock is damaged: \(error)")
    }
    host.offered = self.host.offered
    host.asksPerson = file.asksPerson
    host.show = self
    for call in file.triggers {
      _ = host.answers.answer([
        ModuleCall(
          path: "triggers", authority: "Triggers", operation: call.operation,
          arguments: [call.argument])
      ])
    }
    var compiler = CompileSession(
      surface: host.surface, variables: file.variables.map(\.key))
    if !file.declarations.isEmpty {
      let text = file.declarations.joined(separator: "\n")
      let compilation = compiler.compile(SourceFile(name: "restored", text: text))
      guard !compilation.hasErrors else {
        throw ConsoleError("its declarations do not compile with this version")
      }
      compiler.keep(compilation, assigned: file.variables.map(\.key), hasEnded: false)
    }
    self.runs = runs
    self.host = host
    self.compiler = compiler
    values = file.variables
    cells = file.cells
    cellCount = file.cellCount
    bounds.fuel = max(0, file.fuel)
    lastText = nil
  }
}
