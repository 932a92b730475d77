import LashJSON
import LashVM

/// A host that answers module operations from a mock file, deterministically.
public struct MockHost: Sendable {
  private var file: MockFile
  private let echoesUnknown: Bool
  /// Answers given so far, by sequence.
  private var given: [Int]
  /// Payloads taken so far, by place in `MockFile.signals`.
  private var taken: [Int]
  /// The subscriptions of the module `triggers`.
  public package(set) var triggers = TriggerRegistry(registrant: "mock")
  private var clock = VirtualClock()

  /// A host at its beginning. With `echoesUnknown`, operations that the file lacks echo.
  public init(_ file: MockFile, echoesUnknown: Bool = false) {
    self.file = file
    self.echoesUnknown = echoesUnknown
    given = Array(repeating: 0, count: file.counters)
    taken = Array(repeating: 0, count: file.signals.count)
  }

  /// Goes on with another mock: sequences and signals begin anew, the clock and the registered triggers
  /// stay.
  package mutating func replace(by file: MockFile) {
    self.file = file
    given = Array(repeating: 0, count: file.counters)
    taken = Array(repeating: 0, count: file.signals.count)
  }

  /// How far each sequence and each signal is, in the order of the file.
  package var progress: (given: [Int], taken: [Int]) { (given, taken) }

  /// Goes on where a host of the same mock was; `false`, and nothing happens, if that was of another.
  package mutating func goOn(given: [Int], taken: [Int]) -> Bool {
    let plausible = 0...(1 << 53)
    guard given.count == self.given.count, taken.count == self.taken.count,
      (given + taken).allSatisfy(plausible.contains)
    else { return false }
    self.given = given
    self.taken = taken
    return true
  }

  /// Virtual milliseconds since the beginning.
  public var now: Int64 { clock.now }

  /// Answers operations that run concurrently, in their order; the slowest moves the clock.
  public mutating func answer(_ calls: [ModuleCall]) -> [CallResult] {
    let (results, delay) = reply(to: calls)
    clock.advance(by: delay)
    return results
  }

  /// Answers operations that run concurrently, in their order; tells how many virtual milliseconds the
  /// slowest takes, for a clock that is not the mock's own.
  public mutating func reply(to calls: [ModuleCall]) -> (results: [CallResult], delay: Int64) {
    var slowest: Int64 = 0
    var results: [CallResult] = []
    for call in calls {
      let (result, delay) = answer(call)
      slowest = max(slowest, delay)
      results.append(result)
    }
    return (results, slowest)
  }

  private mutating func answer(_ call: ModuleCall) -> (CallResult, delay: Int64) {
    let argument = call.shapedArgument
    if let answer = file.answer(path: call.path, operation: call.operation) {
      return follow(answer, argument)
    }
    if file.hasTriggers || !file.triggerSources.isEmpty, call.path == "triggers",
      let operation = TriggerOperation(rawValue: call.operation)
    {
      return (triggers.perform(operation, argument), 0)
    }
    if echoesUnknown { return (.success(argument.withoutTuples), 0) }
    return (.failure("the mock has no answer for `\(call.path).\(call.operation)`"), 0)
  }

  private mutating func follow(
    _ answer: MockAnswer, _ argument: HostValue
  ) -> (CallResult, delay: Int64) {
    switch answer.form {
    case .value(let value): return (.success(value), answer.delay)
    case .error(let text): return (.failure(text), answer.delay)
    case .echo: return (.success(argument.withoutTuples), answer.delay)
    case .echoField(let key):
      return (.success((argument[key] ?? .null).withoutTuples), answer.delay)
    case .sequence(let answers, let counter):
      let next = answers[min(given[counter], answers.count - 1)]
      given[counter] += 1
      let (result, delay) = follow(next, argument)
      return (result, answer.delay + delay)
    case .by(let field, let cases, let otherwise):
      let text = (try? (argument[field] ?? .null).text()) ?? ""
      guard let next = cases.first(where: { $0.text == text })?.answer ?? otherwise else {
        return (.failure("the mock has no case for `\(field)` = \(text)"), answer.delay)
      }
      let (result, delay) = follow(next, argument)
      return (result, answer.delay + delay)
    }
  }

  /// Whether the mock speaks for a signal.
  func listsSignal(_ name: String) -> Bool { file.signals.contains { $0.name == name } }

  /// The next payload of a signal, if one is left.
  package mutating func takeSignal(_ name: String) -> HostValue? {
    guard let place = file.signals.firstIndex(where: { $0.name == name }),
      taken[place] < file.signals[place].payloads.count
    else { return nil }
    taken[place] += 1
    return file.signals[place].payloads[taken[place] - 1]
  }
}

extension ModuleCall {
  /// The arguments as a tool sees them: one is itself, none is null, several are a list.
  var shapedArgument: HostValue {
    switch arguments.count {
    case 0: .null
    case 1: arguments[0]
    default: .list(arguments)
    }
  }
}

extension HostValue {
  /// The value after a way through JSON, where tuples are lists. Its depth must be bounded.
  var withoutTuples: HostValue {
    switch self {
    case .tuple(let items), .list(let items): .list(items.map(\.withoutTuples))
    case .record(let fields): .record(fields.map { HostField($0.key, $0.value.withoutTuples) })
    default: self
    }
  }
}
