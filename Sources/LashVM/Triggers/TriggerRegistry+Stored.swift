extension TriggerRegistry {
  /// The subscriptions as a value, for a stored form; `init(registrant:stored:)` reads it.
  public var stored: HostValue {
    .list(
      subscriptions.map { one in
        .record([
          HostField("subscription_key", .string(one.key)), HostField("name", one.name),
          HostField("source", one.source), HostField("target", .process(one.target)),
          HostField("inputs", .record(one.inputs)),
          HostField("incarnation", .integer(one.incarnation)),
          HostField("revision", .integer(one.revision)),
          HostField("enabled", .bool(one.isEnabled)), HostField("deleted", .bool(one.isDeleted)),
        ])
      })
  }

  /// A registry with the subscriptions of a stored one; `nil` if the value is none.
  public init?(registrant: String, stored: HostValue) {
    guard case .list(let items) = stored else { return nil }
    self.init(registrant: registrant)
    var read: [Subscription] = []
    var keys: Set<String> = []
    for item in items {
      guard var one = try? Subscription(item), item["subscription_key"]?.stringValue != nil,
        keys.insert(one.key).inserted, case .bool(let isEnabled)? = item["enabled"],
        case .bool(let isDeleted)? = item["deleted"],
        let incarnation = Self.count(item["incarnation"]),
        let revision = Self.count(item["revision"])
      else { return nil }
      one.incarnation = incarnation
      one.revision = revision
      one.isEnabled = isEnabled
      one.isDeleted = isDeleted
      read.append(one)
    }
    subscriptions = read
  }

  /// A number of changes.
  private static func count(_ value: HostValue?) -> Int64? {
    guard case .integer(let number)? = value, (1...(1 << 53)).contains(number) else { return nil }
    return number
  }
}
