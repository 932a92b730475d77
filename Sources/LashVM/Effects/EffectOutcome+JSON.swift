import LashJSON

extension JSONValue {
  /// The exact form of an answer: `{"done": true}`, `{"value": v}`, `{"values": [v]}`, `{"call": r}`,
  /// `{"calls": [r]}` or `{"refused": "text"}`, where `r` is `{"ok": v}` or `{"error": "text"}`.
  public init(exactly outcome: EffectOutcome) throws(JSONError) {
    switch outcome {
    case .done: self = ["done": true]
    case .value(let value): self = ["value": try JSONValue(exactly: value)]
    case .values(let values):
      var items: [JSONValue] = []
      for value in values { items.append(try JSONValue(exactly: value)) }
      self = ["values": .array(items)]
    case .call(let result): self = ["call": try JSONValue(exactly: result)]
    case .calls(let results):
      var items: [JSONValue] = []
      for result in results { items.append(try JSONValue(exactly: result)) }
      self = ["calls": .array(items)]
    case .refused(let text): self = ["refused": .string(text)]
    }
  }

  /// The exact form of a result: `{"ok": v}` or `{"error": "text"}`.
  init(exactly result: CallResult) throws(JSONError) {
    switch result {
    case .success(let value): self = ["ok": try JSONValue(exactly: value)]
    case .failure(let text): self = ["error": .string(text)]
    }
  }
}

extension EffectOutcome {
  /// The answer that an exact form means. Throws if it is none.
  public init(exactly json: JSONValue) throws(JSONError) {
    guard let object = json.objectValue, object.count == 1 else {
      throw JSONError("an answer is an object of one member, such as {\"value\": 1}")
    }
    let value = object.values[0]
    switch object.keys[0] {
    case "done": self = .done
    case "value": self = .value(try HostValue(exactly: value))
    case "values":
      var values: [HostValue] = []
      for item in value.arrayValue ?? [] { values.append(try HostValue(exactly: item)) }
      self = .values(values)
    case "call": self = .call(try CallResult(exactly: value))
    case "calls":
      var results: [CallResult] = []
      for item in value.arrayValue ?? [] { results.append(try CallResult(exactly: item)) }
      self = .calls(results)
    case "refused": self = .refused(value.stringValue ?? "")
    default: throw JSONError("`\(object.keys[0])` is no kind of answer")
    }
  }
}

extension CallResult {
  /// The result that an exact form means. Throws if it is none.
  init(exactly json: JSONValue) throws(JSONError) {
    if let value = json["ok"] {
      self = .success(try HostValue(exactly: value))
    } else if let text = json["error"]?.stringValue {
      self = .failure(text)
    } else {
      throw JSONError("a result is {\"ok\": …} or {\"error\": \"…\"}")
    }
  }
}
