/// A place in a text where the host is asked for something (rule EFF-21).
public struct EffectSite: Sendable {
  /// What is asked.
  public enum Kind: String, Sendable {
    /// A module operation, alone or in a batch.
    case call
    /// Waiting for processes, as far as the value awaited holds any.
    case await
    /// Starting a process.
    case start
    /// `cancel`
    case cancel
    /// `print`
    case print
    /// `yield`
    case yield
    /// `wake`
    case wake
    /// `sleep for`, `sleep until`
    case sleep
    /// `wait_signal`
    case wait
    /// `signal_run`
    case signal
  }

  /// What is asked.
  public var kind: Kind
  /// The operation as written (`web.search`), the process, or the signal.
  public var name: String?
  /// The place.
  public var span: SourceSpan
  /// The node that it belongs to: position in `WorkflowGraph.nodes`.
  public var node: Int
  /// Whether it happens whenever the node runs to its end, and exactly once.
  public var isCertain: Bool
}
