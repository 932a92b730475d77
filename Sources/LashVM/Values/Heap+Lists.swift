// Lists and tuples: contiguous values in one block; `extra` is a list's capacity.

extension Heap {
  /// A fresh list without items and with room for at least `capacity`.
  func makeList(capacity: Int) throws(Fault) -> Object {
    let room = Self.listCapacity(for: capacity)
    return try state.pointee.allocator.allocate(
      .list, payload: room * 8, count: 0, extra: UInt32(truncatingIfNeeded: room))
  }

  /// The items that a list made for `count` has room for.
  @inline(__always)
  static func listCapacity(for count: Int) -> Int {
    Allocator.capacity(for: max(count, 2) * 8) / 8
  }

  /// A fresh tuple or sealed block of `count` values: the caller fills all of them at once.
  func makeBlock(_ kind: ObjectKind, count: Int) throws(Fault) -> Object {
    try state.pointee.allocator.allocate(kind, payload: count * 8, count: count, extra: 0)
  }

  /// A fresh tuple of values, which it takes over.
  func makeTuple(_ values: UnsafeBufferPointer<Value>) throws(Fault) -> Object {
    let tuple = try makeBlock(.tuple, count: values.count)
    if let start = values.baseAddress { tuple.values.update(from: start, count: values.count) }
    return tuple
  }

  /// Appends `value`, taken over, to the unique list in `slot`; not taken when it throws.
  @inline(__always)
  func append(_ value: Value, to slot: UnsafeMutablePointer<Value>) throws(Fault) {
    var list = slot.pointee.object
    if _slowPath(list.pointee.count == list.pointee.extra) { list = try growList(slot) }
    list.values[Int(list.pointee.count)] = value
    list.pointee.count &+= 1
  }

  /// Doubles the capacity of the unique list in `slot`.
  @inline(never)
  func growList(_ slot: UnsafeMutablePointer<Value>, to minimum: Int = 0) throws(Fault) -> Object {
    let list = slot.pointee.object
    let count = Int(list.pointee.count)
    let capacity = grownCapacity(count, for: max(count + 1, minimum))
    let room = moves ? capacity : Self.listCapacity(for: max(capacity, 4))
    let grown = try state.pointee.allocator.grow(list, used: count * 8, payload: room * 8)
    grown.pointee.extra = UInt32(truncatingIfNeeded: room)
    slot.pointee = Value(grown)
    return grown
  }
}

/// Builds a list; owns it until `finish`, and gives it back if it is dropped by `discard`.
struct ListBuilder {
  let heap: Heap
  private var slot: Value

  /// A builder with room for `capacity` items.
  init(_ heap: Heap, capacity: Int = 0) throws(Fault) {
    self.heap = heap
    slot = Value(try heap.makeList(capacity: capacity))
  }

  /// Appends a value, which it takes over, also when it throws.
  mutating func append(_ value: Value) throws(Fault) {
    do { try heap.append(value, to: &slot) } catch {
      heap.release(value)
      throw error
    }
  }

  /// Items so far.
  var count: Int { Int(slot.object.pointee.count) }

  /// The list, owned by the caller.
  func finish() -> Value { slot }

  /// Frees what was built.
  func discard() { heap.release(slot) }
}
