import LashVM

/// Making a machine bytes and back, suspended at a host call: a small one, and one that holds
/// 100,000 records.
func snapshots() throws {
  let small = try measure(
    """
    state = {name: "run", step: 3, seen: ["a", "b"]}
    answer = await web.search({query: state.name, limit: 5})?
    finish answer
    """, count: 2_000)
  report("snapshot_small_us", small.nanoseconds / 1e3)
  report("snapshot_small_bytes", Double(small.bytes))

  let large = try measure(
    """
    rows = [{id: i, price: i / 4, active: i % 2 == 0} for i in range(100000)]
    answer = await web.search({query: "x"})?
    finish len(rows) == 100000 and rows[-1].id == 99999 ? answer : null
    """, count: 15)
  report("snapshot_records_ms", large.nanoseconds / 1e6)
  report("snapshot_records_bytes", Double(large.bytes))
}

private func measure(
  _ text: String, count: Int
) throws -> (nanoseconds: Double, bytes: Int) {
  let program = try compile(text)
  var machine = Machine(program, bounds: bounds)
  guard case .suspended = machine.run() else { throw WrongResult("snapshots: not suspended") }
  var bytes: [UInt8] = []
  let time = try median(of: count) {
    bytes = try machine.snapshot()
    _ = try Machine(restoring: bytes, program: program)
  }
  var restored = try Machine(restoring: bytes, program: program)
  try check(restored.resume(with: .call(.success(.integer(7)))), finishes: "7")
  return (time, bytes.count)
}
