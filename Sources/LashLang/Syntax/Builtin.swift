/// The builtin functions, by name (rules BLT-…).
public enum Builtin: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
  case len, empty, keys, values, contains, find
  case grepText = "grep_text"
  case startsWith = "starts_with"
  case endsWith = "ends_with"
  case split, join, trim, slice
  case toString = "to_string"
  case toInt = "to_int"
  case toFloat = "to_float"
  case jsonParse = "json_parse"
  case format, validate, range
  case ceilDiv = "ceil_div"
  case floorDiv = "floor_div"
  case push, sort
  case sortBy = "sort_by"
  case sum, min, max, replace, lower, upper, unique, reverse
  case abs, floor, ceil, round, entries
  case fromEntries = "from_entries"
  case merge, without, flatten, zip, enumerate, any, all, count, lines
  case toJSON = "to_json"
  case typeOf = "type_of"
  case indexOf = "index_of"
  case groupBy = "group_by"
  case padStart = "pad_start"
  case padEnd = "pad_end"
  case `repeat`

  /// The least number of arguments.
  public var minimumArguments: Int { arity.lowerBound }
  /// The greatest number of arguments; `nil` without bound.
  public var maximumArguments: Int? { arity.upperBound == Int.max ? nil : arity.upperBound }

  /// Whether the reference has it too; its name is then refused for a `fn` (rule FN-6).
  public var isReserved: Bool {
    switch self {
    case .abs, .floor, .ceil, .round, .entries, .fromEntries, .merge, .without, .flatten, .zip,
      .enumerate, .any, .all, .count, .lines, .toJSON, .typeOf, .indexOf, .groupBy, .padStart,
      .padEnd, .repeat:
      false
    default: true
    }
  }

  private var arity: ClosedRange<Int> {
    switch self {
    case .contains, .grepText, .startsWith, .endsWith, .split, .join, .validate, .ceilDiv,
      .floorDiv, .push, .without, .count, .indexOf, .groupBy, .repeat:
      2...2
    case .find, .sortBy, .padStart, .padEnd: 2...3
    case .slice, .replace: 3...3
    case .format: 1...Int.max
    case .merge: 1...Int.max
    case .zip: 2...Int.max
    case .range: 1...3
    case .sort, .round, .toJSON, .enumerate: 1...2
    default: 1...1
    }
  }
}
