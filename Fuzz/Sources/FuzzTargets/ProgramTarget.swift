@testable import LashVM

/// Reads a compiled program; one that passes the verifier is run, and must do the same again with its
/// fuel in portions, and leave no memory that nobody owns.
enum ProgramTarget {
  static func problem(_ bytes: [UInt8]) -> String? {
    guard let program = try? Program(decoding: bytes) else { return nil }
    guard let again = try? Program(decoding: program.encoded()), again.identity == program.identity
    else { return "written again, it is refused or another program" }
    if let problem = problem(program, entry: nil) { return problem }
    for index in program.processes.indices.prefix(2) {
      if let problem = problem(program, entry: index) { return "process \(index): \(problem)" }
    }
    return nil
  }

  private static func machine(_ program: Program, _ entry: Int?, fuel: Int) -> Machine {
    var bounds = MachineHarness.bounds
    bounds.fuel = fuel
    guard let entry else {
      return Machine(program, bounds: bounds, globals: [HostField("x", .list([.integer(3)]))])
    }
    let arguments = program.processes[entry].parameters.map { HostField($0, .string("given")) }
    return Machine(program, process: entry, arguments: arguments, bounds: bounds)
  }

  private static func problem(_ program: Program, entry: Int?) -> String? {
    let total = MachineHarness.bounds.fuel
    var first = machine(program, entry, fuel: total)
    let outcome = MachineHarness.run(&first, portion: total, total: total)
    let lost = MachineHarness.lostBytes(first)
    guard lost == 0 else { return "\(lost) bytes belong to nobody after \(outcome)" }
    var second = machine(program, entry, fuel: 501)
    let repeated = MachineHarness.run(&second, portion: 501, total: total)
    return repeated == outcome || outcome.halt == "outOfFuel"
      ? nil : "with fuel in portions it is \(repeated), at once \(outcome)"
  }
}
