import LashLang

/// The builtins that the reference evaluator knows, by their rules (BLT-…).
enum ReferenceBuiltins {
  static let known: [Builtin] = [
    .len, .empty, .keys, .values, .entries, .contains, .push, .reverse, .sum, .min, .max, .sort,
    .join, .toString, .toJSON, .abs, .typeOf, .range, .slice, .flatten, .zip, .enumerate, .any,
    .all, .count, .indexOf, .unique, .merge, .without, .fromEntries, .repeat, .startsWith,
    .endsWith, .find, .split, .trim, .toInt, .floor, .ceil,
  ]

  static func call(
    _ builtin: Builtin, _ values: [ReferenceValue]
  ) throws(ReferenceFailure) -> ReferenceValue {
    switch builtin {
    case .len: .integer(Int64(try size(values[0])))
    case .empty: .bool(try size(values[0]) == 0)
    case .typeOf: .text(values[0].kind)
    case .toString: .text(values[0].textForm)
    case .toJSON: .text(values[0].jsonForm)
    case .contains: .bool(try values[0].contains(values[1]))
    case .keys, .values, .entries, .merge, .without, .fromEntries:
      try records(builtin, values)
    case .sum, .min, .max, .sort, .abs, .floor, .ceil, .toInt, .range:
      try numbers(builtin, values)
    case .join, .repeat, .startsWith, .endsWith, .find, .split, .trim: try texts(builtin, values)
    case .slice: try slice(values)
    default: try sequences(builtin, values)
    }
  }

  static func items(_ value: ReferenceValue) throws(ReferenceFailure) -> [ReferenceValue] {
    guard let items = value.items else { throw .init(.typeError) }
    return items
  }

  private static func size(_ value: ReferenceValue) throws(ReferenceFailure) -> Int {
    switch value {
    case .null: return 0
    case .text(let text): return text.unicodeScalars.count
    case .list(let items), .tuple(let items): return items.count
    case .record(let record): return record.fields.count
    default: throw .init(.typeError)
    }
  }

  // MARK: Sequences

  private static func sequences(
    _ builtin: Builtin, _ values: [ReferenceValue]
  ) throws(ReferenceFailure) -> ReferenceValue {
    if builtin == .push { return try values[0].applying("push", to: values[1]) }
    if builtin == .zip {
      var columns: [[ReferenceValue]] = []
      for value in values { columns.append(try items(value)) }
      let rows = columns.map(\.count).min() ?? 0
      return .list((0..<rows).map { row in .tuple(columns.map { $0[row] }) })
    }
    let xs = try items(values[0])
    switch builtin {
    case .reverse: return .list(xs.reversed())
    case .flatten: return .list(xs.flatMap { $0.items ?? [$0] })
    case .enumerate:
      var start: Int64 = 0
      if values.count > 1 {
        guard case .integer(let given)? = values[1].number else {
          throw .init(values[1].number == nil ? .typeError : .valueError)
        }
        start = given
      }
      return .list(
        xs.enumerated().map { place, item in
          let number = ReferenceNumber.integer(start).applying("+", to: .integer(Int64(place)))
          return .tuple([number, item])
        })
    case .any: return .bool(xs.contains { $0.isTrue })
    case .all: return .bool(xs.allSatisfy { $0.isTrue })
    case .count: return .integer(Int64(xs.count { $0.equals(values[1]) }))
    case .indexOf:
      return xs.firstIndex { $0.equals(values[1]) }.map { .integer(Int64($0)) } ?? .null
    case .unique:
      var seen: [ReferenceValue] = []
      for item in xs where !seen.contains(where: { $0.equals(item) }) { seen.append(item) }
      return .list(seen)
    default: preconditionFailure("the reference does not know `\(builtin.rawValue)`")
    }
  }

  private static func slice(_ values: [ReferenceValue]) throws(ReferenceFailure) -> ReferenceValue {
    let size = try {
      () throws(ReferenceFailure) in
      switch values[0] {
      case .text, .list, .tuple: try Self.size(values[0])
      default: throw .init(.typeError)
      }
    }()
    func bound(_ value: ReferenceValue, _ open: Int) throws(ReferenceFailure) -> Int {
      if value.isNull { return open }
      let offset = try value.asOffset()
      return min(max(offset < 0 ? offset + size : offset, 0), size)
    }
    let start = try bound(values[1], 0)
    let end = max(try bound(values[2], size), start)
    switch values[0] {
    case .text(let text):
      let scalars = Array(text.unicodeScalars)[start..<end]
      return .text(String(String.UnicodeScalarView(scalars)))
    case .tuple(let items): return .tuple(Array(items[start..<end]))
    default: return .list(Array(try items(values[0])[start..<end]))
    }
  }

  // MARK: Records

  private static func fields(
    _ value: ReferenceValue
  ) throws(ReferenceFailure) -> [(key: String, value: ReferenceValue)] {
    switch value {
    case .null: return []
    case .record(let record): return record.fields
    default: throw .init(.typeError)
    }
  }

  private static func records(
    _ builtin: Builtin, _ values: [ReferenceValue]
  ) throws(ReferenceFailure) -> ReferenceValue {
    var record = ReferenceRecord()
    switch builtin {
    case .keys: return .list(try fields(values[0]).map { .text($0.key) })
    case .values: return .list(try fields(values[0]).map(\.value))
    case .entries:
      return .list(try fields(values[0]).map { .tuple([.text($0.key), $0.value]) })
    case .merge:
      for value in values {
        for field in try fields(value) { record[field.key] = field.value }
      }
    case .without:
      let kept = try fields(values[0])
      var unwanted: [String] = []
      for key in values[1].items ?? [values[1]] { unwanted.append(try key.asText()) }
      for field in kept
      where !unwanted.contains(where: { ReferenceValue.textOrder($0, field.key) == 0 }) {
        record[field.key] = field.value
      }
    default:
      for pair in try items(values[0]) {
        guard let parts = pair.items, parts.count == 2 else { throw .init(.typeError) }
        record[try parts[0].asText()] = parts[1]
      }
    }
    return .record(record)
  }
}
