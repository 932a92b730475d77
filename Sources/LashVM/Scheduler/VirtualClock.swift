import LashJSON

/// A clock that only a scheduler moves: milliseconds since 1970, from 0 unless told otherwise.
public struct VirtualClock: Sendable {
  /// The present instant.
  public private(set) var now: Int64

  /// A clock that shows an instant.
  public init(now: Int64 = 0) { self.now = now }

  /// Why a duration or an instant was refused.
  public struct Refusal: Error, Sendable {
    /// What was expected and what came, as a phrase.
    public let message: String
  }

  /// Moves on; stops at the end of time.
  public mutating func advance(by milliseconds: Int64) { now = after(milliseconds) }

  /// Moves on to an instant; a past one changes nothing.
  public mutating func advance(to instant: Int64) { now = max(now, instant) }

  /// The instant so many milliseconds from now; at most the end of time.
  func after(_ milliseconds: Int64) -> Int64 {
    let (sum, overflow) = now.addingReportingOverflow(max(0, milliseconds))
    return overflow ? .max : sum
  }

  /// Moves on by a duration: milliseconds, or a text such as `250`, `1.5s`, `2 h`.
  package mutating func sleep(for value: HostValue) throws(Refusal) {
    advance(by: try Self.duration(value))
  }

  /// Moves on to an instant: milliseconds since 1970 or RFC 3339 text. A past one changes nothing.
  package mutating func sleep(until value: HostValue) throws(Refusal) {
    now = max(now, try Self.instant(value))
  }

  /// The milliseconds that the operand of `sleep for` means (rule EFF-19).
  public static func duration(_ value: HostValue) throws(Refusal) -> Int64 {
    if let milliseconds = count(value) { return milliseconds }
    guard case .string(let text) = value else {
      throw Refusal(
        message: "`sleep for` expects a non-negative millisecond number or duration string, got "
          + Self.shown(value))
    }
    let units: [(suffix: String, factor: Double)] = [
      ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("", 1),
    ]
    let trimmed = text.trimmingWhitespace
    guard let unit = units.first(where: { trimmed.hasSuffix($0.suffix) }) else { return 0 }
    let digits = trimmed.dropLast(unit.suffix.count).trimmingWhitespace
    let isNumber = digits.utf8.first.map { $0 == 0x2B || $0 == 0x2D || $0 == 0x2E || $0 < 0x3A }
    let isHexadecimal = digits.utf8.contains { $0 | 0x20 == UInt8(ascii: "x") }
    guard isNumber == true, !isHexadecimal, let number = Double(digits) else {
      throw Refusal(
        message: "invalid duration `\(text)`: expected a number with `ms`, `s`, `m` or `h`")
    }
    let milliseconds = (number * unit.factor).rounded()
    guard milliseconds.isFinite, milliseconds >= 0 else {
      throw Refusal(message: "invalid duration `\(text)`: expected a non-negative finite number")
    }
    return Int64(exactly: milliseconds) ?? .max
  }

  /// The instant that the operand of `sleep until` means (rule EFF-19).
  public static func instant(_ value: HostValue) throws(Refusal) -> Int64 {
    if let milliseconds = count(value) { return milliseconds }
    let expected = "`sleep until` expects RFC3339 text or Unix epoch milliseconds"
    guard case .string(let text) = value else {
      throw Refusal(message: "\(expected), got \(shown(value))")
    }
    guard let instant = RFC3339.milliseconds(String(text.trimmingWhitespace)) else {
      throw Refusal(message: "\(expected): `\(text)` is not like 2030-01-31T08:00:00Z")
    }
    return max(0, instant)
  }

  /// A finite number from 0, rounded.
  private static func count(_ value: HostValue) -> Int64? {
    switch value {
    case .integer(let number) where number >= 0: number
    case .double(let number) where number.isFinite && number >= 0:
      Int64(exactly: number.rounded()) ?? .max
    default: nil
    }
  }

  private static func shown(_ value: HostValue) -> String {
    if case .string = value { return value.kind }
    return (try? value.text()) ?? value.kind
  }
}

extension StringProtocol {
  package var trimmingWhitespace: SubSequence {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return self[startIndex..<startIndex] }
    return self[first...last]
  }
}
