/// A stretch of a lazy list that a loop goes through: the items, as in a list, then the reference and the
/// position behind the stretch, which are not counted.
struct ListCursor {
  let object: Object

  /// How many items are read at a time.
  static let stretch = 256

  init(_ object: Object) { self.object = object }

  static func byteCount(items: Int) -> Int { (items + 2) * 8 }

  var reference: Object { object.values[Int(object.pointee.count)].object }
  var next: Int { Int(object.values[Int(object.pointee.count) + 1].double) }

  var ownedValues: UnsafeBufferPointer<Value> {
    UnsafeBufferPointer(start: object.values, count: Int(object.pointee.count) + 2)
  }
}

extension Heap {
  /// What a loop goes through from a position of a lazy list on: a list if nothing comes behind it, else a
  /// cursor; owned by the caller.
  func stretch(of reference: Object, from start: Int) throws(Fault) -> Value {
    let end = start + ListCursor.stretch
    let items = try read(reference, .slice, try number(start), try number(end))
    let count = Int(items.object.pointee.count)
    guard count == ListCursor.stretch else { return items }
    defer { release(items) }
    let cursor = try state.pointee.allocator.allocate(
      .cursor, payload: ListCursor.byteCount(items: count), count: count, extra: 0)
    for position in 0..<count { cursor.values[position] = copy(items.object.values[position]) }
    cursor.values[count] = copy(Value(reference))
    cursor.values[count + 1] = Value(double: Double(end))
    return Value(cursor)
  }
}
