import LashLang

// What the language can do with a lazy value without making it plain (rule VAL-19).

extension Heap {
  /// The field of a lazy record, or null; owned by the caller.
  func lazyField(_ lazy: Object, _ name: Value) throws(Fault) -> Value {
    if let plain = knownPlain(lazy) { return try member(plain, name) }
    return lazy.pointee.kind == .lazyJSON
      ? try jsonField(lazy, name) : try read(lazy, .field, name)
  }

  /// The element of a lazy value at an index, owned by the caller.
  func lazyElement(_ lazy: Object, _ index: Value) throws(Fault) -> Value {
    if let plain = knownPlain(lazy) { return try element(plain, index) }
    switch lazyKind(lazy) {
    case .record:
      let key = try coerceText(index)
      defer { release(key) }
      return try lazyField(lazy, key)
    case .list where lazy.pointee.kind == .lazyJSON:
      guard let position = try position(index, count: try jsonCount(lazy)) else { return .null }
      return try jsonItem(lazy, position)
    case .string where lazy.pointee.kind == .lazyJSON:
      return try element(try settled(Value(lazy)), index)
    default:
      let offset = try number(try coerceOffset(index))
      defer { release(offset) }
      return try read(lazy, .item, offset)
    }
  }

  /// The items, fields or scalars of a lazy value.
  func lazyCount(_ lazy: Object) throws(Fault) -> Int {
    if lazy.pointee.kind == .lazyJSON { return try jsonCount(lazy) }
    if case .integer(let count)? = Number(lazy.values[LazyPart.count]) { return Int(count) }
    if let plain = knownPlain(lazy), !isLazy(plain) {
      return plain.isString ? scalarCount(plain.object) : Int(plain.object.pointee.count)
    }
    let count = try read(lazy, .count)
    defer { release(count) }
    return try coerceOffset(count)
  }

  /// Whether a lazy value counts as true.
  func lazyIsTruthy(_ lazy: Object) throws(Fault) -> Bool {
    lazy.pointee.kind == .lazyJSON ? try jsonIsTruthy(lazy) : try lazyCount(lazy) > 0
  }

  /// The keys of a lazy record, owned by the caller; nil for other values.
  func lazyKeys(_ value: Value) throws(Fault) -> Value? {
    guard value.isKind(.reference), lazyKind(value.object) == .record,
      knownPlain(value.object) == nil
    else { return nil }
    return try read(value.object, .keys)
  }

  /// The position of a text in a lazy one, owned by the caller; nil for other values.
  func lazyFind(_ value: Value, _ needle: Value, from start: Int) throws(Fault) -> Value? {
    guard value.isKind(.reference), lazyKind(value.object) == .string,
      knownPlain(value.object) == nil
    else { return nil }
    let needle = try coerceText(needle)
    defer { release(needle) }
    let start = try number(start)
    defer { release(start) }
    return try read(value.object, .find, needle, start)
  }

  /// A part of a lazy list or text, owned by the caller; nil for other values.
  func lazySlice(_ value: Value, _ from: Value, _ to: Value) throws(Fault) -> Value? {
    guard isLazy(value), lazyKind(value.object) != .record, knownPlain(value.object) == nil else {
      return nil
    }
    let lazy = value.object
    if lazy.pointee.kind == .reference {
      let start = try bound(from)
      defer { release(start) }
      let end = try bound(to)
      defer { release(end) }
      return try read(lazy, .slice, start, end)
    }
    guard lazyKind(lazy) == .list else { return nil }
    let size = try jsonCount(lazy)
    let start = try clamped(from, size: size, open: 0)
    let end = max(try clamped(to, size: size, open: size), start)
    return try jsonItems(lazy, start..<end)
  }

  /// A bound of a slice as a number or null, owned by the caller.
  private func bound(_ value: Value) throws(Fault) -> Value {
    value.isNull ? .null : try number(try coerceOffset(value))
  }

  /// A bound of a slice within 0...size.
  func clamped(_ value: Value, size: Int, open: Int) throws(Fault) -> Int {
    if value.isNull { return open }
    let offset = try coerceOffset(value)
    return min(max(offset < 0 ? offset + size : offset, 0), size)
  }

  /// `==` where values may be lazy: they are made plain unless their kinds differ.
  func equalLazily(_ a: Value, _ b: Value) throws(Fault) -> Bool {
    guard holdsLazies, a.isHeap, b.isHeap else { return try equal(a, b) }
    guard typeName(a) == typeName(b) else { return false }
    try settleWholly([a, b])
    return try equal(settled(a), settled(b))
  }

  /// Membership in a lazy value; nil where the plain one must decide.
  func lazyContains(_ value: Value, _ member: Value) throws(Fault) -> Bool? {
    let lazy = value.object
    guard knownPlain(lazy) == nil else { return nil }
    let kind = lazyKind(lazy)
    guard kind == .list else {
      let key = try coerceText(try settled(member))
      defer { release(key) }
      if lazy.pointee.kind == .reference { return try readContains(lazy, key) }
      return kind == .record ? try jsonHasField(lazy, key) : nil
    }
    return lazy.pointee.kind == .reference ? try readContains(lazy, member) : nil
  }

  private func readContains(_ reference: Object, _ member: Value) throws(Fault) -> Bool {
    try read(reference, .contains, member).bits == Value.true.bits
  }
}
