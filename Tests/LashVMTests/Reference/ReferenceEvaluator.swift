import LashLang

/// A run-time error as the specification has it: its kind, and its place once that is known.
struct ReferenceFailure: Error {
  var code: DiagnosticCode
  var span: SourceSpan?

  init(_ code: DiagnosticCode, at span: SourceSpan? = nil) {
    self.code = code
    self.span = span
  }
}

/// What a program came to.
enum ReferenceOutcome {
  case finished(ReferenceValue)
  case fellOff
  case failed(ReferenceFailure)
  /// It took more steps than the evaluator was given.
  case endless
}

/// Evaluates the checked tree of a program without effects, straight from the rules of the
/// specification: values are copied whole, names are looked up by their text, nothing is compiled.
struct ReferenceEvaluator {
  let module: CheckedModule
  /// The variables of the body at hand, and what loops hide of them.
  var variables: [String: ReferenceValue] = [:]
  private var stepsLeft: Int

  enum Flow: Error {
    case failure(ReferenceFailure)
    case endless
    case `break`, `continue`
    case finish(ReferenceValue)
  }

  init(_ module: CheckedModule, steps: Int = 200_000) {
    self.module = module
    stepsLeft = steps
  }

  var tree: SyntaxTree { module.tree }

  /// Runs the main block.
  mutating func run() -> ReferenceOutcome {
    do throws(Flow) {
      try run(module.tree.main)
      return .fellOff
    } catch {
      switch error {
      case .finish(let value): return .finished(value)
      case .failure(let failure): return .failed(failure)
      default: return .endless
      }
    }
  }

  mutating func step() throws(Flow) {
    stepsLeft -= 1
    if stepsLeft < 0 { throw .endless }
  }

  /// Runs `body`, whose failures have the place `span` unless they have one.
  func at<Result>(
    _ span: SourceSpan, _ body: () throws(ReferenceFailure) -> Result
  ) throws(Flow) -> Result {
    do throws(ReferenceFailure) { return try body() } catch {
      throw .failure(ReferenceFailure(error.code, at: error.span ?? span))
    }
  }

  func fail(_ code: DiagnosticCode, at span: SourceSpan) -> Flow {
    .failure(ReferenceFailure(code, at: span))
  }

  /// The value of a name that is known (rule EXP-2).
  func read(_ symbol: Symbol, at span: SourceSpan) throws(Flow) -> ReferenceValue {
    guard let value = variables[tree[symbol]] else { throw fail(.unsetName, at: span) }
    return value
  }

  /// Binds a name. Values beyond a size are not followed: programs can double one at each turn.
  mutating func set(_ name: String, _ value: ReferenceValue) throws(Flow) {
    var budget = 3_000
    guard value.fits(&budget) else { throw .endless }
    variables[name] = value
  }

  /// Calls a function (rules FN-2, FN-3).
  mutating func call(
    _ function: FunctionDeclaration, _ arguments: [ReferenceValue]
  ) throws(Flow) -> ReferenceValue {
    let outer = variables
    variables = [:]
    for (parameter, argument) in zip(tree[function.parameters], arguments) {
      variables[tree[parameter.name.symbol]] = argument
    }
    defer { variables = outer }
    return try value(of: function.body)
  }

  private mutating func value(of block: Block) throws(Flow) -> ReferenceValue {
    let statements = tree[block.statements]
    for id in statements.dropLast() { try run(id) }
    guard let last = statements.last else { return .null }
    switch tree[last].kind {
    case .expression(let value): return try evaluate(value)
    case .branch(let branches, let otherwise):
      for branch in tree[branches] where try evaluate(branch.condition).isTrue {
        return try value(of: branch.block)
      }
      if let otherwise { return try value(of: otherwise) }
      return .null
    default:
      try run(last)
      return .null
    }
  }
}
