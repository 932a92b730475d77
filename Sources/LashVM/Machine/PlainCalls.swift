// The frequent host call: a method of a module, called with numbers and texts, that gives a number. Such
// a call is let out and answered without the walks and faults of the general case, to the same effect.

extension VM {
  private var window: UnsafeMutableBufferPointer<Value> {
    let word = pointee.pc.pointee
    return UnsafeMutableBufferPointer(start: slot(pointee.base, word.a), count: word.b + 1)
  }

  /// Whether the suspended instruction is an operation on plain values, which are charged for as
  /// `canLeave` would. False says nothing, and nothing is charged.
  @inline(__always)
  func isPlainCall() -> Bool {
    let state = pointee.heap.state
    guard isOperation, !state.pointee.reads.isList else { return false }
    var charge = 0
    for value in window where value.isHeap {
      let object = value.object
      switch object.pointee.kind {
      case .string: charge &+= Int(object.pointee.count) >> 6
      case .module:
        let parts = object.values
        charge &+= Int(parts[0].object.pointee.count &+ parts[1].object.pointee.count) >> 6
      default: return false
      }
    }
    state.pointee.charged &+= charge
    return true
  }

  /// Puts a number, `null`, `true` or `false` in place of an operation's window; false if the outcome is
  /// another, and nothing was done.
  @inline(__always)
  func storePlain(_ outcome: EffectOutcome) -> Bool {
    guard isOperation, case .call(.success(let host)) = outcome else { return false }
    let value: Value
    switch host {
    case .integer(let integer) where integer.magnitude < 1 << 53:
      value = Value(double: Double(integer))
    case .double(let double) where double.magnitude < Heap.exactLimit: value = Value(double: double)
    case .bool(let bool): value = Value(bool: bool)
    case .null: value = .null
    default: return false
    }
    let window = window
    for position in window.indices {
      let old = window[position]
      window[position] = .unset
      if old.isHeap { pointee.heap.release(old) }
    }
    window[0] = value
    return true
  }

  @inline(__always)
  private var isOperation: Bool {
    UInt8(truncatingIfNeeded: pointee.pc.pointee) == Opcode.operation.rawValue
  }
}
