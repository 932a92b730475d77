import LashVM

/// Suspending at a host call and resuming with its answer, the machine alone: what the call costs
/// besides the host's own work. Reading the request into host values is a row of its own.
func hostCalls() throws {
  let count = 1_000_000
  let program = try compile(
    """
    total = 0
    for i in range(\(count)) { total += await m.op(i)? }
    finish total
    """)
  let answer = EffectOutcome.call(.success(.integer(2)))

  func drive(readingRequests: Bool) throws {
    var machine = Machine(program, bounds: bounds)
    var halt = machine.run()
    while case .suspended = halt {
      if readingRequests {
        guard case .call = machine.request() else { throw WrongResult("no call is pending") }
      }
      halt = machine.resume(with: answer)
    }
    try check(halt, finishes: "\(2 * count)")
  }

  let alone = try median(of: 7) { try drive(readingRequests: false) }
  let read = try median(of: 7) { try drive(readingRequests: true) }
  report("suspend_resume_ns", alone / Double(count))
  report("suspend_request_resume_ns", read / Double(count))
}
