import LashJSON

/// The JSON Schema of a type expression, with gaps where variables hold parts of it.
public struct SchemaTemplate: Sendable {
  /// The schema; `{"$variable": n}` stands where the Type value of `variables[n]` belongs.
  ///
  /// A property of that name cannot be mistaken for a gap, since its value is no integer.
  public var schema: JSONValue
  /// The variables, in order of their first use, each once.
  public var variables: [Symbol]
}

extension CheckedModule {
  /// The JSON Schema of a named type of the host (rule TYP-4).
  public func schema(ofHostType index: Int) -> JSONValue {
    var builder = SchemaBuilder(module: self)
    return builder.build(hostType: index)
  }

  /// The JSON Schema of a type expression (rule TYP-3): objects are closed unless they end in
  /// `...`. Recursive types use `$defs`. Bounded in size for any program.
  public func schemaTemplate(of type: TypeID) -> SchemaTemplate {
    var builder = SchemaBuilder(module: self)
    let schema = builder.build(type)
    return SchemaTemplate(schema: schema, variables: builder.variables)
  }
}
