import LashJSON

extension JSONValue {
  /// The exact form of a request, for logs: what is asked, never who asks.
  public init(exactly request: EffectRequest) throws(JSONError) {
    switch request {
    case .call(let call): self = try JSONValue(exactly: call)
    case .batch(let calls):
      var items: [JSONValue] = []
      for call in calls { items.append(try JSONValue(exactly: call, point: call.point)) }
      self = ["batch": .array(items)]
    case .awaitRuns(let runs): self = ["await": .array(runs.map { .string($0.id) })]
    case .start(let process, let arguments):
      self = [
        "start": .string(process), "arguments": try JSONValue(exactly: .record(arguments)),
      ]
    case .cancel(let run): self = ["cancel": try JSONValue(exactly: run)]
    case .print(let value): self = ["print": try JSONValue(exactly: value)]
    case .yield(let value): self = ["yield": try JSONValue(exactly: value)]
    case .wake(let value): self = ["wake": try JSONValue(exactly: value)]
    case .sleepFor(let value): self = ["sleep_for": try JSONValue(exactly: value)]
    case .sleepUntil(let value): self = ["sleep_until": try JSONValue(exactly: value)]
    case .waitSignal(let name): self = ["wait_signal": .string(name)]
    case .signal(let run, let name, let payload):
      self = [
        "signal": .string(name), "run": try JSONValue(exactly: run),
        "payload": try JSONValue(exactly: payload),
      ]
    case .lazyRead(let reads):
      self = [
        "read": .array(
          reads.map { ["of": .string($0.reference.id), "part": .string("\($0.part)")] })
      ]
    }
  }

  private init(exactly call: ModuleCall, point: EffectPoint? = nil) throws(JSONError) {
    var arguments: [JSONValue] = []
    for argument in call.arguments { arguments.append(try JSONValue(exactly: argument)) }
    var object: JSONObject = [
      "call": .string("\(call.path).\(call.operation)"), "arguments": .array(arguments),
    ]
    if let point { object["point"] = .string(point.description) }
    self = .object(object)
  }
}
