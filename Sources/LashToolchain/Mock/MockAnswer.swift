import LashJSON
import LashVM

/// How a mock operation answers a call.
public struct MockAnswer: Sendable {
  /// What it answers.
  let form: Form
  /// Virtual milliseconds that the answer takes.
  let delay: Int64

  indirect enum Form: Sendable {
    case value(HostValue)
    case error(String)
    case echo
    case echoField(String)
    /// Answers in turn, the last repeats; the counter's number among all of the file.
    case sequence([MockAnswer], counter: Int)
    case by(field: String, cases: [(text: String, answer: MockAnswer)], otherwise: MockAnswer?)
  }

  init(_ form: Form, delay: Int64 = 0) {
    self.form = form
    self.delay = delay
  }

  /// The members that say how; an answer has exactly one.
  package static let keys = ["value", "error", "echo", "seq", "by", "lazy"]
  /// A hundred years.
  static let longestDelay: Int64 = 3_155_760_000_000
  static let extraKeys = ["delay_ms", "input", "output", "output_from_input"]

  /// Reads an answer; `counters` counts the sequences of the file so far.
  init(_ place: JSONPlace, counters: inout Int) throws(MockError) {
    let expected = "an object such as {\"value\": 1}, {\"error\": \"…\"} or {\"echo\": true}"
    let given = try place.members(expected).filter { Self.keys.contains($0.key) }
    try place.allow(Self.keys + Self.extraKeys)
    guard let first = given.first, given.count == 1 else {
      let names = Self.keys.map { "`\($0)`" }.joined(separator: ", ")
      throw MockError(
        at: place.path,
        "an answer has exactly one of \(names); this one has \(given.isEmpty ? "none" : "several")")
    }
    form = try Self.form(first.key, first.place, counters: &counters)
    delay =
      try place.member("delay_ms").map { (delay) throws(MockError) in
        guard let number = delay.value.integerValue, (0...Self.longestDelay).contains(number) else {
          throw delay.wrong("a whole number of milliseconds from 0 to \(Self.longestDelay)")
        }
        return number
      } ?? 0
  }

  private static func form(
    _ key: String, _ place: JSONPlace, counters: inout Int
  ) throws(MockError) -> Form {
    switch key {
    case "error": return .error(try place.text())
    case "echo":
      if let field = place.value.stringValue { return .echoField(field) }
      guard place.value == true else { throw place.wrong("true or the name of a field") }
      return .echo
    case "seq":
      let places = try place.items("an array of answers")
      guard !places.isEmpty else { throw MockError(at: place.path, "needs at least one answer") }
      let counter = counters
      counters += 1
      var answers: [MockAnswer] = []
      for item in places { answers.append(try MockAnswer(item, counters: &counters)) }
      return .sequence(answers, counter: counter)
    case "by": return try by(place, counters: &counters)
    case "lazy": return .value(try place.lazyValue())
    default: return .value(try place.hostValue())
    }
  }

  private static func by(_ place: JSONPlace, counters: inout Int) throws(MockError) -> Form {
    try place.allow(["field", "cases", "else"])
    guard let field = place.member("field"), let listed = place.member("cases") else {
      throw MockError(at: place.path, "needs `field` and `cases`")
    }
    var cases: [(text: String, answer: MockAnswer)] = []
    for (text, answer) in try listed.members("an object of answers") {
      cases.append((text, try MockAnswer(answer, counters: &counters)))
    }
    var otherwise: MockAnswer?
    if let last = place.member("else") { otherwise = try MockAnswer(last, counters: &counters) }
    return .by(field: try field.text(), cases: cases, otherwise: otherwise)
  }
}

extension HostValue {
  fileprivate var hasImages: Bool {
    switch self {
    case .image: true
    case .list(let items): items.contains(where: \.hasImages)
    case .record(let fields): fields.contains(where: \.value.hasImages)
    default: false
    }
  }
}

extension JSONPlace {
  /// The value as JSON text that the program reads in place; plain if there are images in it, which are
  /// no JSON.
  func lazyValue() throws(MockError) -> HostValue {
    let plain = try hostValue()
    return plain.hasImages ? plain : .lazyJSON(LazyJSON(JSONDocument(value.description)))
  }

  /// The value for a program; `{"$image": {"id": …}}` is an image.
  func hostValue() throws(MockError) -> HostValue {
    try HostValue(value) { (object) throws(MockError) in
      guard object.count == 1, let inner = object["$image"] else { return nil }
      guard let image = HostImage(json: inner) else {
        throw MockError(at: path, "`$image` needs an object with a text `id`")
      }
      return .image(image)
    }
  }
}
