/// What a suspended machine asks of its host (rules EFF-1 …).
public enum EffectRequest: Sendable {
  /// One module operation; answer with `.call`.
  case call(ModuleCall)
  /// Several operations to be run concurrently; answer with `.calls`, same number and order.
  case batch([ModuleCall])
  /// Wait for started processes concurrently; answer with `.calls`, same number and order.
  case awaitRuns([RunHandle])
  /// Start a process; answer with `.value(.run(…))`.
  case start(process: String, arguments: [HostField])
  /// Cancel a process; answer with `.done`.
  case cancel(HostValue)
  /// Show a value; answer with `.done`.
  case print(HostValue)
  /// Report progress of a process; answer with `.done`.
  case yield(HostValue)
  /// Report progress and wake the owner; answer with `.done`.
  case wake(HostValue)
  /// Sleep for a duration; answer with `.done`.
  case sleepFor(HostValue)
  /// Sleep until an instant; answer with `.done`.
  case sleepUntil(HostValue)
  /// Wait for a signal; answer with `.value`.
  case waitSignal(String)
  /// Send a signal; answer with `.done`.
  case signal(run: HostValue, name: String, payload: HostValue)
  /// Read parts of lazy references, all at once; answer with `.values`, same number and order.
  case lazyRead([LazyRead])
}

extension EffectRequest {
  /// What the effect is called in error texts.
  public var name: String {
    switch self {
    case .call, .batch: "module operation"
    case .awaitRuns: "await"
    case .start: "process start"
    case .cancel: "cancel"
    case .print: "print"
    case .yield, .wake: "process event"
    case .sleepFor, .sleepUntil: "sleep"
    case .waitSignal: "wait_signal"
    case .signal: "signal_run"
    case .lazyRead: "lazy read"
    }
  }
}

/// One module operation as the program wrote it.
public struct ModuleCall: Sendable {
  /// The receiver's path, such as `gmail.work`.
  public var path: String
  /// The receiver's authority type.
  public var authority: String
  /// The operation, such as `send`.
  public var operation: String
  /// The arguments.
  public var arguments: [HostValue]
  /// Which effect of its run it is: with the run's key its stable name.
  public var point: EffectPoint

  /// Makes a call.
  public init(
    path: String, authority: String, operation: String, arguments: [HostValue],
    point: EffectPoint = EffectPoint(site: 0, occurrence: 0)
  ) {
    self.path = path
    self.authority = authority
    self.operation = operation
    self.arguments = arguments
    self.point = point
  }
}

/// The host's answer to an `EffectRequest`.
public enum EffectOutcome: Sendable {
  /// Done, with nothing to say.
  case done
  /// A value.
  case value(HostValue)
  /// Several values, in the order of the request.
  case values([HostValue])
  /// The outcome of one operation.
  case call(CallResult)
  /// The outcomes of several, in the order of the request.
  case calls([CallResult])
  /// The host could not do it; the program stops with a run-time error that shows the text.
  case refused(String)
}
