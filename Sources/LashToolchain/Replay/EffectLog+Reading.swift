import LashJSON
import LashLang
import LashVM

extension EffectLog {
  /// Reads a log. The error names the line that is damaged, missing or of another version.
  public init(reading bytes: [UInt8]) throws(LogError) {
    var lines = LogLines(bytes)
    guard let header = try lines.next() else { throw LogError(line: 1, "the log is empty") }
    try self.init(header: header)
    while let line = try lines.next() {
      guard end == nil else {
        throw LogError(line: lines.number, "a line follows the end of the run")
      }
      try read(line, lines.number)
    }
  }

  private init(header: JSONValue) throws(LogError) {
    guard let version = header["lash_log"]?.integerValue else {
      throw LogError(line: 1, "this is no log of a run: `lash_log` is missing")
    }
    guard version == Self.version else {
      throw LogError(
        line: 1,
        "the log has version \(version), this is version \(Self.version): record the run again")
    }
    guard let identity = header["program"]?.stringValue, let code = header["code"]?.stringValue,
      let bytes = [UInt8](hexadecimal: code)
    else { throw LogError(line: 1, "the program is missing") }
    do throws(ProgramFormatError) {
      program = try Program(decoding: bytes)
    } catch {
      throw LogError(line: 1, "\(error)")
    }
    guard SHA256.hexText(program.identity) == identity else {
      throw LogError(
        line: 1, "the program is not the one that was recorded: its identity is another")
    }
    do throws(JSONError) {
      globals = try HostValue(exactly: header["globals"] ?? .null).fields
      entry = .main
      if let process = header["process"]?.stringValue {
        let arguments = try HostValue(exactly: header["arguments"] ?? .null).fields
        entry = .process(process, arguments: arguments)
      }
    } catch {
      throw LogError(line: 1, error.reason)
    }
    bounds = Bounds()
    limits = SchedulerLimits()
    func number(_ group: String, _ name: String) throws(LogError) -> Int {
      guard let number = header[group]?[name]?.integerValue, number >= 0 else {
        throw LogError(line: 1, "`\(group).\(name)` is missing")
      }
      return Int(number)
    }
    bounds.fuel = try number("bounds", "fuel")
    bounds.memory = try number("bounds", "memory")
    bounds.depth = try number("bounds", "depth")
    limits.fuel = try number("limits", "fuel")
    limits.memory = try number("limits", "memory")
    limits.living = try number("limits", "living")
    limits.starts = try number("limits", "starts")
    limits.slice = try number("limits", "slice")
  }

  private mutating func read(_ json: JSONValue, _ line: Int) throws(LogError) {
    if let end = json["end"] {
      guard let now = end["now"]?.integerValue, let fuel = end["fuel"]?.integerValue,
        let state = end["state"]?.stringValue
      else { throw LogError(line: line, "the end of the run is not complete") }
      guard end["entries"]?.integerValue == Int64(entries.count) else {
        throw LogError(
          line: line,
          "entry \(entries.count + 1) is missing: the run had \(end["entries"] ?? .null) entries")
      }
      self.end = End(line: line, now: now, fuel: Int(fuel), state: state)
      return
    }
    if let dropped = json["dropped"] {
      do throws(JSONError) {
        self.dropped.append(try Settled(dropped, line, dropped["now"]?.integerValue ?? 0))
      } catch {
        throw LogError(line: line, error.reason)
      }
      return
    }
    guard let number = json["n"]?.integerValue, let now = json["now"]?.integerValue else {
      throw LogError(line: line, "the line is neither an effect nor a start nor the end")
    }
    guard number == Int64(entries.count + 1) else {
      throw LogError(line: line, "entry \(entries.count + 1) is missing: here stands \(number)")
    }
    do throws(JSONError) {
      entries.append(
        json["start"] == nil
          ? .effect(try Settled(json, line, now)) : .start(try Start(json, line, now)))
    } catch {
      throw LogError(line: line, error.reason)
    }
  }
}

extension EffectLog.Settled {
  fileprivate init(_ json: JSONValue, _ line: Int, _ now: Int64) throws(JSONError) {
    guard let key = json["key"]?.stringValue ?? json["run"]?.stringValue else {
      throw JSONError("the effect has no key")
    }
    guard let request = json["request"], let fuel = json["fuel"]?.integerValue else {
      throw JSONError("the effect `\(key)` has no request")
    }
    guard let answer = json["answer"] else { throw JSONError("the effect `\(key)` has no answer") }
    let delay = json["delay"]?.integerValue ?? 0
    self.init(
      line: line, key: key, now: now, fuel: Int(fuel), request: request,
      answer: try EffectOutcome(exactly: answer), answerJSON: answer, delay: max(0, delay),
      isFromHost: json["host"] == true)
  }
}

extension EffectLog.Start {
  fileprivate init(_ json: JSONValue, _ line: Int, _ now: Int64) throws(JSONError) {
    guard let start = json["start"], let run = start["run"]?.stringValue.flatMap({ RunKey($0) }),
      let process = start["process"]?.stringValue
    else { throw JSONError("the start names no run and process") }
    self.init(
      line: line, now: now, run: run, process: process,
      arguments: try HostValue(exactly: start["arguments"] ?? .null).fields)
  }
}

/// The lines of a log, each checked against its sum.
private struct LogLines {
  private var rest: ArraySlice<UInt8>
  private var sum = LogLine.firstSum
  private(set) var number = 0

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func next() throws(LogError) -> JSONValue? {
    guard !rest.isEmpty else { return nil }
    number += 1
    let end = rest.firstIndex(of: 0x0A)
    let bytes = rest[..<(end ?? rest.endIndex)]
    rest = end.map { rest[($0 + 1)...] } ?? []
    guard let line = String(validating: bytes, as: UTF8.self) else {
      throw LogError(line: number, "the line is damaged: it is not UTF-8")
    }
    guard let (text, found) = LogLine.opened(line) else {
      throw LogError(
        line: number,
        end == nil
          ? "the line is cut off: the recording was broken off here"
          : "the line is damaged: it does not end in its sum")
    }
    sum = LogLine.sum(of: text, after: sum)
    guard sum == found else {
      throw LogError(
        line: number, "the line, or the number of lines before it, was changed: its sum is another")
    }
    do throws(JSONError) {
      return try JSONReader(maximumDepth: 700, maximumBytes: .max).read(text)
    } catch {
      throw LogError(line: number, "the line is no JSON: \(error)")
    }
  }
}

extension HostValue {
  /// The fields of a record; of anything else none.
  var fields: [HostField] {
    guard case .record(let fields) = self else { return [] }
    return fields
  }
}

extension [UInt8] {
  /// The bytes of hexadecimal digits; `nil` if there are others.
  package init?(hexadecimal text: String) {
    func digit(_ byte: UInt8) -> UInt8? {
      switch byte {
      case 0x30...0x39: byte - 0x30
      case 0x61...0x66: byte - 0x61 + 10
      default: nil
      }
    }
    self = []
    reserveCapacity(text.utf8.count / 2)
    var high: UInt8?
    for byte in text.utf8 {
      guard let value = digit(byte) else { return nil }
      if let upper = high {
        append(upper << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    if high != nil { return nil }
  }
}
