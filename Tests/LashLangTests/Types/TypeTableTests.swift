import LashJSON
import Testing

@testable import LashLang

/// The table of types: rules TYP-10, TYP-11, TYP-17, TYP-24.
@Suite struct TypeTableTests {
  private func record(
    _ fields: [(String, ValueType, Bool)], rest: ValueType = .never, in table: inout TypeTable
  ) -> ValueType {
    var list: [ObjectField] = []
    for (name, type, isOptional) in fields {
      list.append(ObjectField(name: table.name(name), type: type, isOptional: isOptional))
    }
    return table.object(list, rest: rest)
  }

  private func fit(
    _ target: ValueType, _ source: ValueType, _ expected: Bool, _ table: inout TypeTable,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let fits = table.accepts(target, source)
    #expect(fits == expected, sourceLocation: sourceLocation)
  }

  @Test func equalTypesAreTheSame() {
    var table = TypeTable()
    let left = record([("a", .int, false), ("b", .string, true)], in: &table)
    let right = record([("b", .string, true), ("a", .int, false)], in: &table)
    #expect(left == right)
    let unions = [
      table.union(.int, .string), table.union(.string, .int), table.union(.int, .float),
      table.union(.null, .any), table.union(.never, .int),
    ]
    #expect(unions[0] == unions[1])
    #expect(unions[2...] == [.float, .any, .int])
  }

  @Test func numbersFitOneWay() {
    var table = TypeTable()
    fit(.float, .int, true, &table)
    fit(.int, .float, false, &table)
    fit(.int, .number, true, &table)
    fit(.float, .number, true, &table)
    fit(.int, .any, true, &table)
    fit(.any, .int, true, &table)
    fit(.string, .null, false, &table)
  }

  @Test func recordsFitByFields() {
    var table = TypeTable()
    let wanted = record([("a", .int, false), ("b", .string, true)], rest: .hidden, in: &table)
    fit(wanted, record([("a", .int, false)], in: &table), true, &table)
    fit(wanted, record([("a", .int, false), ("z", .bool, false)], in: &table), true, &table)
    fit(wanted, record([("b", .string, false)], in: &table), false, &table)
    fit(wanted, record([("a", .int, true)], in: &table), false, &table)
    fit(wanted, record([("a", .int, false), ("b", .int, false)], in: &table), false, &table)
    fit(wanted, table.dictionary(), true, &table)
    fit(table.dictionary(), wanted, true, &table)
  }

  @Test func listsFitByItems() {
    var table = TypeTable()
    let ints = table.list(.int)
    fit(ints, table.list(.never), true, &table)
    fit(table.list(.float), ints, true, &table)
    fit(ints, table.list(.float), false, &table)
    fit(ints, table.tuple([.int, .int]), true, &table)
    fit(ints, table.tuple([.int, .string]), false, &table)
    fit(table.tuple([.int, .int]), table.tuple([.int]), false, &table)
  }

  /// A failed comparison of recursive types must not leave answers behind that hung on it.
  @Test func recursiveTypesCompareByStructure() {
    let text = """
      type A = { v: int, next: A? }
      type B = { v: int, next: B? }
      type C = { v: int, next: D? }
      type D = { v: str, next: C? }
      fn b(x: A) -> B { x }
      fn c(x: A) -> C { ⟦x⟧ }
      fn d(x: C) -> A { x }
      """
    let checked = CheckedText(text)
    #expect(checked.codes == [.typeMismatch, .typeMismatch], "\(checked.problems)")
  }

  @Test func typesAreBounded() {
    var table = TypeTable()
    var type = ValueType.int
    for _ in 0..<200 { type = table.list(type) }
    #expect(table.nodes.count < 100)
    var record = table.object([], rest: .never)
    for index in 0..<500 {
      let name = table.name("f\(index)")
      record = table.setting(record, ObjectField(name: name, type: .int, isOptional: false))
    }
    #expect(table.fieldCount(record) <= TypeTable.mostFields)
    var shapes = ValueType.never
    for index in 0..<100 {
      let shape = self.record([("f\(index)", .int, false)], in: &table)
      shapes = table.union(shapes, shape)
    }
    #expect(table.members(shapes).count <= 10)
  }

  @Test func schemas() {
    let texts: [(JSONValue, String)] = [
      (
        ["type": "object", "properties": ["a": ["type": "integer"]], "required": ["a"]],
        "{ a: int, ... }"
      ),
      (["type": "object", "additionalProperties": ["type": "integer"]], "dict[int]"),
      (["enum": ["b", "a"]], "enum[\"b\", \"a\"]"),
      (["oneOf": [["type": "string"], ["type": "null"]]], "str | null"),
    ]
    for (schema, text) in texts { #expect(TypeText.text(of: schema) == text, "\(schema)") }
  }
}
