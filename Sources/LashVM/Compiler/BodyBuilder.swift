import LashLang

/// Compiles one body after another: the registers, names and code of the body at hand.
///
/// Variables stand in the first registers and own their values. Above them lie loop state and
/// temporaries, in the manner of a stack. Instructions that take operands over get temporaries;
/// others read variables where they are. No temporary goes on holding a string or container.
struct BodyBuilder {
  let module: CheckedModule
  let tree: SyntaxTree
  let kinds: KindInference
  let literals: [Literal?]
  let costs: FuelCost
  let effects: EffectFacts

  var pool: ConstantPool
  var types: [TypeID: TypeConstant] = [:]
  var scope: Scope
  var code = CodeBuffer()
  var registers = RegisterStack(variables: 0)
  var assigned = DefiniteAssignment(variables: 0)
  var loops: [LoopExit] = []
  /// Operands that wait to have their variables collected.
  var operands: [ExpressionID] = []
  /// Variables with a check at some read, by register.
  var checkedVariables: [Bool] = []
  /// An operand that no instruction can name was met, so that the body is refused.
  var exceedsOperands = false

  /// A type expression whose Type value the program makes.
  struct TypeConstant {
    /// Index of the schema among the constants.
    let schema: UInt32
    /// The variables that fill its holes, in order.
    let variables: [Symbol]
    /// The names of the variables, as a shape.
    let names: UInt32
  }

  /// Where `break` and `continue` of an open loop statement go.
  struct LoopExit {
    let next: CodeBuffer.Label
    let exit: CodeBuffer.Label
    /// The hidden sequence and the current item of a loop over a list.
    let held: [Register]
  }

  /// A builder for the bodies of `module`. O(n) in its size.
  init(_ module: CheckedModule) {
    self.module = module
    tree = module.tree
    kinds = KindInference(module)
    literals = ConstantFolding(module.tree).literals
    costs = FuelCost(module)
    effects = EffectFacts(module)
    pool = ConstantPool(symbols: module.tree.symbols)
    scope = Scope(symbols: module.tree.symbols.count)
  }

  // MARK: Bodies

  /// Compiles the main block; the registers of its variables are in `scope` afterwards.
  mutating func buildMain() throws(Diagnostic) -> Program.Body {
    begin(parameters: .empty, block: tree.main)
    let inputs = Set(module.host.globals).union(module.host.readOnlyGlobals)
    for (index, symbol) in scope.variables.enumerated() where inputs.contains(tree[symbol]) {
      assigned.assign(Register(index))
    }
    build(tree.main)
    emitEnd(of: tree.main)
    return try finish(Program.Body(cost: costs.cost(of: tree.main)), tree.main.span)
  }

  /// Compiles the body of a process.
  mutating func build(_ process: ProcessDeclaration) throws(Diagnostic) -> Program.Body {
    begin(parameters: process.parameters, block: process.body)
    build(process.body)
    emitEnd(of: process.body)
    return try finish(
      Program.Body(
        name: tree[process.name.symbol], parameterCount: Int(process.parameters.count),
        cost: costs.cost(of: process.body)), process.span)
  }

  /// Compiles the body of a function.
  mutating func build(_ function: FunctionDeclaration) throws(Diagnostic) -> Program.Body {
    begin(parameters: function.parameters, block: function.body)
    buildResult(function.body)
    return try finish(
      Program.Body(
        name: tree[function.name.symbol], parameterCount: Int(function.parameters.count),
        cost: costs.cost(of: function.body)), function.span)
  }

  private mutating func begin(parameters: NodeList<TypeField>, block: Block) {
    scope.reset()
    for parameter in tree[parameters] { scope.declare(parameter.name.symbol) }
    collectVariables(of: block, in: tree)
    code = CodeBuffer()
    loops = []
    registers = RegisterStack(variables: scope.variables.count)
    assigned = DefiniteAssignment(variables: scope.variables.count)
    checkedVariables = Array(repeating: false, count: scope.variables.count)
    for index in 0..<Int(parameters.count) { assigned.assign(Register(index)) }
  }

  private mutating func finish(
    _ body: Program.Body, _ span: SourceSpan
  ) throws(Diagnostic) -> Program.Body {
    guard registers.peak <= Register.limit else {
      throw Self.tooLarge(
        "\(body.title) needs more than \(Register.limit) variables and temporaries", at: span)
    }
    guard !exceedsOperands else {
      throw Self.tooLarge(
        "\(body.title) names more distinct keys, types and formats than one program can hold",
        at: span)
    }
    var body = body
    body.registerCount = registers.peak
    let finished = code.finish()
    code = CodeBuffer()
    if body.name == nil {
      (body.code, body.spans) = finished
    } else {
      // The window of a call may hold what an earlier call left there. Jumps are relative, so
      // code put before them leaves them right.
      for index in checkedVariables.indices where checkedVariables[index] {
        code.emit(.clear, a: Register(index).offset, at: span)
      }
      body.code = code.words + finished.words
      body.spans = code.spans + finished.spans
      code = CodeBuffer()
    }
    return body
  }

  private mutating func emitEnd(of block: Block) {
    code.emit(.end, at: SourceSpan(start: block.span.end, end: block.span.end))
  }

  private static func tooLarge(_ message: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .bodyTooLarge, message, at: span,
      hint: "move parts of it into functions, or keep the data in fewer lists and records")
  }

  // MARK: Names and constants

  /// The register of a variable or binding to be read; checked where it may be unset.
  mutating func read(_ symbol: Symbol, at span: SourceSpan) -> Register {
    let register = scope.register(of: symbol)
    if !assigned.hasValue(register) {
      code.emit(.checkSet, a: register.offset, wide: pool.key(symbol), at: span)
      checkedVariables[register.index] = true
      assigned.assign(register)
    }
    return register
  }

  /// A 16-bit index of a key.
  mutating func key(_ symbol: Symbol) -> UInt16 { narrow(pool.key(symbol)) }

  /// An index as a 16-bit operand; one that does not fit refuses the body.
  mutating func narrow(_ index: UInt32) -> UInt16 {
    if index > UInt32(UInt16.max) { exceedsOperands = true }
    return UInt16(truncatingIfNeeded: index)
  }

  /// The byte offset of a constant that an instruction names directly; `nil` if it lies too far.
  func constantOffset(_ index: UInt32) -> UInt16? {
    index < UInt32(Register.limit) ? UInt16(index * 8) : nil
  }

  // MARK: Temporaries

  /// Leaves a register unset.
  mutating func clear(_ register: Register, at span: SourceSpan) {
    code.emit(.clear, a: register.offset, at: span)
  }

  /// Clears what a temporary operand may still hold.
  mutating func clear(_ operand: Operand, at span: SourceSpan) {
    if operand.mustBeCleared { clear(operand.register, at: span) }
  }

  /// Whether the value of `id` may be a string or container.
  func mayHoldHeap(_ id: ExpressionID) -> Bool { !kinds.kinds[Int(id.index)].isScalar }
}

extension Program.Body {
  /// How messages call it.
  fileprivate var title: String { name.map { "`\($0)`" } ?? "the main block" }
}
