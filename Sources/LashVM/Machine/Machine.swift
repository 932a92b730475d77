import LashLang

/// A program in the course of being run: a value that its holder steps.
///
/// It never waits, never reads a clock and never calls out. `run` goes on until the program ends,
/// asks its host for something, or exhausts a bound; the host answers with `resume`. Not safe to be
/// used from two threads at once; it may move between threads.
public struct Machine: ~Copyable, @unchecked Sendable {
  let vm: VM
  /// All fuel that was granted.
  var fuel: Int
  private let isMain: Bool
  private var final: Halt?

  /// A machine at the start of the main block of `program`, its variables set from `globals`; names
  /// that the program does not mention are ignored.
  public init(_ program: Program, bounds: Bounds = Bounds(), globals: [HostField] = []) {
    self.init(program, body: 0, bounds: bounds)
    for variable in program.variables {
      if let global = globals.last(where: { $0.key == variable.name }) {
        set(variable.register, to: global.value)
      }
    }
    vm.pointee.heap.state.pointee.charged = 0
  }

  /// A machine at the start of a process (index into `Program.processes`); parameters without an
  /// argument stay unset.
  public init(
    _ program: Program, process: Int, arguments: [HostField], bounds: Bounds = Bounds()
  ) {
    let entry = program.processes[process]
    self.init(program, body: entry.body, bounds: bounds)
    for (register, parameter) in entry.parameters.enumerated() {
      if let argument = arguments.last(where: { $0.key == parameter }) {
        set(register, to: argument.value)
      }
    }
    vm.pointee.heap.state.pointee.charged = 0
  }

  private init(_ program: Program, body: Int, bounds: Bounds) {
    let bounds = bounds.clamped
    fuel = bounds.fuel
    isMain = body == 0
    vm = VM.make(MachineState(loading: program, body: body, bounds: bounds))
  }

  /// The machine of a state that was restored.
  init(_ vm: VM, body: Int, fuel: Int) {
    self.vm = vm
    self.fuel = fuel
    isMain = body == 0
  }

  deinit { vm.destroy() }

  private func set(_ register: Int, to host: HostValue) {
    guard vm.pointee.status == .running else { return }
    var value = Value.null
    if vm.attempt({ () throws(Fault) in value = try vm.pointee.heap.value(host) }) {
      replace(vm, slot(vm.pointee.base, register * 8), value)
    }
  }

  // MARK: Running

  /// Runs until the program halts. After `.suspended` use `resume`; after a final halt it gives
  /// that halt again.
  public mutating func run() -> Halt {
    if let final { return final }
    switch vm.pointee.status {
    case .suspended: return .suspended
    case .running, .outOfFuel:
      vm.dispatch()
      return halted()
    default: return halted()
    }
  }

  /// Executes one instruction, for tests and tools: nil if the machine can go on. Otherwise as `run`.
  package mutating func step() -> Halt? {
    guard final == nil, vm.pointee.status == .running || vm.pointee.status == .outOfFuel else {
      return run()
    }
    vm.step()
    return vm.pointee.status == .running ? nil : halted()
  }

  /// Answers the pending request, without going on: nil if that did not trap.
  package mutating func answer(_ outcome: EffectOutcome) -> Halt? {
    guard vm.pointee.status == .suspended else { return run() }
    return vm.answerPlain(outcome) || vm.answer(outcome) ? nil : halted()
  }

  /// Answers the pending request and goes on. An answer of a wrong shape traps (`R0005`).
  public mutating func resume(with outcome: EffectOutcome) -> Halt {
    guard vm.pointee.status == .suspended else { return run() }
    if vm.answerPlain(outcome) || vm.answer(outcome) { vm.dispatch() }
    return halted()
  }

  /// The halt that the status means; final ones are kept.
  private mutating func halted() -> Halt {
    if vm.pointee.status == .suspended, vm.isPlainCall() || vm.canLeave() { return .suspended }
    return ended()
  }

  /// Apart from `halted`, which hosts go through at each effect.
  @inline(never)
  private mutating func ended() -> Halt {
    let status = vm.pointee.status
    switch status {
    case .suspended, .outOfFuel, .running: return .outOfFuel
    case .fellOff: final = .fellOff
    case .outOfMemory: final = .outOfMemory
    case .outOfDepth: final = .outOfDepth
    case .trapped: final = .trapped(vm.trap())
    case .finished, .failed:
      var host = HostValue.null
      if vm.attempt({ () throws(Fault) in
        var size = Heap.LeavingSize()
        try vm.pointee.heap.checkLeaving(vm.pointee.result, addingTo: &size)
        host = try vm.pointee.heap.hostValue(vm.pointee.result)
      }) {
        final = status == .finished ? .finished(host) : .failed(host)
      } else {
        final = .trapped(vm.trap())
      }
    }
    return final ?? .fellOff
  }

  /// Makes out the halt of a restored machine that has ended, at no charge: the charge is paid.
  mutating func keepFinal() {
    switch vm.pointee.status {
    case .running, .suspended, .outOfFuel: return
    default:
      let fuel = vm.pointee.fuel
      let charged = vm.pointee.heap.state.pointee.charged
      _ = halted()
      vm.pointee.fuel = fuel
      vm.pointee.heap.state.pointee.charged = charged
    }
  }

  /// What the machine waits for; `nil` unless it is suspended. O(size of the values).
  public func request() -> EffectRequest? {
    guard vm.pointee.status == .suspended else { return nil }
    return vm.request()
  }

  /// Which effect the machine waits for, and which execution of it; of a batch that of its first call,
  /// each call has its own. `nil` unless it is suspended at an effect: reads of lazy values are none.
  public var point: EffectPoint? {
    guard vm.pointee.status == .suspended, !vm.pointee.heap.isReading else { return nil }
    return vm.currentPoint()
  }

  // MARK: Meters

  /// Takes away the fuel above `units`, to be given back after a short run. Not seen by the meters' user:
  /// until then `fuelUsed` is too high.
  package mutating func holdFuel(above units: Int) -> Int {
    let held = max(0, vm.pointee.fuel - max(units, 0))
    vm.pointee.fuel -= held
    return held
  }

  /// Gives held fuel back.
  package mutating func giveBack(_ held: Int) { vm.pointee.fuel += held }

  /// Raises the fuel bound by `units`, at least 0, so that `run` can go on after `.outOfFuel`. The
  /// bound stays below 2^62.
  public mutating func addFuel(_ units: Int) {
    let units = max(0, min(units, Bounds.greatestFuel - fuel))
    fuel += units
    vm.pointee.fuel += units
  }

  /// Fuel used so far; it may pass the bound by the cost of one block or operation (rule BND-5).
  public var fuelUsed: Int {
    fuel - vm.pointee.fuel + vm.pointee.heap.state.pointee.charged
  }
  /// Bytes of machine memory in use.
  public var memoryUsed: Int { vm.pointee.heap.state.pointee.allocator.used }
  /// The most bytes of machine memory that were in use.
  public var memoryPeak: Int { vm.pointee.heap.state.pointee.allocator.peak }

  // MARK: Looking in

  /// The variables of the main block that have a value, in order of first mention, without those that
  /// the host bound read-only; none of a process. Values that nest too deeply to leave, or that are too
  /// large to leave with those before them, are left out (rule BND-1).
  public func variables() -> [HostField] {
    guard isMain else { return [] }
    // Looking must not replace the run-time error that the machine ended with.
    let failure = vm.pointee.heap.state.pointee.failure
    defer { vm.pointee.heap.state.pointee.failure = failure }
    var size = Heap.LeavingSize()
    return vm.pointee.program.variables.compactMap { variable in
      let heap = vm.pointee.heap
      let value = slot(vm.pointee.stack, variable.register * 8).pointee
      var next = size
      guard !variable.isReadOnly, !value.isUnset,
        (try? heap.checkLeaving(value, addingTo: &next)) != nil,
        let host = try? heap.hostValue(value)
      else { return nil }
      size = next
      return HostField(variable.name, host)
    }
  }

  /// The expression or statement that is being run.
  public var position: SourceSpan { vm.span(at: vm.pointee.pc) }
}
