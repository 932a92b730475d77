import LashJSON
import LashLang
import LashVM

/// An operation of the module `triggers`.
enum TriggerOperation: String, CaseIterable, Sendable {
  case register, list, update, enable, disable, delete, revive, prune
}

/// A small trigger registry: keeps registrations, checks revisions, fires nothing.
struct MockTriggers: Sendable {
  private struct Registration: Sendable {
    var key: String
    var revision: Int64 = 1
    var name: HostValue
    var sourceType: String
    var sourceKey: String
    var source: HostValue
    var target: String
    var inputs: HostValue
    var isEnabled = true

    var record: HostValue {
      .record([
        HostField("subscription_key", .string(key)), HostField("incarnation", .integer(1)),
        HostField("revision", .integer(revision)), HostField("registrant", .string("mock")),
        HostField("manifest_membership", .string("present_in_current_artifact")),
        HostField("source_key", .string(sourceKey)), HostField("name", name),
        HostField("source_type", .string(sourceType)), HostField("source", source),
        HostField("target", .process(target)), HostField("enabled", .bool(isEnabled)),
      ])
    }

    func means(_ other: Registration) throws(JSONError) -> Bool {
      guard target == other.target, sourceKey == other.sourceKey else { return false }
      let sameInputs = try JSONValue(inputs) == JSONValue(other.inputs)
      let sameName = try JSONValue(name) == JSONValue(other.name)
      return sameInputs && sameName
    }
  }

  private var registrations: [Registration] = []

  /// Adds the registry, two event sources and their types to a surface.
  static func extend(_ surface: inout HostSurface) {
    func object(_ properties: JSONObject, required: JSONValue) -> HostType {
      .schema([
        "type": "object", "properties": .object(properties), "required": required,
        "additionalProperties": false,
      ])
    }
    let text: JSONValue = ["type": "string"]
    surface.types += [
      HostNamedType(name: "cron.Tick", type: object(["at": text], required: ["at"])),
      HostNamedType(
        name: "ui.button.Pressed", type: object(["button": text], required: ["button"])),
    ]
    surface.constructors += [
      HostConstructor(
        path: "cron.Schedule", input: object(["expr": text, "tz": text], required: ["expr"]),
        output: "cron.Schedule"),
      HostConstructor(
        path: "ui.button.pressed", input: object(["button": text], required: []),
        output: "ui.button.pressed"),
    ]
    surface.triggerSources += [
      HostTriggerSource(source: "cron.Schedule", event: "cron.Tick"),
      HostTriggerSource(source: "ui.button.pressed", event: "ui.button.Pressed"),
    ]
    surface.modules.append(
      HostModule(
        path: "triggers", authority: "Triggers",
        operations: TriggerOperation.allCases.map { HostOperation(name: $0.rawValue) }))
  }

  /// Answers one operation. A refused operation changes nothing.
  mutating func perform(_ operation: TriggerOperation, _ argument: HostValue) -> CallResult {
    do throws(MockError) {
      return .success(try answer(operation, argument))
    } catch {
      return .failure(error.message)
    }
  }

  private mutating func answer(
    _ operation: TriggerOperation, _ argument: HostValue
  ) throws(MockError) -> HostValue {
    switch operation {
    case .register: return try register(try Self.read(argument))
    case .list: return .list(registrations.filter { Self.matches($0, argument) }.map(\.record))
    case .prune:
      guard case .list(let keys)? = argument["subscription_keys"] else {
        throw MockError(at: nil, "`prune` needs `subscription_keys`, a list")
      }
      let texts = keys.compactMap(\.stringValue)
      registrations.removeAll { texts.contains($0.key) }
      return .null
    case .update, .revive, .enable, .disable, .delete:
      let place = try place(argument)
      if operation == .delete {
        return registrations.remove(at: place).record
      }
      if operation == .update || operation == .revive {
        let new = try Self.read(argument)
        registrations[place].source = new.source
        registrations[place].sourceKey = new.sourceKey
        registrations[place].sourceType = new.sourceType
        registrations[place].target = new.target
        registrations[place].inputs = new.inputs
        registrations[place].name = new.name
      }
      registrations[place].isEnabled = operation != .disable
      registrations[place].revision += 1
      return registrations[place].record
    }
  }

  private mutating func register(_ new: Registration) throws(MockError) -> HostValue {
    guard let old = registrations.first(where: { $0.key == new.key }) else {
      registrations.append(new)
      return new.record
    }
    guard (try? old.means(new)) == true else {
      throw MockError(at: nil, "subscription `\(new.key)` exists with another definition")
    }
    return old.record
  }

  private func place(_ argument: HostValue) throws(MockError) -> Int {
    let key = argument["subscription_key"]?.stringValue ?? ""
    guard let place = registrations.firstIndex(where: { $0.key == key }) else {
      throw MockError(at: nil, "no subscription `\(key)`")
    }
    guard case .integer(registrations[place].revision)? = argument["expected_revision"] else {
      throw MockError(
        at: nil, "subscription `\(key)` has revision \(registrations[place].revision)")
    }
    return place
  }

  private static func read(_ argument: HostValue) throws(MockError) -> Registration {
    guard case .descriptor(let type, let inner)? = argument["source"],
      case .process(let target)? = argument["target"], let inputs = argument["inputs"]
    else {
      throw MockError(at: nil, "trigger registration requires { source, target, inputs, name? }")
    }
    let hash: String
    do throws(JSONError) {
      hash = SHA256.hexHash(try CanonicalJSON.bytes(of: try JSONValue(inner)))
    } catch {
      throw MockError(at: nil, error.reason)
    }
    let sourceKey = "source:\(type):sha256:\(hash)"
    let derived = "derived/v1/" + SHA256.hexHash(Array("\(target)\0\(type)\0\(sourceKey)".utf8))
    return Registration(
      key: argument["subscription_key"]?.stringValue ?? derived, name: argument["name"] ?? .null,
      sourceType: type, sourceKey: sourceKey, source: .descriptor(type: type, value: inner),
      target: target, inputs: inputs)
  }

  private static func matches(_ registration: Registration, _ filters: HostValue) -> Bool {
    if case .process(let target)? = filters["target"], target != registration.target {
      return false
    }
    if let type = filters["source_type"]?.stringValue, type != registration.sourceType {
      return false
    }
    if case .bool(let enabled)? = filters["enabled"], enabled != registration.isEnabled {
      return false
    }
    if let name = filters["name"]?.stringValue, name != registration.name.stringValue {
      return false
    }
    return true
  }
}
