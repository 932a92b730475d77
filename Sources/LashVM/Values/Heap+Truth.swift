extension Heap {
  /// Whether a value counts as true (rule VAL-8): not null, false, 0, nan, nor an empty string,
  /// tuple, list or record. Result wrappers and other sealed kinds always count as true.
  func isTruthy(_ value: Value) -> Bool {
    if value.isDouble { return value.double != 0 && !value.double.isNaN }
    guard value.isHeap else { return value.bits == Value.true.bits }
    let object = value.object
    switch object.pointee.kind {
    case .string, .list, .record, .tuple: return object.pointee.count > 0
    default: return true
    }
  }
}
