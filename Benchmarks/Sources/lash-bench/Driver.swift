import LashVM

/// The asynchronous driver: sequential calls, and one batch of a thousand, to a host that answers at
/// once.
func driver() async throws {
  let calls = 100_000
  let sequential = try compile(
    """
    total = 0
    for i in range(\(calls)) { total += await m.op(i)? }
    finish total
    """)
  let one = try await medianWall(of: 7) {
    var machine = Machine(sequential, bounds: bounds)
    try check(await machine.drive(Echo()), finishes: "\(calls * (calls - 1) / 2)")
  }
  report("driver_call_us", one / Double(calls) / 1e3)

  let batch = try compile("finish sum(await [m.op(i)? for i in range(1000)])")
  let fanOut = try await medianWall(of: 50) {
    var machine = Machine(batch, bounds: bounds)
    try check(await machine.drive(Echo()), finishes: "499500")
  }
  report("driver_fan_out_ms", fanOut / 1e6)
}

/// Answers every operation with its argument.
private struct Echo: EffectHandler {
  func call(_ call: ModuleCall) async throws -> HostValue { call.arguments[0] }
}
