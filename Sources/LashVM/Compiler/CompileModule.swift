import LashLang

/// Turns a checked module into bytecode.
public enum CompileModule {
  /// Compiles `module`, which must have no errors.
  ///
  /// Throws a diagnostic (`E0504`) when a body needs more registers, constants or instructions than
  /// an instruction can name.
  public static func compile(_ module: CheckedModule) throws(Diagnostic) -> Program {
    Program(source: module.tree.source)
  }
}
