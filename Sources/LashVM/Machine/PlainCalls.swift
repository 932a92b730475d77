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
    var total = 0
    for value in window where value.isHeap {
      let object = value.object
      let bytes: Int
      switch object.pointee.kind {
      case .string: bytes = Int(object.pointee.count)
      case .module:
        let parts = object.values
        bytes = Int(parts[0].object.pointee.count &+ parts[1].object.pointee.count)
      default: return false
      }
      charge &+= bytes >> 6
      total &+= bytes
    }
    guard total <= pointee.heap.greatestLeaving else { return false }
    state.pointee.charged &+= charge
    return true
  }

  /// Answers the suspended operation with a number, `null`, `true` or `false` where the next instruction
  /// would take the value out of its wrapper at once, and steps behind both, as `answer` would. False if
  /// anything is otherwise, and nothing was done.
  @inline(__always)
  func answerPlain(_ outcome: EffectOutcome) -> Bool {
    guard isOperation, isUnwrappedAtOnce, !pointee.heap.state.pointee.reads.isList,
      let value = Value(plain: outcome)
    else { return false }
    let window = window
    for position in window.indices {
      let old = window[position]
      window[position] = .unset
      if old.isHeap { pointee.heap.release(old) }
    }
    window[0] = value
    pointee.occurrences[site(at: pointee.pc)] &+= 1
    pointee.pc += 2
    pointee.status = .running
    return true
  }

  /// Whether the instruction behind the operation unwraps its result into the same register.
  @inline(__always)
  var isUnwrappedAtOnce: Bool {
    let operation = pointee.pc.pointee
    let next = (pointee.pc + 1).pointee
    return UInt8(truncatingIfNeeded: next) == Opcode.unwrap.rawValue && next.a == operation.a
      && next.b == operation.a
  }

  @inline(__always)
  var isOperation: Bool {
    UInt8(truncatingIfNeeded: pointee.pc.pointee) == Opcode.operation.rawValue
  }
}

extension Value {
  /// The success of a call that gave a number, `null`, `true` or `false`. The patterns bind no payload
  /// that would have to be retained.
  @inline(__always)
  fileprivate init?(plain outcome: EffectOutcome) {
    switch outcome {
    case .call(.success(.integer(let integer))) where integer.magnitude < 1 << 53:
      self = Value(double: Double(integer))
    case .call(.success(.double(let double))) where double.magnitude < Heap.exactLimit:
      self = Value(double: double)
    case .call(.success(.bool(let bool))): self = Value(bool: bool)
    case .call(.success(.null)): self = .null
    default: return nil
    }
  }
}
