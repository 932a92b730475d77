import LashLang
import LashToolchain

@testable import LashVM

/// Restores a machine from a snapshot of one of a few programs (the first byte says which). Checksum
/// and identity are put right first, so that changes reach what lies behind them.
enum SnapshotTarget {
  /// Programs whose snapshots hold all kinds of hidden state and values.
  static let programs: [Program] = sources.compactMap { text in
    var setup = RunSetup()
    setup.echoesUnknown = true
    return Compile.program(SourceFile(name: "seed", text: text), surface: setup.surface).program
  }

  private static let sources = [
    """
    fn depth(n: int) -> int { n == 0 ? 0 : 1 + depth(n - 1) }
    total = depth(12)
    for n in range(9007199254740990, 9007199254740994) { total += n }
    for n in range(5) { for item in [n, "a", (n, 1.5)] { print [item for _ in range(n)] } }
    finish total
    """,
    """
    state = {text: "abc", list: [1, 2], deep: {a: {b: [null, true]}}}
    for n in range(40) { state.list = push(state.list, {n: n, t: f"{n}"}) }
    wide = from_entries([(f"k{n}", n) for n in range(60)])
    T = Type { a: str }
    found = await {a: m.ab(state), b: [m.abc(n)? for n in range(3)], c: m.abcd(wide)}
    state.found = found
    wide.more = T
    finish [state, wide, found.a]
    """,
    """
    process p(n: int) { finish n }
    runs = [start p(n: n) for n in range(3)]
    results = await runs
    sleep for 1
    finish (results, m.abc)
    """,
  ]

  static func problem(_ bytes: [UInt8]) -> String? {
    guard let first = bytes.first, !programs.isEmpty else { return nil }
    let program = programs[Int(first) % programs.count]
    var snapshot = Array(bytes.dropFirst())
    let identity = SnapshotFormat.bodyOffset
    guard snapshot.count > identity + SnapshotFormat.identitySize else {
      return (try? Machine(restoring: snapshot, program: program)) == nil ? nil : "it is too short"
    }
    snapshot.replaceSubrange(
      identity..<(identity + SnapshotFormat.identitySize), with: program.identity)
    let checksum = snapshot[identity...].withUnsafeBytes { SnapshotChecksum.of($0) }
    for index in 0..<8 {
      snapshot[SnapshotFormat.checksumOffset + index] = UInt8(
        truncatingIfNeeded: checksum >> (8 * index))
    }
    var bounds = MachineHarness.bounds
    bounds.fuel = 1 << 40
    guard var machine = try? Machine(restoring: snapshot, program: program, bounds: bounds) else {
      return nil
    }
    // Its fuel may be all but used up, or not at all.
    machine.addFuel(MachineHarness.bounds.fuel - machine.vm.pointee.fuel)
    guard let written = try? machine.snapshot(),
      let again = try? Machine(restoring: written, program: program),
      (try? again.snapshot()) == written
    else { return "a restored machine cannot be stored and restored again" }
    let outcome = MachineHarness.run(&machine, portion: 1, total: 1)
    let lost = MachineHarness.lostBytes(machine)
    return lost == 0 ? nil : "\(lost) bytes belong to nobody after \(outcome)"
  }

  /// Snapshots on the way through each program.
  static var seeds: [[UInt8]] {
    var seeds: [[UInt8]] = []
    for (index, program) in programs.enumerated() {
      var machine = Machine(program, bounds: MachineHarness.bounds)
      for step in 0..<2_000 {
        if step % 40 == 0 || machine.request() != nil, let bytes = try? machine.snapshot() {
          seeds.append([UInt8(index)] + bytes)
        }
        if let request = machine.request() {
          guard machine.answer(MachineHarness.answer(request)) == nil else { break }
        } else if let halt = machine.step() {
          guard case .suspended = halt else { break }
        }
      }
    }
    return seeds
  }
}
