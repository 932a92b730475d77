import LashLang
import Testing

@testable import LashVM

/// Compiles `source`, which must have no errors besides those of types; warnings are let pass.
func compile(_ source: String, host: HostSurface = HostSurface()) throws -> Program {
  let parsed = Parser.parse(SourceFile(name: "test.lash", text: source))
  let module = CheckModule.check(parsed.tree, host: host, earlier: parsed.diagnostics)
  try #require(module.canRun, "\(module.diagnostics)")
  return try CompileModule.program(of: module)
}

extension CheckedModule {
  /// Whether nothing but types stands against running it. The machine trusts no types, so its tests
  /// run programs too that the type checker refuses.
  var canRun: Bool {
    let codesOfTypes: Set<DiagnosticCode> = [
      .typeMismatch, .operandTypes, .unknownField, .notIterable, .notIndexable, .notAssignable,
      .notAwaitable, .notUnwrappable,
    ]
    return diagnostics.allSatisfy { $0.severity == .warning || codesOfTypes.contains($0.code) }
  }
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
