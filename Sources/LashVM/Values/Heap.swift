import LashLang

/// Why an operation inside the machine cannot go on.
enum Fault: Error {
  /// A run-time error; its text stands in `HeapState.failure`.
  case trap
  /// The memory bound would be passed.
  case memory
  /// The fuel bound would be passed by far. Only operations that change nothing before they are done
  /// end so, and what they charged is forgotten: they are done anew when there is fuel for them.
  case fuel
  /// The host must be asked for parts of lazy values, noted in `HeapState.reads`; then the instruction
  /// is executed again.
  case waiting
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

  static func make(limit: Int, trial: HeapTrial = .none) -> Heap {
    let state = UnsafeMutablePointer<HeapState>.allocate(capacity: 1)
    state.initialize(to: HeapState(limit: limit, trial: trial))
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

  /// Charges fuel for work that elements and bytes do not measure (rule BND-4).
  @inline(__always) func charge(units: Int) { state.pointee.charged &+= units }

  /// Charges for work whose result stays, so that it is not done anew after `Fault.fuel`.
  func chargeKept(_ units: Int) {
    state.pointee.charged &+= units
    state.pointee.kept &+= units
  }

  /// Ends an operation that has charged much more than there is fuel for. To be called where work may
  /// grow faster than memory does, as when one long text is compared with many.
  @inline(__always) func checkFuel() throws(Fault) {
    if _slowPath(state.pointee.charged > state.pointee.allowance) { throw .fuel }
  }

  /// Whether whatever grows must move.
  @inline(__always) var moves: Bool { state.pointee.allocator.trial == .moving }

  /// The capacity to grow to for `needed` elements, of which there are `count` now.
  func grownCapacity(_ count: Int, for needed: Int) -> Int {
    // Long ones get a little room, lest tests take time without end.
    moves ? needed + needed >> 6 : max(needed, count * 2)
  }

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
      freeBlock(object)
    }
  }

  /// Gives back a block whose children are released.
  @inline(__always)
  private func freeBlock(_ object: Object) {
    if _slowPath(object.pointee.kind.rawValue >= ObjectKind.lazyJSON.rawValue) { forget(object) }
    state.pointee.allocator.free(object)
  }

  /// Frees a dead block whose children before `position` are released and whose last one died.
  /// Iterative, with an explicit stack as deep as the values nest, so no value can overflow the
  /// thread's stack.
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
      freeBlock(object)
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
    if object.pointee.kind == .cursor { return ListCursor(object).ownedValues }
    return object.items
  }
}

/// What a `Heap` points to.
struct HeapState {
  var allocator: Allocator
  var shapes = ShapeTable()
  /// Fuel charged by bulk work and not yet taken from the machine's fuel.
  var charged = 0
  /// How much of it the operation at hand charged for what stays even if it ends with `Fault.fuel`.
  var kept = 0
  /// What the operation at hand may charge: the fuel left and `overdraft` more.
  var allowance = Int.max
  /// The run-time error behind `Fault.trap`.
  var failure: Failure?
  /// Lazy values that live.
  var lazies = 0
  /// The JSON texts that they read from.
  var documents = LazyDocuments()
  /// What the host was asked to read and, once it has answered, the answers: null or a list. Owned.
  var reads = Value.null
  /// The stack of `Heap.free`.
  var freeing: [(Object, Int)] = []

  /// How far one operation may pass the fuel bound (rule BND-5).
  static let overdraft = 65_536

  init(limit: Int, trial: HeapTrial) {
    allocator = Allocator(limit: limit, trial: trial)
  }
}
