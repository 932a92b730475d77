import LashJSON
import LashLang
import LashVM

/// What the switch `triggers` of a mock adds to its surface.
enum MockTriggers {
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
    addRegistry(to: &surface)
  }

  /// Adds the module `triggers`.
  static func addRegistry(to surface: inout HostSurface) {
    surface.modules.append(
      HostModule(
        path: "triggers", authority: "Triggers",
        operations: TriggerOperation.allCases.map { HostOperation(name: $0.rawValue) }))
  }
}
