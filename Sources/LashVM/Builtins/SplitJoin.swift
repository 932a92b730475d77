import LashLang

extension BuiltinTable {
  /// `split(s, separator)`: the pieces between, empty ones too; an empty separator stands between all
  /// scalars and at both ends.
  static func split(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try heap.withText(arguments[0]) { text throws(Fault) in
      try heap.withText(arguments[1]) { separator throws(Fault) in
        let text = text.object.text
        return try heap.buildList { list throws(Fault) in
          var start = 0
          var places = Occurrences(of: separator.object.text, in: text)
          while let place = places.next() {
            try list.append(Value(try heap.makeString(text.part(start, place))))
            start = place + separator.object.text.count
          }
          try list.append(Value(try heap.makeString(text.part(start, text.count))))
        }
      }
    }
  }

  /// `join(xs, separator)`: the texts of scalars with the separator between them.
  static func join(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    guard let items = heap.items(arguments[0]) else {
      throw heap.trap(
        .typeError,
        "`join` requires a tuple or list as the first argument, got "
          + heap.typeName(arguments[0]))
    }
    heap.charge(elements: items.count)
    return try heap.withText(arguments[1]) { separator throws(Fault) in
      try heap.buildString { builder throws(Fault) in
        for (position, item) in items.enumerated() {
          if position > 0 { try builder.append(separator.object.text) }
          try heap.appendScalar(item, to: &builder)
        }
      }
    }
  }

  /// `replace(s, from, to)`: all occurrences; an empty `from` is between all scalars and at both ends.
  static func replace(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let text = try heap.string(arguments[0], "text", of: .replace)
    let needle = try heap.string(arguments[1], "needle", of: .replace)
    let replacement = try heap.string(arguments[2], "replacement", of: .replace)
    var places = Occurrences(of: needle, in: text)
    guard var place = places.next() else { return heap.copy(arguments[0]) }
    return try heap.buildString(capacity: text.count) { builder throws(Fault) in
      var start = 0
      while true {
        try builder.append(text.part(start, place))
        try builder.append(replacement)
        start = place + needle.count
        guard let next = places.next() else { break }
        place = next
      }
      try builder.append(text.part(start, text.count))
    }
  }

  /// `lines(s)`: at line feeds, with or without carriage returns; no empty line after the last one.
  static func lines(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try heap.withText(arguments[0]) { text throws(Fault) in
      try heap.buildList { list throws(Fault) in
        for line in TextLines(text.object.text) {
          try list.append(Value(try heap.makeString(line)))
        }
      }
    }
  }
}

/// The byte offsets of a text in another, without overlaps; of an empty text all boundaries of scalars.
private struct Occurrences: IteratorProtocol {
  private let text: UnsafeBufferPointer<UInt8>
  private let needle: UnsafeBufferPointer<UInt8>
  private var search: TextSearch
  private var position = 0

  init(of needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    self.needle = needle
    search = TextSearch(needle)
  }

  mutating func next() -> Int? {
    guard position <= text.count else { return nil }
    if needle.isEmpty {
      let place = position
      position += place < text.count ? text.scalarLength(at: place) : 1
      return place
    }
    guard let place = search.first(in: text, from: position) else {
      position = text.count + 1
      return nil
    }
    position = place + needle.count
    return place
  }
}
