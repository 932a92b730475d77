/// The fields of a value that has any: of a record, or of a sealed kind as its record form has them
/// (rule VAL-16), without making that record.
struct Fields {
  let heap: Heap
  let object: Object

  /// What a field holds.
  enum Content {
    case value(Value)
    /// A text that no string in memory stands for.
    case word(StaticString)
  }

  /// The fields of a record or a sealed kind; `nil` for any other value.
  init?(form value: Value, in heap: Heap) {
    guard value.isHeap else { return nil }
    switch value.object.pointee.kind {
    case .string, .list, .integer, .tuple, .placeholder, .lazyJSON, .reference, .document, .cursor:
      return nil
    default: break
    }
    self.heap = heap
    object = value.object
  }

  /// The fields that a program may read: of a record or a result wrapper.
  init?(readable value: Value, in heap: Heap) {
    guard value.isRecord || value.isKind(.result) else { return nil }
    self.heap = heap
    object = value.object
  }

  /// Whether the value is a record and no sealed kind.
  @inline(__always) var isRecord: Bool { object.pointee.kind == .record }

  /// The number of fields.
  @inline(__always) var count: Int {
    isRecord ? Int(object.pointee.count) : sealedKeys.count
  }

  /// The key of the field at a position.
  @inline(__always)
  func key(at position: Int) -> UnsafeBufferPointer<UInt8> {
    isRecord ? heap.fieldKey(object, at: position).object.text : sealedKey(at: position)
  }

  /// The key as a string, owned by the caller.
  func keyString(at position: Int) throws(Fault) -> Value {
    isRecord
      ? heap.copy(heap.fieldKey(object, at: position))
      : Value(try heap.makeString(sealedKey(at: position)))
  }

  /// What the field at a position holds; values are not retained.
  @inline(__always)
  func content(at position: Int) -> Content {
    isRecord ? .value(heap.fieldValue(object, at: position)) : sealedContent(at: position)
  }

  /// The value of a field of a record or result wrapper, not retained.
  @inline(__always)
  func value(at position: Int) -> Value {
    if case .value(let value) = content(at: position) { return value }
    return .null
  }

  /// The value of a key, not retained.
  func value(of key: UnsafeBufferPointer<UInt8>) -> Value? {
    if isRecord { return heap.fieldSlot(object, key)?.pointee }
    for position in 0..<count where equalBytes(sealedKey(at: position), key) {
      return value(at: position)
    }
    return nil
  }

  // MARK: Sealed kinds

  private func sealedKey(at position: Int) -> UnsafeBufferPointer<UInt8> {
    let key = sealedKeys[position]
    return UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
  }

  private var sealedKeys: [StaticString] {
    switch object.pointee.kind {
    case .result: isSuccess ? ["ok", "value"] : ["ok", "error"]
    case .run: ["$run", "process"]
    case .module: ["$module"]
    case .image: ["type", "id", "label", "mime", "size", "width", "height"]
    case .type: ["$type"]
    case .descriptor: ["$descriptor", "value"]
    case .process: ["$process"]
    case .triggerEvent: ["$trigger"]
    default: []
    }
  }

  private func sealedContent(at position: Int) -> Content {
    switch object.pointee.kind {
    case .result: .value(position == 0 ? Value(bool: isSuccess) : object.values[0])
    case .image: position == 0 ? .word("image") : .value(object.values[position - 1])
    case .triggerEvent: .word("event")
    default: .value(object.values[position])
    }
  }

  private var isSuccess: Bool { object.pointee.flags.contains(.success) }
}
