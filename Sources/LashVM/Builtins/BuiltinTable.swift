import LashLang

/// The arguments of a builtin; see `BuiltinFunction`.
typealias Arguments = UnsafeMutablePointer<Value>

/// The code of a builtin: reads `count` arguments at `arguments`, gives a result owned by the caller.
///
/// The arguments stay owned by their slots, which the machine releases afterwards; a builtin may take
/// one over by leaving `Value.null` in its slot (to change it in place when it is the only owner).
typealias BuiltinFunction =
  @Sendable (_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value

/// The code of all builtins, a file for each family.
enum BuiltinTable {
  /// By position in `Builtin.allCases`.
  static let functions: [BuiltinFunction] = Builtin.allCases.map(function)

  private static func function(_ builtin: Builtin) -> BuiltinFunction {
    switch builtin {
    case .len: length
    case .empty: isEmpty
    case .keys: keys
    case .values: values
    case .contains: contains
    case .find: find
    case .grepText: grepText
    case .startsWith: startsWith
    case .endsWith: endsWith
    case .split: split
    case .join: join
    case .trim: trim
    case .slice: slice
    case .toString: toString
    case .toInt: toInt
    case .toFloat: toFloat
    case .jsonParse: jsonParse
    case .format: format
    case .validate: validate
    case .range: range
    case .ceilDiv: ceilDiv
    case .floorDiv: floorDiv
    case .push: push
    case .sort: sort
    case .sortBy: sortBy
    case .sum: sum
    case .min: minimum
    case .max: maximum
    case .replace: replace
    case .lower: lower
    case .upper: upper
    case .unique: unique
    case .reverse: reverse
    case .abs: absolute
    case .floor: floor
    case .ceil: ceil
    case .round: round
    case .entries: entries
    case .fromEntries: fromEntries
    case .merge: merge
    case .without: without
    case .flatten: flatten
    case .zip: zip
    case .enumerate: enumerate
    case .any: any
    case .all: all
    case .count: countOf
    case .lines: lines
    case .toJSON: toJSON
    case .typeOf: typeOf
    case .indexOf: indexOf
    case .groupBy: groupBy
    case .padStart: padStart
    case .padEnd: padEnd
    case .repeat: repeatText
    }
  }
}
