import LashLang

// Result wrappers and postfix `?` (rules VAL-17, EFF-3).

extension Heap {
  /// A wrapper around `part` (the value or the error text), which it takes over, also when it throws.
  func makeResult(
    _ part: Value, success: Bool, isCall: Bool
  ) throws(Fault) -> Value {
    do throws(Fault) {
      let result = try makeBlock(.result, count: 1)
      result.values[0] = part
      if success { result.pointee.flags.insert(.success) }
      if isCall { result.pointee.flags.insert(.moduleCall) }
      return Value(result)
    } catch {
      release(part)
      throw error
    }
  }

  /// Replaces the wrapper in `slot` by the record that it reads as, so that it can be written to.
  func makePlain(_ slot: UnsafeMutablePointer<Value>) throws(Fault) {
    let wrapper = slot.pointee.object
    let isSuccess = wrapper.pointee.flags.contains(.success)
    var record = Value(try makeRecord())
    do throws(Fault) {
      try setField(&record, "ok", Value(bool: isSuccess))
      try setField(&record, isSuccess ? "value" : "error", copy(wrapper.values[0]))
    } catch {
      release(record)
      throw error
    }
    slot.pointee = record
    release(wrapper)
  }

  /// The value inside a wrapper, owned by the caller; a failure and any other kind trap.
  func unwrapped(_ value: Value, isCall: Bool) throws(Fault) -> Value {
    let value = try settled(value)
    guard value.isKind(.result) else {
      throw trap(
        .typeError, "`?` expected a tool result wrapper, got \(typeName(value))",
        hint: value.isRecord
          ? "only results of module calls and awaited processes can be unwrapped" : nil)
    }
    let wrapper = value.object
    if wrapper.pointee.flags.contains(.success) { return copy(wrapper.values[0]) }
    let error =
      wrapper.values[0].isString
      ? String(decoding: wrapper.values[0].object.text, as: UTF8.self) : "unknown error"
    throw trap(
      .unwrappedFailure,
      "`?` unwrapped failed \(isCall ? "module operation" : "tool result"): \(error)",
      hint: "leave out `?` and look at `.ok` and `.error` to handle the failure")
  }
}

extension VM {
  /// `destination := value?`
  @inline(never)
  func unwrap(
    _ destination: UnsafeMutablePointer<Value>, _ value: Value, isCall: Bool
  ) -> Bool {
    attempt { () throws(Fault) in
      replace(self, destination, try pointee.heap.unwrapped(value, isCall: isCall))
    }
  }

  /// `destination :=` the aggregate of wrappers in `source` with each unwrapped, same shape (E2).
  @inline(never)
  func unwrapEach(
    _ destination: UnsafeMutablePointer<Value>, _ source: UnsafeMutablePointer<Value>
  ) -> Bool {
    attempt { () throws(Fault) in
      let heap = pointee.heap
      if source.pointee.isKind(.result) || !source.pointee.isHeap {
        replace(self, destination, try heap.unwrapped(source.pointee, isCall: false))
        return
      }
      if destination != source { replace(self, destination, heap.copy(source.pointee)) }
      try heap.replaceLeaves(destination, isLeaf: { $0.isKind(.result) }) { leaf throws(Fault) in
        try heap.unwrapped(leaf, isCall: leaf.object.pointee.flags.contains(.moduleCall))
      }
    }
  }
}
