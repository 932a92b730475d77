import LashLang
import LashVM

extension EffectLog {
  /// Whether a program is the recorded one as far as its effects go: it does the same, and its names of
  /// locals and its layout may be others. Compiles the recorded text unless the bytecode is the same.
  public func isOf(_ compilation: Compilation, surface: HostSurface) -> Bool {
    if let found = compilation.program, found.identity == program.identity { return true }
    guard let module = compilation.module, !module.hasErrors, !program.source.bytes.isEmpty,
      let recorded = Compile.program(program.source, surface: surface).module, !recorded.hasErrors
    else { return false }
    return recorded.identity == module.identity
  }

  /// A surface on which the recorded program checks: any module, and the variables that were set.
  public var surface: HostSurface {
    var setup = RunSetup()
    setup.echoesUnknown = true
    setup.globals = globals
    return setup.surface
  }
}
