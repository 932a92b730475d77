extension Heap {
  /// The name of a value's kind in messages (rule VAL-1).
  func typeName(_ value: Value) -> String {
    if value.isDouble { return "number" }
    guard value.isHeap else { return value.isBool ? "bool" : "null" }
    return switch value.object.pointee.kind {
    case .string: "string"
    case .list: "list"
    case .record, .result: "record"
    case .integer: "number"
    case .tuple: "tuple"
    case .run, .placeholder: "handle"
    case .module: "module"
    case .image: "image"
    case .type: "type"
    case .descriptor, .triggerEvent: "descriptor"
    case .process: "process"
    case .lazyJSON, .reference:
      switch lazyKind(value.object) {
      case .list: "list"
      case .record: "record"
      case .string: "string"
      }
    case .document, .cursor: "list"
    }
  }
}
