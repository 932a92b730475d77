import LashLang

extension BuiltinTable {
  /// `len(x)`: scalars of a string, items, fields; 0 for null.
  static func length(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let value = arguments[0]
    guard let size = try size(of: value, in: heap) else {
      throw heap.trap(
        .typeError,
        "`len` requires a string, tuple, list, record, or null, got \(heap.typeName(value))",
        hint: value.isKind(.image) ? "`.size` is the size of an image" : nil)
    }
    return try heap.number(size)
  }

  /// `empty(x)`: whether its length is 0.
  static func isEmpty(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    guard let size = try size(of: arguments[0], in: heap) else {
      throw heap.trap(
        .typeError,
        "`empty` requires a string, tuple, list, record, or null, got "
          + heap.typeName(arguments[0]))
    }
    return Value(bool: size == 0)
  }

  private static func size(of value: Value, in heap: Heap) throws(Fault) -> Int? {
    if value.isNull { return 0 }
    if heap.isLazy(value) { return try heap.lazyCount(value.object) }
    if value.isString {
      if !value.object.pointee.flags.contains(.ascii) {
        heap.charge(bytes: Int(value.object.pointee.count))
      }
      return heap.scalarCount(value.object)
    }
    return heap.items(value)?.count ?? Fields(readable: value, in: heap)?.count
  }

  /// `type_of(x)`.
  static func typeOf(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    Value(try heap.makeString(heap.typeName(arguments[0])))
  }
}
