import LashLang

/// Why an operation inside the machine cannot go on.
enum Fault: Error {
  /// A run-time error; its text stands in `HeapState.failure`.
  case trap
  /// The memory bound would be passed.
  case memory
}

/// A run-time error in the making; the machine adds the place.
struct Failure {
  var code: DiagnosticCode
  var message: String
  var hint: String?
}

/// The memory of one machine: blocks by size class, shapes and interned keys.
///
/// A handle: copies name the same memory. Everything that allocates throws `Fault.memory` before the
/// bound is passed, so accounting is exact and the same on every machine.
struct Heap {
  let state: UnsafeMutablePointer<HeapState>

  static func make(limit: Int) -> Heap {
    let state = UnsafeMutablePointer<HeapState>.allocate(capacity: 1)
    state.initialize(to: HeapState(limit: limit))
    return Heap(state: state)
  }

  /// Frees all memory, whatever still points into it.
  func destroy() {
    state.pointee.shapes.destroy()
    state.pointee.allocator.destroy()
    state.deinitialize(count: 1)
    state.deallocate()
  }

  /// Notes a run-time error; to be thrown: `throw heap.trap(…)`.
  @inline(never)
  func trap(_ code: DiagnosticCode, _ message: String, hint: String? = nil) -> Fault {
    state.pointee.failure = Failure(code: code, message: message, hint: hint)
    return .trap
  }

  /// Charges fuel for bulk work: one unit per 8 elements (rule BND-4).
  @inline(__always) func charge(elements: Int) { state.pointee.charged &+= elements >> 3 }

  /// Charges fuel for bulk work: one unit per 64 bytes (rule BND-4).
  @inline(__always) func charge(bytes: Int) { state.pointee.charged &+= bytes >> 6 }

  // MARK: Ownership

  @inline(__always) func retain(_ value: Value) {
    if value.isHeap { value.object.pointee.references &+= 1 }
  }

  /// `value` with one more owner.
  @inline(__always) func copy(_ value: Value) -> Value {
    retain(value)
    return value
  }

  @inline(__always) func release(_ value: Value) {
    if value.isHeap { release(value.object) }
  }

  @inline(__always) func release(_ object: Object) {
    let left = object.pointee.references &- 1
    object.pointee.references = left
    if left == 0 { free(object) }
  }

  /// Frees a block that nothing owns, and what only it owned.
  @inline(never)
  func free(_ object: Object) {
    var position = 0
    if let child = nextDeadChild(of: object, from: &position) {
      freeDeeply(object, position, child)
    } else {
      state.pointee.allocator.free(object)
    }
  }

  /// Frees a dead block whose children before `position` are released and whose last one died. Iterative, with an explicit stack as deep
  /// as the values nest, so no value can overflow the thread's stack.
  @inline(never)
  private func freeDeeply(_ first: Object, _ position: Int, _ child: Object) {
    let base = state.pointee.freeing.count
    state.pointee.freeing.append((first, position))
    var object = child
    var position = 0
    while true {
      if let child = nextDeadChild(of: object, from: &position) {
        state.pointee.freeing.append((object, position))
        object = child
        position = 0
        continue
      }
      state.pointee.allocator.free(object)
      guard state.pointee.freeing.count > base, let parent = state.pointee.freeing.popLast() else {
        return
      }
      (object, position) = parent
    }
  }

  /// Releases the children of a dead block from `position` on, up to the first container that dies of
  /// it; strings and integers that die are freed on the way.
  @inline(__always)
  private func nextDeadChild(of object: Object, from position: inout Int) -> Object? {
    if object.pointee.kind == .string || object.pointee.kind == .integer { return nil }
    let values = ownedValues(object)
    while position < values.count {
      let value = values[position]
      position += 1
      guard value.isHeap else { continue }
      let child = value.object
      let left = child.pointee.references &- 1
      child.pointee.references = left
      guard left == 0 else { continue }
      if child.pointee.kind != .string && child.pointee.kind != .integer { return child }
      state.pointee.allocator.free(child)
    }
    return nil
  }

  /// The values that a block owns, as one run. Of dictionary records: keys and values in turn.
  @inline(__always)
  func ownedValues(_ object: Object) -> UnsafeBufferPointer<Value> {
    if object.pointee.kind == .record && object.pointee.extra == Shape.dictionary {
      return HashedFields(object).ownedValues
    }
    return object.items
  }
}

/// What a `Heap` points to.
struct HeapState {
  var allocator: Allocator
  var shapes = ShapeTable()
  /// Fuel charged by bulk work and not yet taken from the machine's fuel.
  var charged = 0
  /// The run-time error behind `Fault.trap`.
  var failure: Failure?
  /// The stack of `Heap.free`.
  var freeing: [(Object, Int)] = []

  init(limit: Int) {
    allocator = Allocator(limit: limit)
  }
}
