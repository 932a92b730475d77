import LashJSON
import LashLang

// Reading JSON text in place (rule VAL-19). The whole text is indexed when it is first looked at, so
// whether it is JSON is decided once, there.
//
// A small container is looked through for each of its first reads, then decoded, one level deep; a large
// one gets a directory. Arrays, objects and long strings within are lazy again.

/// From how many members on a container is large.
private let smallest = 33
/// How many reads of a small container look through it before it is decoded.
private let readsInPlace = 3
/// From how many bytes on a string is lazy.
private let longString = 256

extension Heap {
  /// The index of a document, made when it is first asked for.
  func index(of document: Object) throws(Fault) -> JSONIndex {
    let number = documentNumber(document)
    if let index = state.pointee.documents.entries[number]?.index { return index }
    guard let document = state.pointee.documents.entries[number]?.document else {
      throw trap(.hostFailure, "a lazy value has lost its text")
    }
    chargeKept(document.bytes.count >> 6)
    let index: JSONIndex
    do throws(JSONError) {
      index = try JSONIndex(document.bytes)
    } catch {
      throw trap(
        .hostFailure, "the host's JSON text is invalid: \(error)",
        hint: "this is a mistake of the host, not of the program")
    }
    let memory = try state.pointee.allocator.take(index.byteCount)
    state.pointee.documents.set(index, of: number, memory: memory)
    return index
  }

  /// Where a lazy value lies.
  func located(_ lazy: Object) throws(Fault) -> (index: JSONIndex, node: JSONNode) {
    let index = try index(of: lazy.values[LazyPart.document].object)
    let offset = Int(lazy.values[LazyPart.offset].double)
    guard offset < 0 else { return (index, index.node(at: offset)) }
    lazy.values[LazyPart.offset] = Value(double: Double(index.root.offset))
    return (index, index.root)
  }

  /// The value of a part of a document, owned by the caller; containers and long strings are lazy.
  func value(
    of node: JSONNode, in index: JSONIndex, _ document: Object
  ) throws(Fault) -> Value {
    if node.isContainer || index.isString(node) && index.range(of: node).count >= longString {
      return try makeLazyJSON(document, offset: node.offset)
    }
    switch index.scalar(at: node) {
    case .null: return .null
    case .bool(let bool): return Value(bool: bool)
    case .integer(let integer): return try number(integer)
    case .double(let double): return try number(double)
    case .string(let utf8): return try makeString(utf8)
    }
  }

  // MARK: Reads in place

  /// How a container is to be read.
  private enum Access {
    case plain(Value)
    case inPlace(JSONIndex, JSONNode)
    case directory(JSONIndex, JSONDirectory)
  }

  /// Decides how to read a container, and charges for it.
  private func access(_ lazy: Object) throws(Fault) -> Access {
    if let plain = knownPlain(lazy) { return .plain(plain) }
    let (index, node) = try located(lazy)
    guard node.isContainer else { return .plain(try settled(Value(lazy))) }
    let count = index.memberCount(of: node)
    if count >= smallest {
      let document = lazy.values[LazyPart.document].object
      return .directory(index, try directory(of: node, in: index, document))
    }
    if lazy.pointee.extra >= readsInPlace { return .plain(try settled(Value(lazy))) }
    lazy.pointee.extra += 1
    chargeKept(count >> 3)
    return .inPlace(index, node)
  }

  private func directory(
    of node: JSONNode, in index: JSONIndex, _ document: Object
  ) throws(Fault) -> JSONDirectory {
    let number = documentNumber(document)
    if let known = state.pointee.documents.entries[number]?.directories[node.offset] {
      return known
    }
    chargeKept(index.memberCount(of: node) >> 3)
    let directory = JSONDirectory(node, in: index)
    let memory = try state.pointee.allocator.take(directory.byteCount)
    state.pointee.documents.set(directory, at: node.offset, of: number, memory: memory)
    return directory
  }

  /// The field of a lazy JSON record, or null; owned by the caller.
  func jsonField(_ lazy: Object, _ name: Value) throws(Fault) -> Value {
    let access = try access(lazy)
    let key = chargedKey(name)
    let found: JSONNode?
    let source: JSONIndex
    switch access {
    case .plain(let plain): return try member(plain, name)
    case .inPlace(let index, let node): (source, found) = (index, index.value(of: key, in: node))
    case .directory(let index, let directory): (source, found) = (index, directory.value(of: key))
    }
    guard let found else { return .null }
    return try value(of: found, in: source, lazy.values[LazyPart.document].object)
  }

  /// Whether a lazy JSON record has a key.
  func jsonHasField(_ lazy: Object, _ name: Value) throws(Fault) -> Bool {
    let access = try access(lazy)
    let key = chargedKey(name)
    switch access {
    case .plain(let plain):
      return Fields(readable: plain, in: self)?.value(of: name.object.text) != nil
    case .inPlace(let index, let node): return index.value(of: key, in: node) != nil
    case .directory(_, let directory): return directory.value(of: key) != nil
    }
  }

  /// A key to look up, charged for.
  private func chargedKey(_ name: Value) -> ArraySlice<UInt8> {
    charge(bytes: name.object.text.count)
    return Array(name.object.text)[...]
  }

  /// The items of a lazy JSON list between two positions within it: a list owned by the caller.
  func jsonItems(_ lazy: Object, _ range: Range<Int>) throws(Fault) -> Value {
    let document = lazy.values[LazyPart.document].object
    charge(elements: range.count)
    return try buildList(capacity: range.count) { list throws(Fault) in
      switch try access(lazy) {
      case .plain(let plain):
        for position in range { try list.append(copy(plain.object.values[position])) }
      case .inPlace(let index, let node):
        for (position, member) in index.members(of: node).enumerated() where range ~= position {
          try list.append(try value(of: member.value, in: index, document))
        }
      case .directory(let index, let directory):
        for position in range {
          try list.append(try value(of: directory.value(at: position), in: index, document))
        }
      }
    }
  }

  /// The item of a lazy JSON list at a position within it, owned by the caller.
  func jsonItem(_ lazy: Object, _ position: Int) throws(Fault) -> Value {
    let document = lazy.values[LazyPart.document].object
    switch try access(lazy) {
    case .plain(let plain): return copy(plain.object.values[position])
    case .inPlace(let index, let node):
      for (place, member) in index.members(of: node).enumerated() where place == position {
        return try value(of: member.value, in: index, document)
      }
      return .null
    case .directory(let index, let directory):
      return try value(of: directory.value(at: position), in: index, document)
    }
  }

  /// The items, fields or scalars of a lazy JSON value.
  func jsonCount(_ lazy: Object) throws(Fault) -> Int {
    if knownPlain(lazy) == nil {
      let (index, node) = try located(lazy)
      if node.isContainer {
        let count = index.memberCount(of: node)
        if !index.isObject(node) { return count }
        if count >= smallest {
          let document = lazy.values[LazyPart.document].object
          return try directory(of: node, in: index, document).count
        }
      }
    }
    let plain = try settled(Value(lazy))
    return plain.isString ? scalarCount(plain.object) : Int(plain.object.pointee.count)
  }

  /// Whether a lazy JSON value counts as true.
  func jsonIsTruthy(_ lazy: Object) throws(Fault) -> Bool {
    let (index, node) = try located(lazy)
    return !node.isContainer || index.memberCount(of: node) > 0
  }

  // MARK: Decoding

  /// The plain value of a lazy JSON value, one level deep; owned by the caller.
  func decodeLevel(_ lazy: Object) throws(Fault) -> Value {
    let (index, node) = try located(lazy)
    let document = lazy.values[LazyPart.document].object
    guard node.isContainer else {
      guard case .string(let utf8) = index.scalar(at: node) else { return .null }
      chargeKept(utf8.count >> 6)
      return try makeString(utf8)
    }
    let count = index.memberCount(of: node)
    chargeKept(count >> 3)
    guard index.isObject(node) else {
      return try buildList(capacity: count) { list throws(Fault) in
        for member in index.members(of: node) {
          try list.append(try value(of: member.value, in: index, document))
        }
      }
    }
    return try buildRecord(expecting: count) { record throws(Fault) in
      for member in index.members(of: node) {
        let value = try value(of: member.value, in: index, document)
        try setField(&record, index.text(of: member.key), value)
      }
    }
  }

  /// The plain value of a lazy JSON value with all that it contains; owned by the caller.
  func decodeWholly(_ lazy: Object) throws(Fault) -> Value {
    let (index, node) = try located(lazy)
    chargeKept(index.range(of: node).count >> 6)
    return try readJSON { sink throws(JSONError) in try index.read(node, into: &sink) }
  }

  /// Sets the field of a key that is no string yet; takes `value` over, also when it throws.
  private func setField(
    _ slot: UnsafeMutablePointer<Value>, _ name: ArraySlice<UInt8>, _ value: Value
  ) throws(Fault) {
    let id: KeyID?
    let key: Value
    do throws(Fault) {
      id = try name.withUnsafeBufferPointer { text throws(Fault) in
        try internedKey(text, hash: hashBytes(text))
      }
      key = id == nil ? try makeString(name) : .null
    } catch {
      release(value)
      throw error
    }
    if let id { return try setField(slot, key: id, value) }
    defer { release(key) }
    try setField(slot, key, value)
  }
}
