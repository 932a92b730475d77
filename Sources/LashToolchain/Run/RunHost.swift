import LashJSON
import LashVM

/// The host of a run: answers from a mock or a log, and keeps an account of what the runs did.
///
/// Processes, signals and sleeping are left to the scheduler.
public struct RunHost: SchedulerHost {
  /// What answers operations, and signals that it lists; may be changed between runs.
  public var mock: MockHost
  /// What answers in place of the mock, if the run is a replay.
  private let log: LogAnswers?
  /// Writes down every effect, if that is wanted.
  var recorder: LogRecorder?
  private let onPrint: (HostValue) -> Void
  /// Whether prints, calls and events are kept at all.
  private let keepsAccount: Bool
  /// Bytes of prints, calls and events that are kept.
  private var accountSize = 0
  /// The most of them: what would be more is refused.
  private static let greatestAccount = 64 << 20
  /// Whether the mock's answers are put off until ``takeAnswer(_:)``.
  var putsOff = false
  /// Answers that are put off, in the order of the requests.
  private var putOff: [(run: RunKey, outcome: EffectOutcome)] = []
  /// Calls whose answers are put off, by run: they count when they are answered.
  private var outstanding: [String: Calls] = [:]

  fileprivate struct Calls {
    var batch: [ModuleCall]
    var arguments: [[JSONValue]]
  }

  /// Printed values in order.
  public private(set) var prints: [JSONValue] = []
  /// Module calls in the order of sending.
  public private(set) var calls: [RunReport.Call] = []
  /// Sleep, yield and wake events in order.
  public private(set) var events: [RunReport.Event] = []
  /// Runs that have ended, in that order.
  public private(set) var endings: [(run: RunKey, process: String?, ending: RunEnding)] = []
  /// The runs that others have waited for, by name.
  public private(set) var awaited: Set<String> = []

  /// A host that answers as `mock` does. Printed values go to `onPrint` as they come, too. Without an account
  /// prints, calls and events stay empty; with one, effects are refused that would make it too large.
  public init(
    _ mock: MockHost, keepsAccount: Bool = true,
    onPrint: @escaping (HostValue) -> Void = { _ in }
  ) {
    self.mock = mock
    log = nil
    self.keepsAccount = keepsAccount
    self.onPrint = onPrint
  }

  /// A host that answers from a log.
  init(_ log: LogAnswers, onPrint: @escaping (HostValue) -> Void) {
    mock = MockHost(MockFile())
    self.log = log
    keepsAccount = true
    self.onPrint = onPrint
  }

  // MARK: Effects

  /// Answers operations, prints and events; see the protocol.
  public mutating func perform(_ effect: Effect) -> HostReply {
    let reply = reply(to: effect)
    recorder?.note(effect, reply)
    return reply
  }

  private mutating func reply(to effect: Effect) -> HostReply {
    do throws(JSONError) {
      switch effect.request {
      case .call(let call): return try send([call], effect) { .call($0[0]) }
      case .batch(let calls): return try send(calls, effect) { .calls($0) }
      case .awaitRuns(let runs):
        for run in runs { awaited.insert(run.id) }
        return .scheduler
      case .print(let value):
        let json = try JSONValue(value)
        try makeRoom(for: [json])
        if keepsAccount { prints.append(json) }
        onPrint(value)
        return .answer(.done)
      case .yield(let value):
        try keep("Yield", value)
        return .answer(.done)
      case .wake(let value):
        try keep("Wake", value)
        return .answer(.done)
      case .sleepFor(let value):
        return try sleep("SleepFor", value) { value throws(VirtualClock.Refusal) in
          _ = try VirtualClock.duration(value)
        }
      case .sleepUntil(let value):
        return try sleep("SleepUntil", value) { value throws(VirtualClock.Refusal) in
          _ = try VirtualClock.instant(value)
        }
      case .waitSignal(let name): return signal(name, effect)
      case .lazyRead:
        if let log { return log.reply(to: effect) }
        return .answer(.refused("lazy read failed: this host keeps no values"))
      case .start, .cancel, .signal: return .scheduler
      }
    } catch {
      return .answer(.refused("\(effect.request.name) failed: \(error.reason)"))
    }
  }

  /// Sends calls. Each is accounted for before its answer can change anything.
  private mutating func send(
    _ batch: [ModuleCall], _ effect: Effect, _ outcome: ([CallResult]) -> EffectOutcome
  ) throws(JSONError) -> HostReply {
    var arguments: [[JSONValue]] = []
    for call in batch {
      var values: [JSONValue] = []
      for argument in call.arguments { values.append(try JSONValue(argument)) }
      try makeRoom(for: values)
      arguments.append(values)
    }
    if let log {
      let reply = log.reply(to: effect)
      if let results = reply.results { try account(for: batch, arguments, results) }
      if case .later = reply {
        outstanding[effect.run.text] = Calls(batch: batch, arguments: arguments)
      }
      return reply
    }
    var plain: [ModuleCall] = []
    for call in batch { plain.append(try call.plain()) }
    let (results, delay) = mock.reply(to: plain)
    if putsOff {
      outstanding[effect.run.text] = Calls(batch: batch, arguments: arguments)
      putOff.append((effect.run, outcome(results)))
      return .later
    }
    try account(for: batch, arguments, results)
    guard delay > 0 else { return .answer(outcome(results)) }
    return .after(milliseconds: delay, outcome(results))
  }

  /// The answer that is given next of those that are put off, as `choose` picks it by its place among
  /// so many; `nil` if there is none, or it picks none.
  mutating func takeAnswer(
    _ choose: (_ count: Int) -> Int?
  ) -> (run: RunKey, outcome: EffectOutcome)? {
    guard !putOff.isEmpty, let place = choose(putOff.count) else { return nil }
    return putOff.remove(at: place % putOff.count)
  }

  /// Calls whose answer was put off count now that their run gets it.
  private mutating func accountForLate(_ run: RunKey, _ outcome: EffectOutcome) {
    guard let calls = outstanding.removeValue(forKey: run.text), let results = outcome.results
    else { return }
    // Results that are no JSON were refused when they were recorded.
    try? account(for: calls.batch, calls.arguments, results)
  }

  private mutating func account(
    for batch: [ModuleCall], _ arguments: [[JSONValue]], _ results: [CallResult]
  ) throws(JSONError) {
    guard keepsAccount, results.count == batch.count else { return }
    for (place, call) in batch.enumerated() {
      let result = try JSONValue(results[place])
      accountSize += result.size
      calls.append(
        RunReport.Call(
          operation: "\(call.path).\(call.operation)", arguments: arguments[place],
          result: result))
    }
  }

  /// Counts what is about to be kept.
  private mutating func makeRoom(for values: [JSONValue]) throws(JSONError) {
    guard keepsAccount else { return }
    accountSize += values.reduce(0) { $0 + $1.size }
    guard accountSize <= Self.greatestAccount else {
      throw JSONError(
        "the report keeps at most \(Self.greatestAccount >> 20) MiB of prints, calls and events")
    }
  }

  private mutating func keep(_ event: String, _ value: HostValue) throws(JSONError) {
    let json = try JSONValue(value)
    try makeRoom(for: [json])
    if keepsAccount { events.append(RunReport.Event(name: event, value: json)) }
  }

  private mutating func sleep(
    _ event: String, _ lazy: HostValue,
    _ check: (HostValue) throws(VirtualClock.Refusal) -> Void
  ) throws(JSONError) -> HostReply {
    let value = try lazy.plain()
    do throws(VirtualClock.Refusal) {
      try check(value)
    } catch {
      return .answer(.refused("sleep failed: \(error.message)"))
    }
    try keep(event, value)
    return .scheduler
  }

  private mutating func signal(_ name: String, _ effect: Effect) -> HostReply {
    if let log { return log.reply(toSignal: effect) }
    guard mock.listsSignal(name) else { return .scheduler }
    guard let payload = mock.takeSignal(name) else {
      return .answer(.refused("wait_signal failed: the mock has no further signal `\(name)`"))
    }
    return .answer(.value(payload))
  }

  // MARK: Observation

  /// Whether effects are written down, compared, or accounted for when they are answered.
  public var observesEffects: Bool { recorder != nil || log != nil || putsOff }

  /// Writes the effect down, or compares it with the log.
  public mutating func settled(_ effect: Effect, _ outcome: EffectOutcome) {
    if !outstanding.isEmpty { accountForLate(effect.run, outcome) }
    recorder?.write(effect, outcome)
    log?.settled(effect, outcome)
  }

  /// Keeps the ending.
  public mutating func ended(_ run: RunKey, process: String?, _ ending: RunEnding) {
    endings.append((run, process, ending))
    recorder?.noteEnd(of: run)
    if outstanding.removeValue(forKey: run.text) != nil { putOff.removeAll { $0.run == run } }
  }

  // MARK: Going back

  /// How much of the account there is at some point.
  struct Account {
    fileprivate var size: Int
    fileprivate var prints: Int
    fileprivate var calls: Int
    fileprivate var events: Int
    fileprivate var endings: Int
    fileprivate var awaited: Set<String>
    fileprivate var outstanding: [String: Calls]
  }

  /// The account as it is.
  var account: Account {
    Account(
      size: accountSize, prints: prints.count, calls: calls.count, events: events.count,
      endings: endings.count,
      awaited: awaited, outstanding: outstanding)
  }

  /// Forgets what came after a point.
  mutating func go(backTo account: Account) {
    accountSize = account.size
    prints.removeSubrange(account.prints...)
    calls.removeSubrange(account.calls...)
    events.removeSubrange(account.events...)
    endings.removeSubrange(account.endings...)
    awaited = account.awaited
    outstanding = account.outstanding
  }
}

extension JSONValue {
  /// About the bytes that it takes to keep it. Recursion is as deep as JSON may nest.
  fileprivate var size: Int {
    switch self {
    case .string(let text): 64 + text.utf8.count
    case .array(let items): items.reduce(64) { $0 + $1.size }
    case .object(let object): object.reduce(64) { $0 + 64 + $1.key.utf8.count + $1.value.size }
    default: 64
    }
  }
}

extension HostReply {
  /// The results of calls in an answer; `nil` if there is none yet.
  fileprivate var results: [CallResult]? {
    switch self {
    case .answer(let outcome), .after(_, let outcome): outcome.results
    case .later, .scheduler: nil
    }
  }
}

extension EffectOutcome {
  /// The results of calls.
  fileprivate var results: [CallResult]? {
    switch self {
    case .call(let result): [result]
    case .calls(let results): results
    default: nil
    }
  }
}
