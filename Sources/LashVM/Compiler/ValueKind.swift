import LashLang

/// What the compiler knows about a value without a type system: enough to tell which temporaries
/// may hold strings or containers. A wrong guess would cost speed, never safety.
enum ValueKind: UInt8 {
  /// Nothing is known yet; the value of a name that is never assigned.
  case none
  case null
  case bool
  case number
  /// Null, a boolean or a number.
  case scalar
  case text
  case list
  /// Anything.
  case any

  /// Whether it is surely no string and no container.
  var isScalar: Bool { rawValue <= ValueKind.scalar.rawValue }

  /// What a value is that is of one kind or the other.
  func joined(with other: ValueKind) -> ValueKind {
    if self == other || other == .none { return self }
    if self == .none { return other }
    return isScalar && other.isScalar ? .scalar : .any
  }

  /// The kind of a sum.
  static func sum(_ left: ValueKind, _ right: ValueKind) -> ValueKind {
    if left == .none || right == .none { return .none }
    if left == .text || right == .text { return .text }
    if left.isScalar && right.isScalar { return .number }
    return left == .list && right == .list ? .list : .any
  }
}

extension Builtin {
  /// The kind of its results.
  var resultKind: ValueKind {
    switch self {
    case .len, .toInt, .toFloat, .ceilDiv, .floorDiv, .sum, .abs, .floor, .ceil, .round, .count:
      .number
    case .empty, .contains, .startsWith, .endsWith, .any, .all: .bool
    case .find, .indexOf: .scalar
    case .join, .trim, .toString, .format, .replace, .lower, .upper, .toJSON, .typeOf, .padStart,
      .padEnd, .repeat:
      .text
    case .keys, .values, .grepText, .split, .range, .push, .sort, .sortBy, .unique, .reverse,
      .entries, .flatten, .zip, .enumerate, .lines:
      .list
    case .slice, .jsonParse, .validate, .min, .max, .fromEntries, .merge, .without, .groupBy: .any
    }
  }
}
