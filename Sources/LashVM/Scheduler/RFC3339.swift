/// Instants as RFC 3339 text, such as `2030-01-31T08:00:00.5+01:00`.
package enum RFC3339 {
  /// Milliseconds since 1970-01-01T00:00:00Z, or `nil` if the text is no such instant. A leap
  /// second counts as the second after it.
  package static func milliseconds(_ text: String) -> Int64? {
    var reader = Reader(bytes: Array(text.utf8))
    guard let year = reader.number(digits: 4), reader.skip("-"),
      let month = reader.number(digits: 2), (1...12).contains(month), reader.skip("-"),
      let day = reader.number(digits: 2), (1...daysIn(month, of: year)).contains(day),
      reader.skip("T") || reader.skip("t") || reader.skip(" "),
      let hour = reader.number(digits: 2), hour < 24, reader.skip(":"),
      let minute = reader.number(digits: 2), minute < 60, reader.skip(":"),
      let second = reader.number(digits: 2), second <= 60
    else { return nil }
    var thousandths = 0
    if reader.skip(".") {
      guard let fraction = reader.thousandths() else { return nil }
      thousandths = fraction
    }
    guard let offset = reader.offset(), reader.isAtEnd else { return nil }
    let seconds = ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute - offset) * 60
    return Int64((seconds + second) * 1_000 + thousandths)
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func daysIn(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days of whole years before `year`, then of whole months, in the Gregorian calendar.
  private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
    func daysBefore(_ year: Int) -> Int {
      let last = year - 1
      return last * 365 + last.quotient(4) - last.quotient(100) + last.quotient(400)
    }
    let months = (1..<month).reduce(0) { $0 + daysIn($1, of: year) }
    return daysBefore(year) - daysBefore(1970) + months + day - 1
  }

  private struct Reader {
    let bytes: [UInt8]
    var place = 0

    var isAtEnd: Bool { place == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
      place += 1
      return true
    }

    mutating func digit() -> Int? {
      guard place < bytes.count, (0x30...0x39).contains(bytes[place]) else { return nil }
      place += 1
      return Int(bytes[place - 1] - 0x30)
    }

    mutating func number(digits: Int) -> Int? {
      var value = 0
      for _ in 0..<digits {
        guard let digit = digit() else { return nil }
        value = value * 10 + digit
      }
      return value
    }

    /// One or more digits after the point, cut to three.
    mutating func thousandths() -> Int? {
      guard let first = digit() else { return nil }
      var value = first * 100
      var weight = 10
      while let next = digit() {
        value += next * weight
        weight /= 10
      }
      return value
    }

    /// Minutes east of Greenwich.
    mutating func offset() -> Int? {
      if skip("Z") || skip("z") { return 0 }
      let sign = skip("+") ? 1 : skip("-") ? -1 : 0
      guard sign != 0, let hours = number(digits: 2), hours < 24, skip(":"),
        let minutes = number(digits: 2), minutes < 60
      else { return nil }
      return sign * (hours * 60 + minutes)
    }
  }
}

extension Int {
  /// Division that rounds down.
  fileprivate func quotient(_ divisor: Int) -> Int {
    self >= 0 ? self / divisor : (self + 1) / divisor - 1
  }
}
