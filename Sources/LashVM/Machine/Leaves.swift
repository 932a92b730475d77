import LashLang

// Walking an aggregate down to its leaves: lists, tuples and records are shape, all else is a leaf.
// Used by `await` and `?` on aggregates. Iterative; containers that have other owners are copied first.

extension Heap {
  /// Replaces each leaf of the value in `root` for which `isLeaf` holds, in order, by what `replacement`
  /// gives (owned). Containers that have other owners are copied first, or, with `skipsShared`, left
  /// alone. After a fault the value is valid, with some leaves replaced. Charges for what it visits.
  func replaceLeaves(
    _ root: UnsafeMutablePointer<Value>, skipsShared: Bool = false, isLeaf: (Value) -> Bool,
    with replacement: (Value) throws(Fault) -> Value
  ) throws(Fault) {
    var stack: [(slots: UnsafeMutableBufferPointer<Value>, next: Int)] = []
    stack.append((UnsafeMutableBufferPointer(start: root, count: 1), 0))
    var visited = 0
    defer { charge(elements: visited) }
    while let top = stack.last {
      guard top.next < top.slots.count, let start = top.slots.baseAddress else {
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].next += 1
      try count(&visited)
      let slot = start + top.next
      if isLeaf(slot.pointee) {
        let new = try replacement(slot.pointee)
        let old = slot.pointee
        slot.pointee = new
        release(old)
      } else if !skipsShared || slot.pointee.isHeap && slot.pointee.object.pointee.references == 1,
        let slots = try children(of: slot)
      {
        stack.append((slots, 0))
      }
    }
  }

  /// Calls `visit` for each leaf of a value, in order; gives the number of parts visited.
  @discardableResult
  func forEachLeaf(
    of root: Value, _ visit: (Value) throws(Fault) -> Void
  ) throws(Fault) -> Int {
    var stack: [(object: Object, next: Int)] = []
    var current = root
    var visited = 0
    while true {
      try count(&visited)
      if isContainer(current) { stack.append((current.object, 0)) } else { try visit(current) }
      while let top = stack.last, top.next == Int(top.object.pointee.count) { stack.removeLast() }
      guard let top = stack.last else { return visited }
      stack[stack.count - 1].next += 1
      current =
        top.object.pointee.kind == .record
        ? fieldValue(top.object, at: top.next) : top.object.values[top.next]
    }
  }

  /// Shared parts count as often as they appear, so a small value can unfold without end.
  private func count(_ visited: inout Int) throws(Fault) {
    visited += 1
    guard visited <= HostValue.maximumParts else {
      throw trap(
        .valueError, "a value is too large to be awaited (limit \(HostValue.maximumParts) parts)")
    }
  }

  private func isContainer(_ value: Value) -> Bool {
    value.isList || value.isRecord || value.isKind(.tuple)
  }

  /// The slots of a container, which becomes unique.
  private func children(
    of slot: UnsafeMutablePointer<Value>
  ) throws(Fault) -> UnsafeMutableBufferPointer<Value>? {
    guard isContainer(slot.pointee) else { return nil }
    if slot.pointee.object.pointee.references != 1 {
      if slot.pointee.isKind(.tuple) {
        let tuple = slot.pointee.object
        let fresh = try makeTuple(tuple.items)
        for item in tuple.items { retain(item) }
        release(tuple)
        slot.pointee = Value(fresh)
      } else {
        _ = try copyForWriting(slot)
      }
    }
    let object = slot.pointee.object
    if object.pointee.kind == .record, isDictionary(object) {
      return HashedFields(object).slots
    }
    return UnsafeMutableBufferPointer(start: object.values, count: Int(object.pointee.count))
  }
}
