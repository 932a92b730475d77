import LashLang

/// A dotted path to a field of records, for `sort_by` and `group_by`.
struct FieldPath {
  let heap: Heap
  private let builtin: Builtin
  private let text: UnsafeBufferPointer<UInt8>
  private let keys: [UnsafeBufferPointer<UInt8>]

  /// A path given as an argument, which must live as long.
  init(_ argument: Value, of builtin: Builtin, in heap: Heap) throws(Fault) {
    self.heap = heap
    self.builtin = builtin
    text = try heap.string(argument, "field path", of: builtin)
    guard !text.isEmpty else {
      throw heap.trap(.valueError, "`\(builtin.rawValue)` field path must not be empty")
    }
    keys = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .map { UnsafeBufferPointer(rebasing: $0) }
  }

  /// The value at the path in an item, not retained; `position` is the item's, for errors.
  func value(of item: Value, at position: Int) throws(Fault) -> Value {
    guard var fields = Fields(readable: item, in: heap) else {
      throw heap.trap(
        .typeError,
        "`\(builtin.rawValue)` item \(position) must be a record, got \(heap.typeName(item))")
    }
    heap.charge(elements: keys.count)
    var value = item
    for (step, key) in keys.enumerated() {
      if step > 0 {
        guard let inner = Fields(readable: value, in: heap) else { throw missing(position) }
        fields = inner
      }
      guard let next = fields.value(of: key) else { throw missing(position) }
      value = next
    }
    return value
  }

  private func missing(_ position: Int) -> Fault {
    let path = String(decoding: text, as: UTF8.self)
    return heap.trap(
      .valueError, "`\(builtin.rawValue)` item \(position) is missing field path `\(path)`")
  }
}
