import LashJSON
import Testing

@testable import LashLang

/// Rules TYP-3, TYP-4, TYP-7 and HST-1: types as JSON Schema and back.
@Suite struct SchemaTests {
  /// The schema of the first type declaration.
  private func schema(_ text: String) throws -> JSONValue {
    let module = CheckedText(text).module
    try #require(module.diagnostics == [])
    return module.schemaTemplate(of: module.typeDeclarations[0].type).schema
  }

  private static let rows: [(String, JSONValue)] = [
    ("str", ["type": "string"]), ("int", ["type": "integer"]), ("float", ["type": "number"]),
    ("bool", ["type": "boolean"]), ("null", ["type": "null"]), ("dict", ["type": "object"]),
    ("any", [:]), ("Process<int, str>", [:]), ("Web", [:]),
    ("enum[\"a\", \"b\"]", ["type": "string", "enum": ["a", "b"]]),
    ("list[int]", ["type": "array", "items": ["type": "integer"]]),
    ("int | null", ["anyOf": [["type": "integer"], ["type": "null"]]]),
    ("crm.Lead", ["type": "integer"]),
    (
      "{ a: int, b: str? }",
      [
        "type": "object", "properties": ["a": ["type": "integer"], "b": ["type": "string"]],
        "required": ["a"], "additionalProperties": false,
      ]
    ),
    (
      "{ a: int, ... }",
      ["type": "object", "properties": ["a": ["type": "integer"]], "required": ["a"]]
    ),
  ]

  /// What is nested deeply goes into definitions, so that the schema is within what JSON may nest.
  @Test func deepTypes() throws {
    let deep =
      String(repeating: "{ a: list[", count: 45) + "int" + String(repeating: "] }", count: 45)
    let text = try schema("type T = \(deep)").description
    #expect(text.contains("#/$defs/part"))
    #expect(throws: Never.self) { try JSONReader().read(text) }
    var host = HostSurface.sample
    host.types.append(HostNamedType(name: "Deep", type: .text(deep)))
    let module = CheckedText("type T = { x: \(deep) | Deep }", host).module
    let both = module.schemaTemplate(of: module.typeDeclarations[0].type).schema
    #expect(try JSONReader().read(both.description)["$defs"]?.objectValue?.isEmpty == false)
  }

  @Test func table() throws {
    for (type, expected) in Self.rows {
      #expect(try schema("type T = \(type)") == expected, "\(type)")
    }
  }

  @Test func namesAreExpanded() throws {
    #expect(
      try schema("type T = list[Id]\ntype Id = int")
        == ["type": "array", "items": ["type": "integer"]])
  }

  @Test func recursionGoesThroughDefinitions() throws {
    let schema = try schema("type T = list[Node]\ntype Node = { next: Node? }")
    let node: JSONValue = [
      "type": "object", "properties": ["next": ["$ref": "#/$defs/Node"]], "required": [],
      "additionalProperties": false,
    ]
    #expect(schema["items"] == node)
    #expect(schema["$defs"] == ["Node": node])
  }

  @Test func hostTypesGivenAsText() throws {
    let finding: JSONValue = [
      "type": "object",
      "properties": ["title": ["type": "string"], "parent": ["$ref": "#/$defs/Finding"]],
      "required": ["title"], "additionalProperties": false,
    ]
    let schema = try schema("type T = list[Finding]")
    #expect(schema["items"] == finding)
    #expect(schema["$defs"] == ["Finding": finding])
  }

  @Test func referencesInsideHostSchemasAreKept() throws {
    var host = HostSurface()
    host.types = [
      HostNamedType(
        name: "Tree",
        type: .schema([
          "type": "object", "properties": ["kids": ["type": "array", "items": ["$ref": "#"]]],
        ]))
    ]
    let module = CheckedText("type T = list[Tree]", host).module
    let schema = module.schemaTemplate(of: module.typeDeclarations[0].type).schema
    #expect(schema["items"] == ["$ref": "#/$defs/Tree"])
    #expect(
      schema["$defs"]?["Tree"]?["properties"]?["kids"]?["items"] == ["$ref": "#/$defs/Tree"])
  }

  @Test func doublingTypesStayBounded() throws {
    let lines = (0..<60).map { "type T\($0) = { a: T\($0 + 1), b: T\($0 + 1) }" }
    let schema = try schema((lines + ["type T60 = int"]).joined(separator: "\n"))
    #expect(schema.description.utf8.count < 1_000_000)
  }

  @Test func variablesLeaveGaps() throws {
    let module = CheckedText("if c { A = Type { a: int } }\nt = Type { x: A, y: list[A] }").module
    let literal = module.tree.expressions.last {
      if case .typeLiteral = $0.kind { true } else { false }
    }
    guard case .typeLiteral(let type)? = literal?.kind else {
      Issue.record("no literal")
      return
    }
    let template = module.schemaTemplate(of: type)
    #expect(template.variables.map { module.tree[$0] } == ["A"])
    #expect(template.schema["properties"]?["x"] == ["$variable": 0])
    #expect(template.schema["properties"]?["y"]?["items"] == ["$variable": 0])
  }

  // MARK: Back

  private static let texts: [(JSONValue, String)] = [
    (["type": "string"], "str"), ([:], "any"), (["type": ["integer", "null"]], "int | null"),
    (["enum": ["a", nil]], "enum[\"a\"] | null"), (["const": "x"], "enum[\"x\"]"),
    (["enum": [1]], "any"), (["type": "array"], "list[any]"),
    (["items": ["type": "number"]], "list[float]"), (["type": "object"], "dict"),
    (["anyOf": [["type": "string"], ["type": "string"]]], "str"),
    (["anyOf": [], "oneOf": []], "any"), (["allOf": [["type": "boolean"]]], "bool"),
    (
      [
        "type": "object", "additionalProperties": false, "required": ["a"],
        "properties": ["a": ["type": "integer"], "b c": ["$ref": "#/$defs/D"]],
        "$defs": ["D": ["type": "null"]],
      ], "{ a: int, \"b c\": null? }"
    ),
  ]

  @Test func schemasAsText() {
    for (schema, expected) in Self.texts {
      #expect(TypeText.text(of: schema) == expected, "\(schema)")
    }
  }

  @Test func endlessReferencesEnd() {
    let schema: JSONValue = ["anyOf": [["$ref": "#"], ["items": ["$ref": "#"]]]]
    #expect(TypeText.text(of: schema) == "any")
  }
}
