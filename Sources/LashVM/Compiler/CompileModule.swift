import LashLang

/// Turns a checked module into bytecode.
public enum CompileModule {
  /// Compiles `module`, which must have no errors. O(size of the tree).
  ///
  /// Throws a diagnostic (`E0504`) when a body needs more registers, constants or keys than an
  /// instruction can name.
  public static func compile(_ module: CheckedModule) throws(Diagnostic) -> Program {
    precondition(!module.hasErrors, "only a module without errors can be compiled")
    return try program(of: module)
  }

  /// Compiles a module that may have errors of types: the machine trusts no types.
  static func program(of module: CheckedModule) throws(Diagnostic) -> Program {
    var program = Program(source: module.tree.source)
    var builder = BodyBuilder(module)
    program.bodies.append(try builder.buildMain())
    program.variables = variables(of: builder)
    for function in module.functions { program.bodies.append(try builder.build(function)) }
    for process in module.processes {
      program.processes.append(
        Program.ProcessEntry(
          name: module.tree[process.name.symbol],
          parameters: module.tree[process.parameters].map { module.tree[$0.name.symbol] },
          body: program.bodies.count))
      program.bodies.append(try builder.build(process))
    }
    guard program.bodies.count <= Int(UInt16.max) else {
      throw Diagnostic(
        .bodyTooLarge, "a module has at most 65,535 functions and processes",
        at: module.tree.main.span)
    }
    program.constants = builder.pool.constants
    program.keys = builder.pool.keys
    program.shapes = builder.pool.shapes
    program.sites = sites(of: program, EffectSites(module, builder.effects))
    return program
  }

  private static func sites(of program: Program, _ sites: EffectSites) -> SiteTable {
    var numbers: [UInt32] = []
    SiteTable.forEachEffect(of: program.bodies) { _, place in
      guard let number = place.flatMap({ sites[$0] }) else {
        preconditionFailure("an effect that the text does not have")
      }
      numbers.append(number)
    }
    return SiteTable(program.bodies, numbers: numbers)
  }

  private static func variables(of builder: BodyBuilder) -> [Program.Variable] {
    let tree = builder.module.tree
    let readOnly = Set(builder.module.host.readOnlyGlobals)
    return builder.scope.variables.enumerated().map { index, symbol in
      Program.Variable(
        name: tree[symbol], register: index, isReadOnly: readOnly.contains(tree[symbol]))
    }
  }
}
