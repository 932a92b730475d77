import LashJSON

/// Reads JSON and compares with a second opinion, with what is written of it, and with the index.
enum JSONTarget {
  static let depth = 24

  static func problem(_ bytes: [UInt8]) -> String? {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONReader(maximumDepth: depth).read(bytes)
    } catch {
      if StrictJSON.accepts(bytes, depth: depth) { return "JSON was refused: \(error)" }
      return (try? JSONIndex(bytes, maximumDepth: depth)) == nil
        ? nil : "the index accepts what the reader refuses: \(error)"
    }
    guard StrictJSON.accepts(bytes, depth: depth) else { return "it was accepted, but is no JSON" }
    do throws(JSONError) {
      for layout in [JSONWriter.Layout.compact, JSONWriter.Layout.indented(2)] {
        let written = try JSONWriter.bytes(of: value, layout: layout)
        let back = try JSONReader(maximumDepth: depth).read(written)
        guard back == value else { return "written and read, it is another value" }
        guard try JSONWriter.bytes(of: back, layout: layout) == written else {
          return "written twice, it is another text"
        }
      }
      let index = try JSONIndex(bytes, maximumDepth: depth)
      return try problem(index, index.root, value)
    } catch {
      return "what was accepted is refused later: \(error)"
    }
  }

  /// Compares what the index shows with the value. Recursion is bounded by `depth`.
  private static func problem(
    _ index: JSONIndex, _ node: JSONNode, _ value: JSONValue
  ) throws(JSONError) -> String? {
    let part = Array(index.bytes[index.range(of: node)])
    guard try JSONReader(maximumDepth: depth).read(part) == value else {
      return "a part read by itself is another value"
    }
    guard node.isContainer else { return nil }
    var position = 0
    for member in index.members(of: node) {
      if index.isObject(node) {
        let key = index.text(of: member.key)
        guard index.value(of: key, in: node) != nil else { return "a key is not found" }
      } else {
        guard let items = value.arrayValue, position < items.count else {
          return "there are more items than in the value"
        }
        if let problem = try problem(index, member.value, items[position]) { return problem }
      }
      position += 1
    }
    guard index.memberCount(of: node) == position else { return "the number of members is wrong" }
    for (key, field) in value.objectValue ?? JSONObject() {
      guard let found = index.value(of: Array(key.utf8)[...], in: node) else {
        return "a field is not found"
      }
      if let problem = try problem(index, found, field) { return problem }
    }
    return nil
  }
}
