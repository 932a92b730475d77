import LashLang

@testable import LashVM

/// Runs a machine of unknown mind against a host that answers everything, and looks at what is left.
enum MachineHarness {
  static let bounds = Bounds(fuel: 20_000, memory: 1 << 20, depth: 60)
  /// Requests answered before a run is given up.
  private static let patience = 64

  /// What a run came to.
  struct Outcome: Equatable {
    var halt: String
    var fuel: Int
    var peak: Int
    var requests: Int
  }

  /// Runs to the end, the fuel given in portions.
  static func run(_ machine: inout Machine, portion: Int, total: Int) -> Outcome {
    var requests = 0
    var granted = portion
    var halt = machine.run()
    while true {
      switch halt {
      case .suspended:
        guard requests < patience, let request = machine.request() else {
          return outcome(machine, "given up", requests)
        }
        requests += 1
        halt = machine.resume(with: answer(request))
      case .outOfFuel where granted < total:
        let more = min(portion, total - granted)
        granted += more
        machine.addFuel(more)
        halt = machine.run()
      default: return outcome(machine, text(halt), requests)
      }
    }
  }

  private static func outcome(
    _ machine: borrowing Machine, _ halt: String, _ requests: Int
  ) -> Outcome {
    Outcome(
      halt: halt, fuel: machine.fuelUsed, peak: machine.memoryPeak, requests: requests)
  }

  private static func text(_ halt: Halt) -> String {
    switch halt {
    case .trapped(let trap): "trapped \(trap.code.rawValue) \(trap.message)"
    default: String("\(halt)".prefix(400))
    }
  }

  /// Answers that fit: calls give their first argument back, or fail; runs end with their name.
  static func answer(_ request: EffectRequest) -> EffectOutcome {
    func result(_ call: ModuleCall) -> CallResult {
      call.operation.utf8.count % 3 == 2
        ? .failure(call.operation) : .success(call.arguments.first ?? .list([.integer(1)]))
    }
    switch request {
    case .call(let call): return .call(result(call))
    case .batch(let calls): return .calls(calls.map(result))
    case .awaitRuns(let runs): return .calls(runs.map { .success(.string($0.process)) })
    case .start(let process, _): return .value(.run(RunHandle(id: "run", process: process)))
    case .waitSignal(let name): return .value(.record([HostField("name", .string(name))]))
    default: return .done
    }
  }

  /// Gives up all that the machine's registers, constants and keys own; what is in use then belongs to
  /// nobody. The machine cannot be run afterwards.
  static func lostBytes(_ machine: borrowing Machine) -> Int {
    let state = machine.vm
    let heap = state.pointee.heap
    let registers = slot(state.pointee.stack, 0)
    for index in 0..<((state.pointee.stackEnd - state.pointee.stack) / 8) {
      replace(state, registers + index, .unset)
    }
    replace(state, &state.pointee.result, .null)
    for index in state.pointee.program.constants.indices {
      replace(state, state.pointee.constants + index, .null)
    }
    for key in heap.state.pointee.shapes.keys { heap.release(key) }
    return machine.memoryUsed
  }
}
