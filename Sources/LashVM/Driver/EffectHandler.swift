/// A host as the asynchronous driver sees it (`Machine.drive`).
///
/// Calls may come from several tasks at once. All three methods should end soon after the task that
/// they run in is cancelled, since the driver waits for them.
public protocol EffectHandler: Sendable {
  /// Performs one module operation and gives its value. An error is the failure of this operation, a
  /// value for the program (rule EFF-1); its description is the text.
  func call(_ call: ModuleCall) async throws -> HostValue

  /// Waits until a started process has ended and gives its value; an error is its failure.
  func awaitRun(_ run: RunHandle) async throws -> HostValue

  /// Performs any other effect and gives the answer that `EffectRequest` names. An error stops the
  /// program there; its description is the text.
  func perform(_ request: EffectRequest) async throws -> EffectOutcome
}

extension EffectHandler {
  /// Fails: there are no processes.
  public func awaitRun(_ run: RunHandle) async throws -> HostValue {
    throw HostFailure("this host runs no processes")
  }

  /// Refuses: the host has operations only.
  public func perform(_ request: EffectRequest) async throws -> EffectOutcome {
    throw HostFailure("\(request.name) failed: this host does not offer it")
  }
}

/// An error of a host whose description is just its text.
public struct HostFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What the program gets to see.
  public let description: String

  /// An error with a text.
  public init(_ text: String) {
    description = text
  }
}
