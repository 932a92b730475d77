import LashJSON

/// An operation of the module `triggers` (rule EFF-20).
public enum TriggerOperation: String, CaseIterable, Sendable {
  /// Adds a subscription; the same definition again is the same subscription.
  case register
  /// Lists subscriptions.
  case list
  /// Replaces the definition.
  case update
  /// Lets events start the process again.
  case enable
  /// Keeps events from starting the process.
  case disable
  /// Ends a subscription, so that its key stays taken.
  case delete
  /// Begins a deleted subscription anew.
  case revive
  /// Forgets subscriptions altogether.
  case prune
}

/// Keeps the subscriptions of processes to the events of sources: what the operations of the module
/// `triggers` do, and which processes an event starts. Deterministic; the order is that of registration.
///
/// Every change raises a subscription's revision and names the one it expects, so that of two who change
/// it at once one is refused.
public struct TriggerRegistry: Sendable {
  var subscriptions: [Subscription] = []
  private let registrant: String

  /// A registry without subscriptions; `registrant` is the owner that their records name.
  public init(registrant: String) { self.registrant = registrant }

  /// A subscription that an event concerns: the process to start, and its arguments.
  public struct Delivery: Sendable {
    /// The subscription's key.
    public var key: String
    /// The process.
    public var target: String
    /// Its arguments, with the event in place of `trigger.event`.
    public var arguments: [HostField]
  }

  /// Why an operation was refused, as the program gets to see it.
  struct Refusal: Error {
    let text: String
  }

  /// Answers one operation. A refused operation changes nothing.
  public mutating func perform(
    _ operation: TriggerOperation, _ argument: HostValue
  ) -> CallResult {
    do throws(Refusal) {
      return .success(try answer(operation, argument))
    } catch {
      return .failure(error.text)
    }
  }

  /// The subscriptions that an event of `source` concerns: a source's type or key, or a subscription's
  /// key or name. None of those that are disabled or deleted.
  public func deliveries(of source: String, event: HostValue) -> [Delivery] {
    subscriptions.filter { $0.isEnabled && !$0.isDeleted && $0.isMeant(by: source) }.map {
      Delivery(
        key: $0.key, target: $0.target,
        arguments: $0.inputs.map {
          HostField($0.key, $0.value.replacingTriggerEvent(by: event))
        })
    }
  }

  /// What `deliveries` may be asked for, for messages: types of sources and keys, each once.
  public var sources: [String] {
    var sources: [String] = []
    for one in subscriptions where !one.isDeleted {
      for name in [one.sourceType, one.key] where !sources.contains(name) { sources.append(name) }
    }
    return sources
  }

  // MARK: Operations

  private mutating func answer(
    _ operation: TriggerOperation, _ argument: HostValue
  ) throws(Refusal) -> HostValue {
    switch operation {
    case .register: return try register(argument)
    case .list:
      let listed = subscriptions.filter { !$0.isDeleted && $0.passes(argument) }
      return .list(listed.map { $0.record(registrant) })
    case .prune:
      guard case .list(let keys)? = argument["subscription_keys"] else {
        throw Refusal(text: "`prune` needs `subscription_keys`, a list")
      }
      let texts = keys.compactMap(\.stringValue)
      subscriptions.removeAll { texts.contains($0.key) }
      return .null
    case .update, .enable, .disable, .delete, .revive:
      let place = try place(operation, argument)
      switch operation {
      case .update: subscriptions[place].define(as: try Subscription(argument))
      case .revive:
        subscriptions[place].define(as: try Subscription(argument))
        subscriptions[place].incarnation += 1
        subscriptions[place].isDeleted = false
        subscriptions[place].isEnabled = true
      case .delete: subscriptions[place].isDeleted = true
      default: subscriptions[place].isEnabled = operation == .enable
      }
      subscriptions[place].revision += 1
      return subscriptions[place].record(registrant)
    }
  }

  private mutating func register(_ argument: HostValue) throws(Refusal) -> HostValue {
    let new = try Subscription(argument)
    guard let old = subscriptions.first(where: { $0.key == new.key }) else {
      subscriptions.append(new)
      return new.record(registrant)
    }
    guard !old.isDeleted else {
      throw Refusal(
        text: "subscription `\(new.key)` was deleted at revision \(old.revision); use `revive`")
    }
    guard try old.means(new) else {
      throw Refusal(text: "subscription `\(new.key)` exists with another definition")
    }
    return old.record(registrant)
  }

  /// The subscription that an operation changes, if it is as the program believes.
  private func place(
    _ operation: TriggerOperation, _ argument: HostValue
  ) throws(Refusal) -> Int {
    let key =
      argument["subscription_key"]?.stringValue ?? (try? Subscription(argument).key) ?? ""
    let place = subscriptions.firstIndex { $0.key == key }
    guard let place, subscriptions[place].isDeleted == (operation == .revive) else {
      throw Refusal(
        text: place != nil && operation == .revive
          ? "subscription `\(key)` is not deleted" : "no subscription `\(key)`")
    }
    guard case .integer(subscriptions[place].revision)? = argument["expected_revision"] else {
      throw Refusal(
        text: "subscription `\(key)` has revision \(subscriptions[place].revision)")
    }
    return place
  }
}

extension HostValue {
  /// The value with an event in place of `trigger.event`. Its depth must be bounded.
  fileprivate func replacingTriggerEvent(by event: HostValue) -> HostValue {
    switch self {
    case .triggerEvent: event
    case .list(let items): .list(items.map { $0.replacingTriggerEvent(by: event) })
    case .tuple(let items): .tuple(items.map { $0.replacingTriggerEvent(by: event) })
    case .record(let fields):
      .record(
        fields.map { HostField($0.key, $0.value.replacingTriggerEvent(by: event)) })
    default: self
    }
  }
}
