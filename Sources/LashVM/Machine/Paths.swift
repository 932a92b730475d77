import LashLang

// The workers behind assignment paths (rules ASG-1 …). A path is walked slot by slot: at each level the
// container is made unique in the slot that owns it, then the walk descends by pointer. Reference counts
// are not touched on the way, and an error half-way leaves a valid value.

/// One decoded step.
private struct Step {
  /// The word after the step.
  var next: Code
  /// The key and its cache word, or where the index is: that may be the root, which changes on the way.
  var key: KeyID = 0
  var cache: Code?
  private var register: UnsafeMutablePointer<Value>?

  var index: Value { register?.pointee ?? .unset }

  init(at pc: Code, base: RawPointer) {
    let word = pc.pointee
    let operand = UInt32(truncatingIfNeeded: word >> 16)
    if word & 0xFFFF == PathStepKind.field {
      key = operand
      cache = pc + 1
      next = pc + 2
    } else {
      register = slot(base, Int(operand))
      next = pc + 1
    }
  }
}

extension VM {
  /// `path := value`, copied; the word after the steps, or nil after a fault.
  @inline(never)
  func setPath(
    _ root: UnsafeMutablePointer<Value>, _ value: Value, _ steps: Code, _ count: Int,
    _ base: RawPointer
  ) -> Code? {
    var pc = steps
    let done = attempt { () throws(Fault) in
      let heap = pointee.heap
      let owned = heap.copy(value)
      do throws(Fault) {
        let container = try walk(root, &pc, count - 1, base)
        let last = Step(at: pc, base: base)
        pc = last.next
        if let target = try target(last, in: container) {
          replace(self, target, owned)
        } else {
          try insert(owned, at: last, into: container)
        }
      } catch {
        heap.release(owned)
        throw error
      }
    }
    return done ? pc : nil
  }

  /// `path := path op operand`; the word after the steps, or nil after a fault.
  @inline(never)
  func updatePath(
    _ root: UnsafeMutablePointer<Value>, _ operand: UnsafeMutablePointer<Value>, _ steps: Code,
    _ countAndOperator: Int, _ base: RawPointer
  ) -> Code? {
    var pc = steps
    var succeeded = true
    // With an owner of its own the operand stays as it is even if the path leads into it, as in
    // `a[0] += a`: the walk copies what has two owners, so no value comes to contain itself.
    var operand = pointee.heap.copy(operand.pointee)
    let done = attempt { () throws(Fault) in
      let container = try walk(root, &pc, countAndOperator & 0xFF - 1, base)
      let last = Step(at: pc, base: base)
      pc = last.next
      if let target = try target(last, in: container) {
        succeeded = update(target, &operand, countAndOperator >> 8)
        return
      }
      var value = Value.null
      succeeded = update(&value, &operand, countAndOperator >> 8)
      guard succeeded else { return }
      do throws(Fault) { try insert(value, at: last, into: container) } catch {
        pointee.heap.release(value)
        throw error
      }
    }
    pointee.heap.release(operand)
    return done && succeeded ? pc : nil
  }

  private func update(
    _ target: UnsafeMutablePointer<Value>, _ operand: UnsafeMutablePointer<Value>, _ code: Int
  ) -> Bool {
    if code == 4 { return push(target, operand.pointee) }
    let sum = target.pointee.double + operand.pointee.double
    if code == 0, sum.magnitude < Heap.exactLimit {
      target.pointee = Value(double: sum)
      return true
    }
    return arithmetic(UInt8(code), target, target, operand)
  }

  /// Descends `count` steps from the slot `root`, making each container unique; the slot reached.
  private func walk(
    _ root: UnsafeMutablePointer<Value>, _ pc: inout Code, _ count: Int, _ base: RawPointer
  ) throws(Fault) -> UnsafeMutablePointer<Value> {
    var slot = root
    for _ in 0..<count {
      let step = Step(at: pc, base: base)
      pc = step.next
      guard let inner = try target(step, in: slot, isLast: false) else {
        let heap = pointee.heap
        throw heap.trap(
          .valueError,
          "can't assign through missing \(step.cache == nil ? "key" : "field") `"
            + "\(step.cache == nil ? "" : ".")\(name(of: step))`",
          hint: "assign a record there first")
      }
      slot = inner
    }
    return slot
  }

  /// The slot that a step names in the container owned by `slot`, which becomes unique; nil if a record
  /// lacks the key.
  @inline(__always)
  private func target(
    _ step: Step, in slot: UnsafeMutablePointer<Value>, isLast: Bool = true
  ) throws(Fault) -> UnsafeMutablePointer<Value>? {
    let heap = pointee.heap
    try heap.settle(slot)
    if slot.pointee.isKind(.result) { try heap.makePlain(slot) }
    if slot.pointee.isRecord {
      let record = try heap.unique(slot)
      if let cache = step.cache {
        if UInt32(truncatingIfNeeded: cache.pointee >> 32) == record.pointee.extra {
          return record.values + Int(UInt32(truncatingIfNeeded: cache.pointee))
        }
        guard let field = heap.fieldSlot(record, key: step.key) else { return nil }
        if !heap.isDictionary(record) {
          cache.pointee =
            UInt64(record.pointee.extra) << 32 | UInt64(field - record.values)
        }
        return field
      }
      let key = try heap.coerceText(try heap.settled(step.index))
      defer { heap.release(key) }
      return heap.fieldSlot(record, key.object.text)
    }
    if slot.pointee.isList, step.cache == nil {
      let list = try heap.unique(slot)
      return list.values + (try position(step.index, count: Int(list.pointee.count)))
    }
    throw refuse(step, on: slot.pointee, isLast: isLast)
  }

  /// Adds the field of a step that the unique record in `slot` lacks; takes `value` unless it throws.
  private func insert(
    _ value: Value, at step: Step, into slot: UnsafeMutablePointer<Value>
  ) throws(Fault) {
    let heap = pointee.heap
    if step.cache != nil {
      if !heap.isDictionary(slot.pointee.object),
        try heap.addSlot(slot, step.key, value)
      {
        return
      }
      try heap.addField(slot, heap.state.pointee.shapes.keys[Int(step.key)], value)
      return
    }
    let key = try heap.coerceText(try heap.settled(step.index))
    defer { heap.release(key) }
    try heap.addField(slot, key, value)
  }

  private func position(_ index: Value, count: Int) throws(Fault) -> Int {
    let heap = pointee.heap
    guard case .integer(let integer)? = Number(index) else {
      throw heap.trap(
        .typeError, "list assignment index must be an integer, got \(heap.typeName(index))")
    }
    let position = integer < 0 ? Int(integer) + count : Int(integer)
    guard position >= 0 && position < count else {
      throw heap.trap(
        .valueError,
        "list assignment index out of bounds: \(integer) in a list of \(count)",
        hint: "use `push` to append")
    }
    return position
  }

  private func name(of step: Step) -> String {
    let heap = pointee.heap
    if step.cache != nil {
      let key = heap.state.pointee.shapes.keys[Int(step.key)]
      return String(decoding: key.object.text, as: UTF8.self)
    }
    guard let index = try? heap.settled(step.index), let text = try? heap.coerceText(index) else {
      return ""
    }
    defer { heap.release(text) }
    return String(decoding: text.object.text, as: UTF8.self)
  }

  private func refuse(_ step: Step, on value: Value, isLast: Bool) -> Fault {
    let heap = pointee.heap
    if value.isKind(.tuple), step.cache == nil {
      return heap.trap(
        .typeError, "can't assign\(isLast ? "" : " through") tuple indexes; tuples are immutable",
        hint: "build a new tuple, or use a list")
    }
    if value.isKind(.image) {
      return heap.trap(
        .typeError, "can't assign\(isLast ? "" : " through") image fields; images are immutable")
    }
    let what = step.cache == nil ? "index" : "`.\(name(of: step))`"
    return heap.trap(
      .typeError,
      "can't assign \(isLast ? "" : "through ")\(what) on \(heap.typeName(value))")
  }
}
