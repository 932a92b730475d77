import LashLang
import LashVM

/// A text on its way to bytecode: how far it got, and every problem on the way.
public struct Compilation: Sendable {
  /// The text.
  public let source: SourceFile
  /// The tree; always there, with `error` nodes where the text did not parse.
  public let tree: SyntaxTree
  /// The checked program, unless the text did not parse.
  public let module: CheckedModule?
  /// The bytecode, unless there is an error.
  public let program: Program?
  /// Problems of all stages in source order; each names its stage.
  public let diagnostics: [Diagnostic]

  /// Whether an error (not a warning) was found.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// A step from source text to bytecode.
public enum CompileStage: String, Sendable, CaseIterable {
  /// Text to tree, the lexer included.
  case parse
  /// Tree to checked module.
  case check
  /// Checked module to bytecode.
  case codegen
}

/// From source text to bytecode: parse, check, compile.
public enum Compile {
  /// Compiles a text against a host surface. A text that does not parse is not checked: problems
  /// of names would be echoes of problems of syntax. `onEnd` hears of each stage that was reached,
  /// as it ends.
  public static func program(
    _ source: SourceFile, surface: HostSurface, onEnd: (CompileStage) -> Void = { _ in }
  ) -> Compilation {
    let parsed = Parser.parse(source)
    onEnd(.parse)
    return program(source, parsed, surface: surface, cell: nil, onEnd: onEnd)
  }

  /// Compiles what was parsed; `cell` says that it is a cell of a session.
  static func program(
    _ source: SourceFile, _ parsed: ParseResult, surface: HostSurface, cell: CellContext?,
    onEnd: (CompileStage) -> Void
  ) -> Compilation {
    guard !parsed.hasErrors else {
      return Compilation(
        source: source, tree: parsed.tree, module: nil, program: nil,
        diagnostics: parsed.diagnostics)
    }
    let module = CheckModule.check(
      parsed.tree, host: surface, earlier: parsed.diagnostics, cell: cell)
    onEnd(.check)
    var diagnostics = module.diagnostics
    var program: Program?
    if !module.hasErrors {
      do throws(Diagnostic) {
        program = try CompileModule.compile(module)
      } catch {
        diagnostics.append(error)
      }
      onEnd(.codegen)
    }
    return Compilation(
      source: source, tree: parsed.tree, module: module, program: program,
      diagnostics: diagnostics)
  }
}
