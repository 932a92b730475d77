import LashLang

extension BuiltinTable {
  /// `contains(x, y)`: a text in a text, an item in a list or tuple, a key in a record; null has nothing.
  static func contains(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    guard let answer = try heap.contains(arguments[0], arguments[1]) else {
      throw heap.trap(
        .typeError,
        "`contains` requires a string/string, tuple/value, list/value, record/key, "
          + "or null/value pair, got \(heap.typeName(arguments[0]))")
    }
    return Value(bool: answer)
  }

  /// `find(s, needle, start?)`: the offset of the first occurrence at or after `start`, or null.
  static func find(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let start = count > 2 ? try findStart(arguments[2], in: heap) : 0
    if let found = try heap.lazyFind(arguments[0], arguments[1], from: start) { return found }
    try heap.settle(arguments)
    let found: Int? = try heap.withText(arguments[0]) { text throws(Fault) -> Int? in
      try heap.withText(arguments[1]) { needle throws(Fault) -> Int? in
        offset(of: needle.object.text, in: text.object, from: start, heap)
      }
    }
    guard let found else { return .null }
    return try heap.number(found)
  }

  private static func findStart(_ value: Value, in heap: Heap) throws(Fault) -> Int {
    value.isNull ? 0 : try heap.natural(value, "start", of: .find)
  }

  /// Offsets in scalars.
  private static func offset(
    of needle: UnsafeBufferPointer<UInt8>, in string: Object, from start: Int, _ heap: Heap
  ) -> Int? {
    guard start <= heap.scalarCount(string) else { return nil }
    if needle.isEmpty { return start }
    let from = heap.byteOffset(string, scalar: start)
    var search = TextSearch(needle)
    guard let position = search.first(in: string.text, from: from) else { return nil }
    if string.pointee.flags.contains(.ascii) { return position }
    return start + heap.scalarCount(string.text.part(from, position))
  }

  /// `starts_with(s, prefix)`.
  static func startsWith(
    _ heap: Heap, _ arguments: Arguments, _ count: Int
  ) throws(Fault) -> Value {
    try compareParts(heap, arguments) { text, part in
      equalBytes(text.part(0, part.count), part)
    }
  }

  /// `ends_with(s, suffix)`.
  static func endsWith(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try compareParts(heap, arguments) { text, part in
      equalBytes(text.part(text.count - part.count, text.count), part)
    }
  }

  private static func compareParts(
    _ heap: Heap, _ arguments: Arguments,
    _ isPart: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(Fault) -> Value {
    let answer = try heap.withText(arguments[0]) { text throws(Fault) in
      try heap.withText(arguments[1]) { part throws(Fault) in
        part.object.pointee.count <= text.object.pointee.count
          && isPart(text.object.text, part.object.text)
      }
    }
    return Value(bool: answer)
  }

  /// `grep_text(s, needle)`: a record for each line that has the needle, with its first place there.
  static func grepText(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try heap.withText(arguments[0]) { text throws(Fault) in
      try heap.withText(arguments[1]) { needle throws(Fault) in
        guard needle.object.pointee.count > 0 else {
          throw heap.trap(.valueError, "`grep_text` needle must not be empty")
        }
        var search = TextSearch(needle.object.text)
        return try heap.buildList { list throws(Fault) in
          var number = 0
          for line in TextLines(text.object.text) {
            number += 1
            guard let position = search.first(in: line) else { continue }
            let start = heap.scalarCount(line.part(0, position))
            let end = start + heap.scalarCount(needle.object)
            let hit = try heap.buildRecord { hit throws(Fault) in
              try heap.setField(&hit, "line", try heap.number(number))
              try heap.setField(&hit, "text", Value(try heap.makeString(line)))
              try heap.setField(&hit, "match", heap.copy(needle))
              try heap.setField(&hit, "start", try heap.number(start))
              try heap.setField(&hit, "end", try heap.number(end))
            }
            try list.append(hit)
          }
        }
      }
    }
  }

  /// `index_of(xs, v)`: the place of the first item equal to `v`, or null.
  static func indexOf(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let items = try heap.sequence(arguments[0], of: .indexOf)
    guard let index = try heap.firstIndex(of: arguments[1], in: items) else { return .null }
    return try heap.number(index)
  }

  /// `count(xs, v)`: how many items equal `v`.
  static func countOf(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let items = try heap.sequence(arguments[0], of: .count)
    var found = 0
    for item in items {
      if try heap.equal(item, arguments[1]) { found += 1 }
      try heap.checkFuel()
    }
    return try heap.number(found)
  }
}

extension Heap {
  /// The place of the first item that equals a value.
  fileprivate func firstIndex(
    of value: Value, in items: UnsafeBufferPointer<Value>
  ) throws(Fault) -> Int? {
    for position in items.indices {
      if try equal(items[position], value) { return position }
      try checkFuel()
    }
    return nil
  }

  /// Membership as `contains` and `in` have it; `nil` if the container can have no members.
  func contains(_ container: Value, _ member: Value) throws(Fault) -> Bool? {
    if container.isNull { return false }
    if isLazy(container), let answer = try lazyContains(container, member) { return answer }
    let container = try settled(container)
    if container.isString {
      let member = try settled(member)
      charge(bytes: Int(container.object.pointee.count))
      return try withText(member) { needle throws(Fault) in
        if needle.object.pointee.count == 0 { return true }
        var search = TextSearch(needle.object.text)
        return search.first(in: container.object.text) != nil
      }
    }
    if let items = items(container) {
      charge(elements: items.count)
      guard holdsLazies else { return try firstIndex(of: member, in: items) != nil }
      try settleWholly([container, member])
      return try firstIndex(of: settled(member), in: container.object.items) != nil
    }
    guard let fields = Fields(readable: container, in: self) else { return nil }
    return try withText(try settled(member)) { key throws(Fault) in
      fields.value(of: key.object.text) != nil
    }
  }
}
