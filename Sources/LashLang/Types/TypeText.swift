import LashJSON

/// Writes a JSON Schema in lashlang's type syntax, for people and models (rule HST-1): the schema is
/// read as a type (rule TYP-17), and types have one text.
public enum TypeText {
  private static let longest = 100_000

  /// The type that `schema` describes, as text. What lashlang's types cannot say is `any`. Bounded
  /// in depth and size for any schema.
  public static func text(of schema: JSONValue) -> String {
    var table = TypeTable()
    let type = SchemaReader.type(of: schema, in: &table)
    return table.text(type, exact: true, atMost: longest)
  }

  /// A field name as it is written: quoted unless it is an identifier.
  static func key(_ name: String) -> String {
    let isIdentifier =
      !name.isEmpty && !(name.utf8.first.map { (0x30...0x39).contains($0) } ?? true)
      && name.utf8.allSatisfy {
        $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
          || (0x61...0x7A).contains($0)
      }
    return isIdentifier ? name : JSONValue.string(name).description
  }
}
