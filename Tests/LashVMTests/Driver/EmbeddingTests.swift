import LashLang
import LashVM
import Testing

// The code up to the suite stands in README.md as it is here; a script compares them.

/// A host with one module, `weather`, whose operation `now` answers from a table.
struct Weather: EffectHandler {
  let degrees: [String: Int64] = ["Jena": 21, "Kiel": 17]

  func call(_ call: ModuleCall) async throws -> HostValue {
    guard case .record(let fields)? = call.arguments.first,
      case .string(let city)? = fields.first(where: { $0.key == "city" })?.value,
      let degrees = degrees[city]
    else { throw HostFailure("no such city") }
    return .record([HostField("degrees", .integer(degrees))])
  }
}

/// Checks, compiles and runs a program. Throws if it has errors; `module.diagnostics` says which.
func run(_ text: String) async throws -> Halt {
  var surface = HostSurface()
  surface.modules = [
    HostModule(path: "weather", authority: "Weather", operations: [HostOperation(name: "now")])
  ]
  let parsed = Parser.parse(SourceFile(name: "weather.lash", text: text))
  let module = CheckModule.check(parsed.tree, host: surface, earlier: parsed.diagnostics)
  let program = try CompileModule.compile(module)
  var machine = Machine(program, bounds: Bounds(fuel: 1_000_000))
  return try await machine.drive(Weather(), concurrency: 8)
}

@Suite("Embedding, as README.md shows it")
struct EmbeddingTests {
  @Test("A program that finishes, and one that fails")
  func weather() async throws {
    let source = """
      rows = await [weather.now({city: c})? for c in ["Jena", "Kiel"]]
      finish [row.degrees for row in rows]
      """
    guard case .finished(.list(let degrees)) = try await run(source),
      case .integer(21) = degrees[0], case .integer(17) = degrees[1]
    else {
      Issue.record("another outcome")
      return
    }
    guard case .trapped(let trap) = try await run("x = await weather.now({city: \"Ulm\"})?") else {
      Issue.record("not trapped")
      return
    }
    #expect(trap.message == "`?` unwrapped failed module operation: no such city")
  }
}
