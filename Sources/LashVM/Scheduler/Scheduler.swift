import LashLang

/// Runs any number of machines on a virtual clock, in an order that the programs and the host's answers
/// fix alone.
///
/// The order: runs get their turn first in, first out, each until it waits or its slice of fuel is used.
/// When none is ready the next answer of ``answer(_:_:)`` is taken, then the next timer by instant and age,
/// to which the clock moves. Not safe to be used from two threads at once; it may move between threads.
public struct Scheduler: ~Copyable, @unchecked Sendable {
  /// The bounds of the whole.
  public let limits: SchedulerLimits
  var clock: VirtualClock
  var programs: [Program] = []
  var runs: [ScheduledRun] = []
  /// The place in `runs` by the text of the key.
  var places: [String: Int] = [:]
  var queue = Queue<Int>()
  var timers = TimerQueue()
  var lastTimer: UInt64 = 0
  /// Runs whose answers of the host have arrived and are not taken yet, in that order.
  var inbox = Queue<Int>()
  /// Runs that wait for the host.
  var waitingForHost = 0
  var living = 0
  /// Processes that programs have started.
  var starts = 0
  /// Bytes of all machines, results and queued signals.
  var memory = 0

  /// Effects that were settled so far, reads of lazy values included.
  public internal(set) var settledEffects = 0
  /// Fuel that all runs have used.
  public internal(set) var fuelUsed = 0
  /// The part of it that processes have used which programs started.
  var startedFuelUsed = 0

  /// How machines are driven in tests; may change the bounds that a machine begins with.
  package var makeStepping: ((Program, inout Bounds) -> any MachineStepping)?
  /// Sees each machine whenever it halts.
  package var onHalt: ((borrowing Machine) -> Void)?

  /// A scheduler without runs, whose clock shows `now`, in milliseconds since 1970.
  public init(limits: SchedulerLimits = SchedulerLimits(), now: Int64 = 0) {
    var limits = limits
    limits.slice = min(max(limits.slice, 1), 1 << 20)
    self.limits = limits
    clock = VirtualClock(now: now)
  }

  /// The virtual clock, in milliseconds since 1970.
  public var now: Int64 { clock.now }

  // MARK: Starting

  /// Starts the main block of a program as a root run, behind all that are ready. `false`, and nothing
  /// happens, if there is a run of that key already.
  ///
  /// With `keepsMachine` its variables can be read when it has ended, until ``forget(_:)``.
  @discardableResult
  public mutating func start(
    _ program: Program, key: RunKey = .main, globals: [HostField] = [],
    bounds: Bounds = Bounds(), keepsMachine: Bool = false
  ) -> Bool {
    guard places[key.text] == nil else { return false }
    var first = bounds
    let stepping = makeStepping?(program, &first)
    add(
      ScheduledRun(
        key, program: place(of: program), process: nil, bounds: bounds,
        keepsMachine: keepsMachine),
      Machine(program, bounds: first, globals: globals), stepping)
    return true
  }

  /// Starts a process of a program as a root run. Parameters without an argument stay unset. `false`, and
  /// nothing happens, if there is a run of that key already or no process of that name.
  @discardableResult
  public mutating func start(
    _ program: Program, process: String, arguments: [HostField], key: RunKey,
    bounds: Bounds = Bounds()
  ) -> Bool {
    guard places[key.text] == nil,
      let index = program.processes.firstIndex(where: { $0.name == process })
    else { return false }
    begin(index, of: place(of: program), arguments, key, bounds, isStarted: false)
    return true
  }

  /// Adds a run of a process.
  mutating func begin(
    _ process: Int, of program: Int, _ arguments: [HostField], _ key: RunKey,
    _ bounds: Bounds, isStarted: Bool
  ) {
    var first = bounds
    let stepping = makeStepping?(programs[program], &first)
    add(
      ScheduledRun(
        key, program: program, process: programs[program].processes[process].name,
        bounds: bounds, isStarted: isStarted),
      Machine(programs[program], process: process, arguments: arguments, bounds: first), stepping)
  }

  private mutating func add(
    _ run: ScheduledRun, _ machine: consuming Machine, _ stepping: (any MachineStepping)?
  ) {
    run.memory = machine.memoryUsed
    run.machine = consume machine
    run.stepping = stepping
    memory += run.memory
    places[run.key.text] = runs.count
    queue.append(runs.count)
    runs.append(run)
    living += 1
  }

  /// The place of a program among those that were met.
  private mutating func place(of program: Program) -> Int {
    // The first program is not compared: its identity costs a hash over all of it.
    let known =
      programs.isEmpty ? nil : programs.lastIndex { $0.identity == program.identity }
    if let known { return known }
    programs.append(program)
    return programs.count - 1
  }

  // MARK: From outside

  /// Gives the answer that the host had put off. `false` if the run waits for none, or has got it.
  @discardableResult
  public mutating func answer(_ run: RunKey, _ outcome: EffectOutcome) -> Bool {
    guard let place = places[run.text], case .waitingForHost = runs[place].standing,
      runs[place].arrived == nil
    else { return false }
    runs[place].arrived = outcome
    inbox.append(place)
    return true
  }

  /// Sends a signal from outside. `false` if there is no such run, or it has ended.
  @discardableResult
  public mutating func signal(_ run: RunKey, _ name: String, _ payload: HostValue) -> Bool {
    guard let place = places[run.text], runs[place].ending == nil else { return false }
    deliver(name, payload.withoutLazyParts, to: place)
    return true
  }

  /// Ends a run from outside as `cancel` does. `false` if there is no such run, or it has ended.
  @discardableResult
  public mutating func cancel(_ run: RunKey, _ host: inout some SchedulerHost) -> Bool {
    guard let place = places[run.text], runs[place].ending == nil else { return false }
    end(place, .cancelled, &host)
    return true
  }

  /// Lets go of the machine that an ended run has kept, so that the run is as if it had never kept one.
  /// With `result` its result goes too: to whoever asks later it has come to its end without one.
  public mutating func forget(_ run: RunKey, result: Bool = false) {
    guard let place = places[run.text] else { return }
    let run = runs[place]
    run.keepsMachine = false
    guard var ending = run.ending else { return }
    dropMachine(of: run)
    guard result else { return }
    hold(-ending.outcome.estimatedSize, run)
    ending.outcome = .fellOff
    run.standing = .ended(ending)
  }
}
