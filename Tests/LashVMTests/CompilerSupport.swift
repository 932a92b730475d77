import LashLang
import Testing

@testable import LashVM

/// Compiles `source`, which must have no errors; the checker's warnings are let pass.
func compile(_ source: String, host: HostSurface = HostSurface()) throws -> Program {
  let parsed = Parser.parse(SourceFile(name: "test.lash", text: source))
  let module = CheckModule.check(parsed.tree, host: host, earlier: parsed.diagnostics)
  let errors = module.diagnostics.filter { $0.severity == .error }
  try #require(errors.isEmpty, "\(errors)")
  return try CompileModule.compile(module)
}

/// The instructions of a body, one a line: `name operands`.
func listing(
  _ source: String, host: HostSurface = HostSurface(), body: Int = 0
) throws -> [String] {
  let program = try compile(source, host: host)
  return Disassembler.lines(of: program.bodies[body], in: program).map { line in
    ([line.name] + (line.operands.isEmpty ? [] : [line.operands.joined(separator: ", ")]))
      .joined(separator: " ")
  }
}

extension HostSurface {
  /// A host with the operations `a` and `b` of module `m` and the given variables.
  static func testing(globals: [String] = []) -> HostSurface {
    var host = HostSurface()
    host.modules = [
      HostModule(
        path: "m", authority: "M",
        operations: [HostOperation(name: "a"), HostOperation(name: "b")])
    ]
    host.globals = globals
    return host
  }
}
