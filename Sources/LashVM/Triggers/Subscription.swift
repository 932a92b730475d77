import LashJSON

/// A subscription of a process to the events of a source.
struct Subscription: Sendable {
  let key: String
  /// How often it was begun.
  var incarnation: Int64 = 1
  /// Grows with every change.
  var revision: Int64 = 1
  private(set) var name: HostValue
  private(set) var sourceType: String
  /// Names the source by its value: `source:{type}:sha256:…`.
  private(set) var sourceKey: String
  private(set) var source: HostValue
  private(set) var target: String
  private(set) var inputs: [HostField]
  var isEnabled = true
  var isDeleted = false

  /// Reads the argument of `register`, `update` and `revive`. Without a key the subscription gets one that
  /// is derived from process and source.
  init(_ argument: HostValue) throws(TriggerRegistry.Refusal) {
    guard case .descriptor(let type, let inner)? = argument["source"],
      case .process(let target)? = argument["target"],
      case .record(let inputs)? = argument["inputs"]
    else {
      throw TriggerRegistry.Refusal(
        text: "trigger registration requires { source, target, inputs, name? }")
    }
    let hash: String
    do throws(JSONError) {
      hash = SHA256.hexHash(try CanonicalJSON.bytes(of: try JSONValue(inner)))
    } catch {
      throw TriggerRegistry.Refusal(text: error.reason)
    }
    sourceType = type
    sourceKey = "source:\(type):sha256:\(hash)"
    source = .descriptor(type: type, value: inner)
    self.target = target
    self.inputs = inputs
    name = argument["name"] ?? .null
    key =
      argument["subscription_key"]?.stringValue
      ?? Self.derivedKey(process: target, sourceType: type, sourceKey: sourceKey)
  }

  /// The key of a subscription that names none: a hash over parts, each after its length.
  static func derivedKey(process: String, sourceType: String, sourceKey: String) -> String {
    var bytes: [UInt8] = []
    for part in ["lash.trigger-subscription-key", "1", process, sourceType, sourceKey] {
      let count = UInt64(part.utf8.count)
      for shift in stride(from: UInt64(56), through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: count >> shift))
      }
      bytes.append(contentsOf: part.utf8)
    }
    return "derived/v1/" + SHA256.hexHash(bytes)
  }

  /// Takes over the definition of another.
  mutating func define(as other: Subscription) {
    name = other.name
    sourceType = other.sourceType
    sourceKey = other.sourceKey
    source = other.source
    target = other.target
    inputs = other.inputs
  }

  /// Whether both have the same definition.
  func means(_ other: Subscription) throws(TriggerRegistry.Refusal) -> Bool {
    guard target == other.target, sourceKey == other.sourceKey else { return false }
    do throws(JSONError) {
      let sameInputs = try JSONValue(.record(inputs)) == JSONValue(.record(other.inputs))
      let sameName = try JSONValue(name) == JSONValue(other.name)
      return sameInputs && sameName
    } catch {
      throw TriggerRegistry.Refusal(text: error.reason)
    }
  }

  /// Whether a source, or the subscription itself, goes by this name.
  func isMeant(by source: String) -> Bool {
    [sourceType, sourceKey, key, name.stringValue].contains(source)
  }

  /// Whether `list` with these filters shows it.
  func passes(_ filters: HostValue) -> Bool {
    if case .process(let target)? = filters["target"], target != self.target { return false }
    if let type = filters["source_type"]?.stringValue, type != sourceType { return false }
    if case .bool(let enabled)? = filters["enabled"], enabled != isEnabled { return false }
    if let name = filters["name"]?.stringValue, name != self.name.stringValue { return false }
    return true
  }

  /// The record that programs see.
  func record(_ registrant: String) -> HostValue {
    .record([
      HostField("subscription_key", .string(key)), HostField("incarnation", .integer(incarnation)),
      HostField("revision", .integer(revision)), HostField("registrant", .string(registrant)),
      HostField("manifest_membership", .string("present_in_current_artifact")),
      HostField("source_key", .string(sourceKey)), HostField("name", name),
      HostField("source_type", .string(sourceType)), HostField("source", source),
      HostField("target", .process(target)), HostField("enabled", .bool(isEnabled && !isDeleted)),
    ])
  }
}
