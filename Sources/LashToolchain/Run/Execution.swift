import LashJSON
import LashLang
import LashVM

/// The course of one run: machines driven against a mock host, and a record of what they did.
///
/// A process runs to its end where it is started, so that a run has one order of events. It has a
/// machine of its own and draws on the fuel that the run has left.
struct Execution {
  /// How deep processes may start processes.
  static let maximumNesting = 50
  /// How many processes one run may start.
  static let maximumStarts = 100_000

  let program: Program
  let bounds: Bounds
  private let setup: RunSetup
  var host: MockHost
  private let bindings: [HostField]
  private let onPrint: (HostValue) -> Void
  private let onHalt: @Sendable (borrowing Machine) -> Void

  private(set) var prints: [JSONValue] = []
  private(set) var calls: [RunReport.Call] = []
  private(set) var events: [RunReport.Event] = []
  private(set) var effects = 0
  /// Fuel of machines that ended.
  private(set) var fuelSpent = 0
  private(set) var memoryPeak = 0
  /// What started processes came to; the run `run-1` is the first.
  private var results: [CallResult] = []
  private var nesting = 0
  /// Fuel of the machines that wait for a process to end.
  private var fuelWaiting = 0

  /// How a machine ended.
  struct Ending {
    var halt: Halt
    var position: SourceSpan
    var bounds: Bounds
  }

  /// What `start` gives.
  enum Started {
    /// There is no such entry.
    case refused(Diagnostic)
    /// It ran.
    case ended(Ending)
  }

  init(_ program: Program, _ setup: RunSetup, onPrint: @escaping (HostValue) -> Void) {
    self.program = program
    self.bounds = setup.bounds
    self.setup = setup
    self.bindings = setup.bindings
    self.onPrint = onPrint
    onHalt = setup.onHalt
    host = MockHost(setup.mock, echoesUnknown: setup.echoesUnknown)
  }

  /// Runs an entry to its end.
  mutating func start(_ entry: RunSetup.Entry) -> Started {
    switch entry {
    case .main:
      let course = MachineCourse(setup, program, bounds)
      var machine = Machine(program, bounds: course.firstBounds, globals: bindings)
      return .ended(drive(&machine, course))
    case .process(let name, let arguments):
      guard let index = program.processes.firstIndex(where: { $0.name == name }) else {
        let names = program.processes.map { "`\($0.name)`" }.joined(separator: ", ")
        return .refused(
          Diagnostic(
            .unknownProcess, "unknown process `\(name)`", at: nil,
            hint: names.isEmpty ? "the module declares no process" : "processes here: \(names)"))
      }
      let parameters = program.processes[index].parameters
      if let missing = parameters.first(where: { name in
        !arguments.contains { $0.key == name }
      }) {
        return .refused(
          Diagnostic(
            .processArguments, "process `\(name)` is missing argument `\(missing)`", at: nil))
      }
      if let extra = arguments.first(where: { !parameters.contains($0.key) }) {
        return .refused(
          Diagnostic(
            .processArguments, "process `\(name)` does not accept argument `\(extra.key)`",
            at: nil))
      }
      let course = MachineCourse(setup, program, bounds)
      var machine = Machine(
        program, process: index, arguments: arguments, bounds: course.firstBounds)
      return .ended(drive(&machine, course))
    }
  }

  private mutating func drive(_ machine: inout Machine, _ course: MachineCourse) -> Ending {
    var course = course
    var halt = course.run(&machine)
    while case .suspended = halt {
      guard let request = machine.request() else {
        preconditionFailure("a suspended machine has no request")
      }
      onHalt(machine)
      effects += 1
      fuelWaiting += machine.fuelUsed
      let outcome = answer(request)
      fuelWaiting -= machine.fuelUsed
      halt = course.resume(&machine, with: outcome)
    }
    onHalt(machine)
    fuelSpent += machine.fuelUsed
    memoryPeak = max(memoryPeak, machine.memoryPeak)
    return Ending(halt: halt, position: machine.position, bounds: course.bounds)
  }

  // MARK: Effects

  private mutating func answer(_ request: EffectRequest) -> EffectOutcome {
    do throws(JSONError) {
      switch request {
      case .call(let call): return .call(try send([call])[0])
      case .batch(let calls): return .calls(try send(calls))
      case .awaitRuns(let handles): return .calls(handles.map(result(of:)))
      case .start(let process, let arguments): return startProcess(process, arguments)
      case .cancel(let run): return Self.needRun(run, "cancel")
      case .signal(let run, _, _): return Self.needRun(run, "signal_run")
      case .print(let value):
        prints.append(try JSONValue(value))
        onPrint(value)
        return .done
      case .yield(let value): return try record("Yield", value)
      case .wake(let value): return try record("Wake", value)
      case .sleepFor(let value), .sleepUntil(let value): return try sleep(request, value)
      case .waitSignal(let name):
        guard let payload = host.takeSignal(name) else {
          return .refused("wait_signal failed: the mock has no further signal `\(name)`")
        }
        return .value(payload)
      case .lazyRead: return .refused("lazy read failed: the mock host keeps no values")
      }
    } catch {
      return .refused("\(request.name) failed: \(error.reason)")
    }
  }

  /// Sends calls. Each is recorded before its answer can change anything.
  private mutating func send(_ batch: [ModuleCall]) throws(JSONError) -> [CallResult] {
    var arguments: [[JSONValue]] = []
    for call in batch {
      var values: [JSONValue] = []
      for argument in call.arguments { values.append(try JSONValue(argument)) }
      arguments.append(values)
    }
    var plain = batch
    for place in plain.indices {
      for argument in plain[place].arguments.indices {
        plain[place].arguments[argument] = try batch[place].arguments[argument].plain()
      }
    }
    let results = host.answer(plain)
    for (place, call) in batch.enumerated() {
      calls.append(
        RunReport.Call(
          operation: "\(call.path).\(call.operation)", arguments: arguments[place],
          result: try JSONValue(results[place])))
    }
    return results
  }

  private mutating func record(
    _ event: String, _ value: HostValue
  ) throws(JSONError) -> EffectOutcome {
    events.append(RunReport.Event(name: event, value: try JSONValue(value)))
    return .done
  }

  private mutating func sleep(
    _ request: EffectRequest, _ lazy: HostValue
  ) throws(JSONError) -> EffectOutcome {
    let value = try lazy.plain()
    do throws(VirtualClock.Refusal) {
      if case .sleepFor = request {
        try host.clock.sleep(for: value)
      } else {
        try host.clock.sleep(until: value)
      }
    } catch {
      return .refused("sleep failed: \(error.message)")
    }
    if case .sleepFor = request { return try record("SleepFor", value) }
    return try record("SleepUntil", value)
  }

  // MARK: Processes

  private mutating func startProcess(_ name: String, _ arguments: [HostField]) -> EffectOutcome {
    guard let index = program.processes.firstIndex(where: { $0.name == name }) else {
      return .refused("process start failed: the module has no process `\(name)`")
    }
    guard nesting < Self.maximumNesting else {
      return .refused(
        "process start failed: processes nest deeper than \(Self.maximumNesting) levels")
    }
    guard results.count < Self.maximumStarts else {
      return .refused("process start failed: more than \(Self.maximumStarts) processes")
    }
    let place = results.count
    results.append(.failure("the process has not ended"))
    var share = bounds
    share.fuel = max(0, bounds.fuel - fuelSpent - fuelWaiting)
    nesting += 1
    let course = MachineCourse(setup, program, share)
    var machine = Machine(
      program, process: index, arguments: arguments, bounds: course.firstBounds)
    let ending = drive(&machine, course)
    nesting -= 1
    results[place] = Self.result(of: ending)
    return .value(.run(RunHandle(id: "run-\(place + 1)", process: name)))
  }

  private static func result(of ending: Ending) -> CallResult {
    switch ending.halt {
    case .finished(let value): .success(value)
    case .fellOff: .success(.null)
    case .failed(let value): .failure((try? value.text()) ?? value.kind)
    case .trapped(let trap): .failure(trap.message)
    case .outOfFuel, .outOfMemory, .outOfDepth, .suspended: .failure(ending.exhaustion.message)
    }
  }

  private func result(of handle: RunHandle) -> CallResult {
    guard handle.id.hasPrefix("run-"), let number = Int(handle.id.dropFirst(4)),
      results.indices.contains(number - 1)
    else { return .failure("unknown run `\(handle.id)`") }
    return results[number - 1]
  }

  private static func needRun(_ value: HostValue, _ effect: String) -> EffectOutcome {
    if case .run = value { return .done }
    return .refused("\(effect) failed: expected a run handle, got \(value.kind)")
  }
}
