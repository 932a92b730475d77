/// The one text of a JSON value, for hashing and comparing: compact, keys by ascending UTF-8
/// bytes. Values that are equal have the same text, numbers in canonical form provided.
public enum CanonicalJSON {
  /// The text as bytes. Throws where the value nests deeper than the limit.
  public static func bytes(
    of value: JSONValue, maximumDepth: Int = 128
  ) throws(JSONError) -> [UInt8] {
    var writer = JSONWriter(maximumDepth: maximumDepth)
    try value.send(to: &writer, sortingKeys: true)
    return writer.bytes
  }

  /// The SHA-256 of the text as 64 hexadecimal digits. Throws where the value nests too deep.
  public static func hash(
    of value: JSONValue, maximumDepth: Int = 128
  ) throws(JSONError) -> String {
    SHA256.hexHash(try bytes(of: value, maximumDepth: maximumDepth))
  }
}
