import LashLang

// The workers behind field and index reads (rules EXP-12, EXP-13).

extension VM {
  /// `destination := target.key`, filling the inline cache for shaped records.
  @inline(never)
  func field(
    _ destination: UnsafeMutablePointer<Value>, _ target: Value, _ key: KeyID, cache: Code
  ) -> Bool {
    if target.isRecord, !pointee.heap.isDictionary(target.object) {
      let record = target.object
      let shape = record.pointee.extra
      guard let position = pointee.heap.state.pointee.shapes.slot(of: key, in: shape) else {
        replace(self, destination, .null)
        return true
      }
      cache.pointee = UInt64(shape) << 32 | UInt64(position)
      replace(self, destination, pointee.heap.copy(record.values[position]))
      return true
    }
    return attempt { () throws(Fault) in
      let name = pointee.heap.state.pointee.shapes.keys[Int(key)]
      replace(self, destination, try pointee.heap.member(target, name))
    }
  }

  /// `destination := len(value)`
  func length(
    _ destination: UnsafeMutablePointer<Value>, _ value: UnsafeMutablePointer<Value>
  ) -> Bool {
    attempt { () throws(Fault) in
      replace(self, destination, try BuiltinTable.length(pointee.heap, value, 1))
    }
  }

  /// `destination := target[index]`
  @inline(never)
  func index(
    _ destination: UnsafeMutablePointer<Value>, _ target: Value, _ index: Value
  ) -> Bool {
    attempt { () throws(Fault) in
      let heap = pointee.heap
      replace(self, destination, try heap.element(target, try heap.settled(index)))
    }
  }
}

extension Heap {
  /// `target.name`, owned by the caller. Missing fields are null; so is any field of null.
  func member(_ target: Value, _ name: Value) throws(Fault) -> Value {
    if target.isNull { return .null }
    if isLazy(target), lazyKind(target.object) == .record {
      return try lazyField(target.object, name)
    }
    let text = name.object.text
    switch target.heapKind {
    case .record: return copy(fieldSlot(target.object, text)?.pointee ?? .null)
    case .result, .image, .run: return copy(sealedField(target.object, text) ?? .null)
    default:
      throw trap(
        .typeError,
        "can't read `.\(String(decoding: text, as: UTF8.self))` from \(typeName(target))")
    }
  }

  /// `target[index]`, owned by the caller. Out of range is null; so is any element of null.
  func element(_ target: Value, _ index: Value) throws(Fault) -> Value {
    if target.isNull { return .null }
    switch target.heapKind {
    case .list, .tuple:
      let count = Int(target.object.pointee.count)
      guard let position = try position(index, count: count) else { return .null }
      return copy(target.object.values[position])
    case .string:
      let string = target.object
      if !string.pointee.flags.contains(.ascii) { charge(bytes: Int(string.pointee.count)) }
      let count = scalarCount(string)
      guard let position = try position(index, count: count) else { return .null }
      let start = byteOffset(string, scalar: position)
      var end = start + 1
      while end < Int(string.pointee.count), string.bytes[end] & 0xC0 == 0x80 { end += 1 }
      return Value(
        try makeString(UnsafeBufferPointer(start: string.bytes + start, count: end - start)))
    case .record, .result, .run:
      let key = try coerceText(index)
      defer { release(key) }
      return try member(target, key)
    case .lazyJSON, .reference: return try lazyElement(target.object, index)
    default: throw trap(.typeError, "can't index \(typeName(target))")
    }
  }

  /// The position that an index means in a sequence: negative ones count from the end.
  func position(_ index: Value, count: Int) throws(Fault) -> Int? {
    var offset = try coerceOffset(index)
    if offset < 0 { offset += count }
    return offset >= 0 && offset < count ? offset : nil
  }

  /// A readable field of a sealed kind, not retained (V5).
  func sealedField(_ object: Object, _ name: UnsafeBufferPointer<UInt8>) -> Value? {
    func isName(_ text: StaticString) -> Bool {
      equalBytes(
        name, UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
    let parts = object.values
    switch object.pointee.kind {
    case .result:
      let success = object.pointee.flags.contains(.success)
      if isName("ok") { return Value(bool: success) }
      if isName(success ? "value" : "error") { return parts[0] }
    case .image:
      if isName("id") { return parts[0] }
      if isName("label") { return parts[1] }
      if isName("size") { return parts[3] }
      if isName("width") { return parts[4] }
      if isName("height") { return parts[5] }
    case .run:
      if isName("id") { return parts[0] }
      if isName("process") { return parts[1] }
    default: break
    }
    return nil
  }
}
