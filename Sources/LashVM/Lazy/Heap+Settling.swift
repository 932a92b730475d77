import LashJSON

// Making lazy values plain, for operations that need the values themselves. A plain value takes the place
// of the lazy one wherever that is met: they mean the same, and values have no identity, so nobody can tell.

extension Heap {
  /// The value itself if it is plain, else its plain value: what that contains may be lazy. Not retained;
  /// it lives as long as `value`.
  @inline(__always)
  func settled(_ value: Value) throws(Fault) -> Value {
    isLazy(value) ? try settledLazy(value) : value
  }

  @inline(never)
  private func settledLazy(_ value: Value) throws(Fault) -> Value {
    var value = value
    while isLazy(value) {
      let lazy = value.object
      if lazy.values[LazyPart.plain].isNull {
        guard lazy.pointee.kind == .lazyJSON else {
          try ask(lazy, .whole)
          throw .waiting
        }
        lazy.values[LazyPart.plain] = try decodeLevel(lazy)
      }
      value = lazy.values[LazyPart.plain]
    }
    return value
  }

  /// Makes the value of a slot plain.
  func settle(_ slot: UnsafeMutablePointer<Value>) throws(Fault) {
    guard isLazy(slot.pointee) else { return }
    let plain = copy(try settled(slot.pointee))
    let lazy = slot.pointee
    slot.pointee = plain
    release(lazy)
  }

  /// The value itself or its plain value, with nothing lazy within. Not retained.
  func settledWholly(_ value: Value) throws(Fault) -> Value {
    guard holdsLazies else { return value }
    try settleWholly([value])
    return try settled(value)
  }

  /// Makes the values of `count` slots plain, with nothing lazy within.
  func settleWholly(_ slots: UnsafeMutablePointer<Value>, _ count: Int) throws(Fault) {
    guard holdsLazies else { return }
    try settleWholly((0..<count).map { slots[$0] })
    for position in 0..<count { try settle(slots + position) }
  }

  /// Makes all plain that values contain, and notes the plain value of those that are lazy themselves. Asks
  /// the host for all references among them at once.
  func settleWholly(_ roots: [Value]) throws(Fault) {
    var settling = Settling(heap: self)
    try settling.run(roots)
    guard !settling.isWaiting else { throw .waiting }
    charge(elements: settling.steps)
  }
}

/// A walk over values that replaces what is lazy in them, with a work list as deep as they nest.
private struct Settling {
  let heap: Heap
  var isWaiting = false
  var steps = 0
  private var frames: [(slots: UnsafeMutableBufferPointer<Value>, next: Int)] = []
  /// Blocks with several owners that were met.
  private var seen: Set<Object> = []

  init(heap: Heap) { self.heap = heap }

  mutating func run(_ roots: [Value]) throws(Fault) {
    for root in roots {
      if let plain = try plain(root) { enter(plain) }
      while let frame = frames.last {
        guard frame.next < frame.slots.count else {
          frames.removeLast()
          continue
        }
        frames[frames.count - 1].next += 1
        steps += 1
        let value = frame.slots[frame.next]
        guard let plain = try plain(value) else { continue }
        if plain.bits != value.bits {
          frame.slots[frame.next] = heap.copy(plain)
          heap.release(value)
        }
        enter(plain)
      }
    }
  }

  /// The plain value, nil if the host must be asked for it. Not retained.
  private mutating func plain(_ value: Value) throws(Fault) -> Value? {
    var value = value
    while heap.isLazy(value) {
      let lazy = value.object
      if lazy.values[Heap.LazyPart.plain].isNull {
        guard lazy.pointee.kind == .lazyJSON else {
          isWaiting = true
          if seen.insert(lazy).inserted { try heap.ask(lazy, .whole) }
          return nil
        }
        lazy.values[Heap.LazyPart.plain] = try heap.decodeWholly(lazy)
      }
      value = lazy.values[Heap.LazyPart.plain]
    }
    return value
  }

  private mutating func enter(_ value: Value) {
    guard value.isHeap, !value.isString else { return }
    let object = value.object
    guard object.pointee.kind != .integer else { return }
    if object.pointee.references > 1, !seen.insert(object).inserted { return }
    frames.append((UnsafeMutableBufferPointer(mutating: heap.ownedValues(object)), 0))
  }
}
