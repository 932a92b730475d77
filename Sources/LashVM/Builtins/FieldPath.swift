import LashLang

/// A dotted path to a field of records, for `sort_by` and `group_by`.
struct FieldPath {
  let heap: Heap
  private let builtin: Builtin
  private let text: UnsafeBufferPointer<UInt8>
  /// Number of its keys.
  private let count: Int

  /// A path given as an argument, which must live as long.
  init(_ argument: Value, of builtin: Builtin, in heap: Heap) throws(Fault) {
    self.heap = heap
    self.builtin = builtin
    text = try heap.string(argument, "field path", of: builtin)
    guard !text.isEmpty else {
      throw heap.trap(.valueError, "`\(builtin.rawValue)` field path must not be empty")
    }
    heap.charge(bytes: text.count)
    count = text.reduce(1) { $1 == Self.point ? $0 + 1 : $0 }
  }

  /// The value at the path in an item, not retained; `position` is the item's, for errors.
  func value(of item: Value, at position: Int) throws(Fault) -> Value {
    guard var fields = Fields(readable: item, in: heap) else {
      throw heap.trap(
        .typeError,
        "`\(builtin.rawValue)` item \(position) must be a record, got \(heap.typeName(item))")
    }
    heap.charge(elements: count)
    var rest = text[...]
    while true {
      let end = rest.firstIndex(of: Self.point)
      let key = UnsafeBufferPointer(rebasing: rest[..<(end ?? rest.endIndex)])
      guard let value = fields.value(of: key) else { throw missing(position) }
      guard let end else { return value }
      guard let inner = Fields(readable: value, in: heap) else { throw missing(position) }
      fields = inner
      rest = rest[(end + 1)...]
    }
  }

  private func missing(_ position: Int) -> Fault {
    let path = String(decoding: text.prefix(Self.shownBytes), as: UTF8.self)
    return heap.trap(
      .valueError, "`\(builtin.rawValue)` item \(position) is missing field path `\(path)`")
  }

  private static let point = UInt8(ascii: ".")
  /// How much of a path an error shows.
  private static let shownBytes = 200
}
