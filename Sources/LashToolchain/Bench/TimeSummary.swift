import LashJSON

/// What repeated measurements of one thing came to, in nanoseconds.
public struct TimeSummary: Sendable, Equatable {
  /// The middle one; the mean of the middle two if they are even in number.
  public let median: UInt64
  /// The least.
  public let minimum: UInt64
  /// The range of the middle half: the third quartile less the first. Some outliers do not move it.
  public let spread: UInt64

  /// Sums up measurements, of which there must be at least one.
  public init(_ nanoseconds: [UInt64]) {
    precondition(!nanoseconds.isEmpty, "nothing was measured")
    let sorted = nanoseconds.sorted()
    let middle = sorted.count / 2
    let (below, above) = (sorted[(sorted.count - 1) / 2], sorted[middle])
    median = below + (above - below) / 2
    minimum = sorted[0]
    spread = sorted[(sorted.count - 1) * 3 / 4] - sorted[(sorted.count - 1) / 4]
  }

  /// `{"median": …, "minimum": …, "spread": …}`.
  var json: JSONValue {
    [
      "median": .integer(Int64(clamping: median)), "minimum": .integer(Int64(clamping: minimum)),
      "spread": .integer(Int64(clamping: spread)),
    ]
  }

  /// One line for people.
  var text: String {
    let (median, minimum, spread) = (
      RunReport.Statistics.milliseconds(median), RunReport.Statistics.milliseconds(minimum),
      RunReport.Statistics.milliseconds(spread)
    )
    return "\(median) (minimum \(minimum), spread \(spread))"
  }
}
