import LashJSON
import LashLang
import LashVM

/// The batch form of running: one JSON request in, one JSON report out, whatever comes.
public struct BatchRun: Sendable {
  private let setup: RunSetup

  /// A batch whose requests start from `setup`.
  public init(_ setup: RunSetup = RunSetup()) {
    self.setup = setup
  }

  /// Answers a request `{"id", "source", "mock"?, "auto"?, "fuel"?, "memory"?, "depth"?}`; other
  /// members are ignored. The answer is one line without its line end. A line that is no such
  /// request gets an `error` report.
  public func answer(_ line: [UInt8]) -> [UInt8] {
    let answer: JSONValue
    do throws(MockError) {
      answer = self.answer(try JSONPlace(text: line))
    } catch {
      answer = Self.refusal(error).json(id: .null)
    }
    return Array(answer.description.utf8)
  }

  /// The same for a request that is JSON already.
  public func answer(_ request: JSONValue) -> JSONValue {
    answer(JSONPlace(value: request))
  }

  private func answer(_ root: JSONPlace) -> JSONValue {
    let report: RunReport
    do throws(MockError) {
      report = try self.report(root)
    } catch {
      report = Self.refusal(error)
    }
    return report.json(id: root.member("id")?.value ?? .null)
  }

  private func report(_ root: JSONPlace) throws(MockError) -> RunReport {
    _ = try root.members("a request object with `id` and `source`")
    guard let text = root.member("source") else {
      throw MockError(at: "$", "needs `source`, the text of the program")
    }
    var setup = setup
    if let mock = root.member("mock"), !mock.value.isNull {
      do throws(MockError) {
        setup.mock = try MockFile(mock.value)
      } catch {
        throw MockError(at: error.path.map { "$.mock" + $0.dropFirst() }, error.message)
      }
    }
    if let auto = root.member("auto"), !auto.value.isNull {
      setup.echoesUnknown = try auto.bool()
    }
    try setup.bounds.read(root)
    return Run.report(SourceFile(name: "source", text: try text.text()), setup)
  }

  private static func refusal(_ error: MockError) -> RunReport {
    RunReport(refusal: "bad request: \(error)")
  }
}

extension Bounds {
  /// What each bound may be.
  public static let ranges: [(name: String, range: ClosedRange<Int>)] = [
    ("fuel", 0...Int.max), ("memory", 1 << 16...4 << 30), ("depth", 1...100_000),
  ]

  /// Sets the bound of a name; `false` if there is no such bound or the value is out of its range.
  public mutating func set(_ name: String, to value: Int) -> Bool {
    guard let range = Self.ranges.first(where: { $0.name == name })?.range, range.contains(value)
    else { return false }
    switch name {
    case "fuel": fuel = value
    case "memory": memory = value
    default: depth = value
    }
    return true
  }

  /// Takes the bounds that a request has.
  fileprivate mutating func read(_ root: JSONPlace) throws(MockError) {
    for (name, range) in Self.ranges {
      guard let place = root.member(name), !place.value.isNull else { continue }
      guard let number = place.value.integerValue, set(name, to: Int(number)) else {
        throw place.wrong("a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
    }
  }
}
