import LashJSON

@testable import LashVM

/// A host that keeps values and answers reads of them from the plain value, as the specification says:
/// the independent other side of lazy references.
struct ReferenceHost {
  private(set) var kept: [HostValue] = []
  /// What was read, such as `0 count`.
  private(set) var reads: [String] = []
  /// Whether references say their count.
  var knowsCounts = false

  /// Keeps a list, record or string and gives a reference; other values stay as they are.
  mutating func lend(_ value: HostValue) -> HostValue {
    let kind: LazyReference.Kind
    switch value {
    case .list: kind = .list
    case .record: kind = .record
    case .string: kind = .string
    default: return value
    }
    kept.append(value)
    return .lazyReference(
      LazyReference(
        id: "\(kept.count - 1)", kind: kind, count: knowsCounts ? Self.count(value) : nil))
  }

  mutating func answer(_ request: EffectRequest) -> EffectOutcome {
    guard case .lazyRead(let reads) = request else { return echo(request) }
    return .values(reads.map { answer($0) })
  }

  private mutating func answer(_ read: LazyRead) -> HostValue {
    reads.append("\(read.reference.id) \(read.part)")
    let value = kept[Int(read.reference.id) ?? 0]
    switch read.part {
    case .whole: return lendParts(of: value)
    case .count: return .integer(Int64(Self.count(value)))
    case .keys:
      guard case .record(let fields) = value else { return .null }
      return .list(fields.map { .string($0.key) })
    case .field(let name):
      guard case .record(let fields) = value else { return .null }
      return lend(fields.first { $0.key == name }?.value ?? .null)
    case .item(let position):
      let items = Self.items(value)
      let place = position < 0 ? position + items.count : position
      guard items.indices.contains(place) else { return .null }
      if case .string = value { return items[place] }
      return lend(items[place])
    case .slice(let from, let to):
      let items = Self.items(value)
      func clamp(_ bound: Int) -> Int {
        min(max(bound < 0 ? bound + items.count : bound, 0), items.count)
      }
      let start = clamp(from ?? 0)
      let part = items[start..<max(start, clamp(to ?? items.count))]
      if case .string = value { return .string(part.map(\.text).joined()) }
      return lendParts(of: .list(Array(part)))
    case .contains(let member): return .bool(Self.contains(value, plain(member)))
    case .find(let needle, let start):
      let scalars = Array(value.text.unicodeScalars)
      let wanted = Array(needle.unicodeScalars)
      guard start <= scalars.count else { return .null }
      let place = (start...scalars.count).first { scalars[$0...].starts(with: wanted) }
      return place.map { .integer(Int64($0)) } ?? .null
    }
  }

  private mutating func lendParts(of value: HostValue) -> HostValue {
    switch value {
    case .list(let items): return .list(items.map { lend($0) })
    case .record(let fields): return .record(fields.map { HostField($0.key, lend($0.value)) })
    default: return value
    }
  }

  /// A value with everything lazy in it replaced by what it stands for.
  func plain(_ value: HostValue) -> HostValue {
    switch value {
    case .list(let items): .list(items.map(plain))
    case .tuple(let items): .tuple(items.map(plain))
    case .record(let fields): .record(fields.map { HostField($0.key, plain($0.value)) })
    case .result(.success(let value)): .result(.success(plain(value)))
    case .lazyJSON(let json): (try? json.value()).map(HostValue.init(schema:)) ?? .null
    case .lazyReference(let reference): kept[Int(reference.id) ?? 0]
    default: value
    }
  }

  private static func items(_ value: HostValue) -> [HostValue] {
    switch value {
    case .list(let items): items
    case .string(let text): text.unicodeScalars.map { .string(String($0)) }
    default: []
    }
  }

  private static func count(_ value: HostValue) -> Int {
    if case .record(let fields) = value { return fields.count }
    return items(value).count
  }

  private static func contains(_ value: HostValue, _ member: HostValue) -> Bool {
    switch value {
    case .record(let fields): fields.contains { $0.key == member.text }
    case .list(let items): items.contains { isSame($0, member) }
    default:
      (0...count(value)).contains { start in
        items(value)[start...].starts(with: Array(member.text.unicodeScalars)) {
          $0.text == String($1)
        }
      }
    }
  }

  private static func isSame(_ a: HostValue, _ b: HostValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.double(let a), .double(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy(isSame)
    case (.record(let a), .record(let b)):
      a.count == b.count
        && a.allSatisfy { field in
          b.contains { $0.key == field.key && isSame($0.value, field.value) }
        }
    default: false
    }
  }
}
