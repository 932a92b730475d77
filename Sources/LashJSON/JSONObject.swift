/// The members of a JSON object in order of insertion, each key once.
///
/// Keys are compared by their UTF-8 bytes. Lookup is O(1) on average. Two objects are equal when
/// they have equal members in whatever order.
public struct JSONObject: Sendable {
  private var members: [Element] = []
  /// Places of the keys; empty while the object is small enough to search.
  private var index: [ExactText: Int] = [:]

  /// Members up to which a search is quicker than the index.
  private static let searchLimit = 8

  /// An object without members.
  public init() {}

  /// An object of pairs. Of a repeated key the last value counts, at the first one's place.
  public init(_ pairs: [(String, JSONValue)]) {
    members.reserveCapacity(pairs.count)
    for (key, value) in pairs { self[key] = value }
  }

  /// The keys in order. O(n).
  public var keys: [String] { members.map(\.key) }

  /// The values in order. O(n).
  public var values: [JSONValue] { members.map(\.value) }

  /// The value of a key. Setting replaces in place or appends; setting nil removes, in O(n).
  public subscript(key: String) -> JSONValue? {
    get { place(of: key).map { members[$0].value } }
    set {
      guard let newValue else {
        removeValue(forKey: key)
        return
      }
      if let place = place(of: key) {
        members[place].value = newValue
      } else {
        append(key, newValue)
      }
    }
  }

  /// Removes a member, if there; its value. O(n).
  @discardableResult
  public mutating func removeValue(forKey key: String) -> JSONValue? {
    guard let place = place(of: key) else { return nil }
    let value = members.remove(at: place).value
    rebuildIndex()
    return value
  }

  private func place(of key: String) -> Int? {
    if index.isEmpty { return members.firstIndex { ExactText.same($0.key, key) } }
    return index[ExactText(key)]
  }

  private mutating func append(_ key: String, _ value: JSONValue) {
    members.append((key, value))
    if !index.isEmpty {
      index[ExactText(key)] = members.count - 1
    } else if members.count > Self.searchLimit {
      rebuildIndex()
    }
  }

  private mutating func rebuildIndex() {
    index.removeAll(keepingCapacity: true)
    guard members.count > Self.searchLimit else { return }
    for (place, member) in members.enumerated() { index[ExactText(member.key)] = place }
  }

  /// The same members, by ascending UTF-8 bytes of the keys. O(n log n).
  func sortedByKey() -> JSONObject {
    var sorted = self
    sorted.members.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    sorted.rebuildIndex()
    return sorted
  }
}

extension JSONObject: RandomAccessCollection {
  /// A key with its value.
  public typealias Element = (key: String, value: JSONValue)

  /// 0.
  public var startIndex: Int { 0 }

  /// The number of members.
  public var endIndex: Int { members.count }

  /// The member at a place in the order.
  public subscript(place: Int) -> Element { members[place] }
}

extension JSONObject: Hashable {
  /// Whether both have the same keys with equal values, in whatever order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.count == right.count && left.allSatisfy { right[$0.key] == $0.value }
  }

  /// Feeds a sum over the members, which does not depend on their order.
  public func hash(into hasher: inout Hasher) {
    var sum = 0
    for (key, value) in members {
      var member = Hasher()
      member.combine(ExactText(key))
      member.combine(value)
      sum &+= member.finalize()
    }
    hasher.combine(count)
    hasher.combine(sum)
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// An object of pairs, as ``init(_:)``.
  public init(dictionaryLiteral pairs: (String, JSONValue)...) { self.init(pairs) }
}
