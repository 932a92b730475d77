/// How a builtin is called and what it does, in a line each, for people in editors and prompts.
public struct BuiltinPage: Sendable {
  /// The call with parameters and result, in the syntax of a function head; `?` after a type means
  /// that the argument may be left out, `...` that more may follow.
  public let signature: String
  /// What it does.
  public let summary: String

  init(_ signature: String, _ summary: String) {
    self.signature = signature
    self.summary = summary
  }

  /// The parameters as they stand in the signature.
  public var parameters: [Substring] {
    guard let open = signature.firstIndex(of: "("), let arrow = signature.range(of: ") -> ") else {
      return []
    }
    return signature[signature.index(after: open)..<arrow].split(separator: ",").map {
      $0.drop { $0 == " " }
    }
  }
}

extension Builtin {
  /// Its page.
  public var page: BuiltinPage {
    switch self {
    case .len:
      BuiltinPage(
        "len(x: str | list[any] | dict) -> int",
        "The number of scalars of a text, items of a sequence or fields of a record; 0 of null.")
    case .empty: BuiltinPage("empty(x: str | list[any] | dict) -> bool", "Whether `len(x)` is 0.")
    case .keys: BuiltinPage("keys(record: dict) -> list[str]", "The keys of a record, in order.")
    case .values:
      BuiltinPage(
        "values(record: dict) -> list[any]",
        "The values of a record, in order.")
    case .contains:
      BuiltinPage(
        "contains(x: str | list[any] | dict, needle: any) -> bool", "The same as `needle in x`.")
    case .find:
      BuiltinPage(
        "find(text: str, needle: str, start: int?) -> int | null",
        "The offset of the first `needle` at or after `start`, or null.")
    case .grepText:
      BuiltinPage(
        "grep_text(text: str, needle: str) -> list[dict]",
        "The lines that contain `needle`, with their numbers.")
    case .startsWith:
      BuiltinPage(
        "starts_with(text: str, prefix: str) -> bool",
        "Whether a text begins with another.")
    case .endsWith:
      BuiltinPage(
        "ends_with(text: str, suffix: str) -> bool",
        "Whether a text ends with another.")
    case .split:
      BuiltinPage(
        "split(text: str, separator: str) -> list[str]",
        "The pieces between separators, empty ones kept.")
    case .join:
      BuiltinPage(
        "join(items: list[any], separator: str) -> str",
        "The items as text, with the separator between.")
    case .trim: BuiltinPage("trim(text: str) -> str", "The text without white space at both ends.")
    case .slice:
      BuiltinPage(
        "slice(x: str | list[any], start: int, end: int) -> str | list[any]",
        "The part from offset `start` before `end`; null is the end that it stands at.")
    case .toString: BuiltinPage("to_string(x: any) -> str", "The text form of any value.")
    case .toInt: BuiltinPage("to_int(x: any) -> int", "A number, truncated toward zero.")
    case .toFloat: BuiltinPage("to_float(x: any) -> float", "A number from a scalar.")
    case .jsonParse: BuiltinPage("json_parse(text: str) -> any", "The value of JSON text.")
    case .format:
      BuiltinPage(
        "format(template: str, values: any...) -> str",
        "The template with its `{}` replaced in order, or `{N}` by position.")
    case .validate:
      BuiltinPage(
        "validate(x: any, type: Type) -> any",
        "The value, fitted to a type; an error if it does not fit.")
    case .range:
      BuiltinPage(
        "range(start: int, end: int?, step: int?) -> list[int]",
        "The integers from start (0) up to, without, the end.")
    case .ceilDiv: BuiltinPage("ceil_div(a: int, b: int) -> int", "The quotient rounded up.")
    case .floorDiv: BuiltinPage("floor_div(a: int, b: int) -> int", "The quotient rounded down.")
    case .push:
      BuiltinPage(
        "push(list: list[any], item: any) -> list[any]",
        "A list with one more item at its end; the old list stays as it is.")
    case .sort:
      BuiltinPage(
        "sort(items: list[any], order: str?) -> list[any]",
        "The items in order, `\"asc\"` or `\"desc\"`; equal ones keep their places.")
    case .sortBy:
      BuiltinPage(
        "sort_by(rows: list[dict], path: str, order: str?) -> list[dict]",
        "Records in the order of the value at a dotted path.")
    case .sum: BuiltinPage("sum(numbers: list[float]) -> float", "The sum, 0 of nothing.")
    case .min: BuiltinPage("min(items: list[any]) -> any", "The least item, the first of equals.")
    case .max:
      BuiltinPage(
        "max(items: list[any]) -> any",
        "The greatest item, the first of equals.")
    case .replace:
      BuiltinPage(
        "replace(text: str, old: str, new: str) -> str",
        "Every occurrence replaced, from left to right.")
    case .lower: BuiltinPage("lower(text: str) -> str", "The text in lower case.")
    case .upper: BuiltinPage("upper(text: str) -> str", "The text in upper case.")
    case .unique:
      BuiltinPage(
        "unique(items: list[any]) -> list[any]",
        "The items without repetitions, first ones kept.")
    case .reverse: BuiltinPage("reverse(items: list[any]) -> list[any]", "The items backwards.")
    case .abs: BuiltinPage("abs(x: float) -> float", "The magnitude.")
    case .floor: BuiltinPage("floor(x: float) -> int", "The integer at or below a number.")
    case .ceil: BuiltinPage("ceil(x: float) -> int", "The integer at or above a number.")
    case .round:
      BuiltinPage(
        "round(x: float, digits: int?) -> float",
        "The nearest number with so many decimals (0), halves away from zero.")
    case .entries:
      BuiltinPage(
        "entries(record: dict) -> list[any]",
        "The fields as `(key, value)` tuples.")
    case .fromEntries:
      BuiltinPage(
        "from_entries(pairs: list[any]) -> dict",
        "A record of `(key, value)` pairs.")
    case .merge:
      BuiltinPage(
        "merge(first: dict, more: dict...) -> dict",
        "The fields of all records; the right one wins.")
    case .without:
      BuiltinPage(
        "without(record: dict, keys: str | list[str]) -> dict",
        "The record without a key, or without each of some keys.")
    case .flatten:
      BuiltinPage(
        "flatten(items: list[any]) -> list[any]",
        "The items, sequences among them taken apart one level deep.")
    case .zip:
      BuiltinPage(
        "zip(first: list[any], second: list[any], more: list[any]...) -> list[any]",
        "Tuples of the items at the same position, as many as the shortest has.")
    case .enumerate:
      BuiltinPage(
        "enumerate(items: list[any], start: int?) -> list[any]",
        "`(position, item)` tuples, from `start` (0).")
    case .any: BuiltinPage("any(items: list[any]) -> bool", "Whether some item is true.")
    case .all: BuiltinPage("all(items: list[any]) -> bool", "Whether every item is true.")
    case .count:
      BuiltinPage(
        "count(items: list[any], x: any) -> int",
        "How many items equal a value.")
    case .lines: BuiltinPage("lines(text: str) -> list[str]", "The lines of a text.")
    case .toJSON:
      BuiltinPage(
        "to_json(x: any, indent: int?) -> str",
        "JSON text; with an indent of 1 to 10, one item a line.")
    case .typeOf: BuiltinPage("type_of(x: any) -> str", "The name of a value's kind.")
    case .indexOf:
      BuiltinPage(
        "index_of(items: list[any], x: any) -> int | null",
        "The position of the first equal item, or null.")
    case .groupBy:
      BuiltinPage(
        "group_by(rows: list[dict], path: str) -> dict",
        "A record of lists of records, by the value at a dotted path.")
    case .padStart:
      BuiltinPage(
        "pad_start(text: str, width: int, fill: str?) -> str",
        "The text filled up at its start.")
    case .padEnd:
      BuiltinPage(
        "pad_end(text: str, width: int, fill: str?) -> str",
        "The text filled up at its end.")
    case .`repeat`: BuiltinPage("repeat(text: str, count: int) -> str", "The text several times.")
    }
  }
}

extension String {
  /// Where a text begins that occurs in it.
  fileprivate func range(of text: String) -> String.Index? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(text) { return place }
      place = index(after: place)
    }
    return nil
  }
}
