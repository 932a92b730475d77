import LashLang

extension MachineState {
  /// The most calls that a backtrace shows.
  static let backtraceLimit = 20
}

extension VM {
  /// The trap of the noted failure at the present place.
  func trap() -> Trap {
    let failure =
      pointee.heap.state.pointee.failure
      ?? Failure(code: .typeError, message: "invalid instruction", hint: nil)
    var backtrace: [Trap.Frame] = []
    var frame = pointee.frame
    while frame > pointee.frames, backtrace.count < MachineState.backtraceLimit {
      frame -= 1
      let call = frame.pointee.pc - 1
      backtrace.append(
        Trap.Frame(name: pointee.program.bodies[body(at: call)].name, span: span(at: call)))
    }
    return Trap(
      code: failure.code, message: failure.message, hint: failure.hint,
      span: span(at: pointee.pc), backtrace: backtrace)
  }

  /// The place to blame for an instruction.
  func span(at pc: Code) -> SourceSpan {
    let body = body(at: pc)
    let offset = pc - pointee.bodies[body].code
    let spans = pointee.program.bodies[body].spans
    return spans.indices.contains(offset) ? spans[offset] : .none
  }

  /// The body that holds an instruction. O(log bodies).
  func body(at pc: Code) -> Int {
    var low = 0
    var high = pointee.program.bodies.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if pointee.bodies[middle].code <= pc { low = middle } else { high = middle }
    }
    return low
  }
}
