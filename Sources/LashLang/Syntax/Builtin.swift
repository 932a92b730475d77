/// The builtin functions, by name (rules BLT-…).
public enum Builtin: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
  /// Number of scalars, items or fields.
  case len
  /// Whether there are no scalars, items or fields.
  case empty
  /// The keys of a record.
  case keys
  /// The values of a record.
  case values
  /// Membership in a string, sequence or record.
  case contains
  /// The offset of a text in a text.
  case find
  /// The lines that contain a text.
  case grepText = "grep_text"
  /// Whether a text begins with another.
  case startsWith = "starts_with"
  /// Whether a text ends with another.
  case endsWith = "ends_with"
  /// The pieces of a text between separators.
  case split
  /// The texts of a sequence in one.
  case join
  /// A text without white space at its ends.
  case trim
  /// A part of a string or sequence.
  case slice
  /// The text form of any value.
  case toString = "to_string"
  /// A number without its fraction.
  case toInt = "to_int"
  /// A number from a scalar.
  case toFloat = "to_float"
  /// The value of JSON text.
  case jsonParse = "json_parse"
  /// A template with its slots filled.
  case format
  /// A value that fits a Type value.
  case validate
  /// A list of numbers.
  case range
  /// The quotient rounded up.
  case ceilDiv = "ceil_div"
  /// The quotient rounded down.
  case floorDiv = "floor_div"
  /// A list with one more item.
  case push
  /// A sequence in order.
  case sort
  /// Records in the order of a field.
  case sortBy = "sort_by"
  /// The sum of numbers.
  case sum
  /// The least item.
  case min
  /// The greatest item.
  case max
  /// A text with a part replaced.
  case replace
  /// A text in lower case.
  case lower
  /// A text in upper case.
  case upper
  /// A sequence without repetitions.
  case unique
  /// A sequence backwards.
  case reverse
  /// The magnitude of a number.
  case abs
  /// The integer at or below a number.
  case floor
  /// The integer at or above a number.
  case ceil
  /// A number rounded, halves away from zero.
  case round
  /// The fields of a record as tuples.
  case entries
  /// A record of key and value pairs.
  case fromEntries = "from_entries"
  /// Records in one; the right one wins.
  case merge
  /// A record without some keys.
  case without
  /// A list with its lists taken apart, one level.
  case flatten
  /// Tuples of the items of several sequences.
  case zip
  /// Tuples of position and item.
  case enumerate
  /// Whether some item is truthy.
  case any
  /// Whether every item is truthy.
  case all
  /// How many items equal a value.
  case count
  /// The lines of a text.
  case lines
  /// JSON text.
  case toJSON = "to_json"
  /// The name of a value's kind.
  case typeOf = "type_of"
  /// The place of an item.
  case indexOf = "index_of"
  /// Records by the value of a field.
  case groupBy = "group_by"
  /// A text filled up at its start.
  case padStart = "pad_start"
  /// A text filled up at its end.
  case padEnd = "pad_end"
  /// A text several times.
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
