import LashJSON
import LashLang

// Lazy values in memory (rule VAL-19). Both kinds have four parts, the last of which is the plain value
// once it had to be made, else null; what that contains may be lazy again.
//
// - `lazyJSON`: document, offset of the value in it (-1: the whole, not looked at yet); `extra` counts reads.
// - `reference`: id, kind, count or null.

extension Heap {
  /// The parts of a lazy value.
  enum LazyPart {
    static let document = 0
    static let offset = 1
    static let id = 0
    static let kind = 1
    static let count = 2
    static let plain = 3
  }

  /// Whether there are lazy values at all, so that those who need plain ones must look.
  @inline(__always) var holdsLazies: Bool { state.pointee.lazies > 0 }

  @inline(__always)
  func isLazy(_ value: Value) -> Bool {
    value.bits >> 48 == Value.Tag.other && Self.isLazy(value.object.pointee.kind)
  }

  @inline(__always) static func isLazy(_ kind: ObjectKind) -> Bool {
    kind == .lazyJSON || kind == .reference
  }

  /// The plain value of a lazy one, if it was made already; not retained.
  func knownPlain(_ lazy: Object) -> Value? {
    let plain = lazy.values[LazyPart.plain]
    return plain.isNull ? nil : plain
  }

  /// What a lazy value stands for.
  func lazyKind(_ lazy: Object) -> LazyReference.Kind {
    if lazy.pointee.kind == .reference {
      let number = UInt8(lazy.values[LazyPart.kind].double)
      return LazyReference.Kind(rawValue: number) ?? .record
    }
    let number = documentNumber(lazy.values[LazyPart.document].object)
    guard let document = state.pointee.documents.entries[number]?.document else { return .record }
    let offset = Int(lazy.values[LazyPart.offset].double)
    return LazyJSON(document, part: max(offset, 0)..<document.bytes.count).kind
  }

  /// What a block that dies stood for, beyond memory.
  @inline(never)
  func forget(_ object: Object) {
    switch object.pointee.kind {
    case .lazyJSON, .reference: state.pointee.lazies -= 1
    case .document:
      let memory = state.pointee.documents.remove(Int(object.values[0].double))
      state.pointee.allocator.giveBack(memory)
    default: break
    }
  }

  // MARK: Making

  /// The lazy value of a reference, owned by the caller.
  func value(_ reference: LazyReference) throws(Fault) -> Value {
    let id = Value(try makeString(reference.id))
    do throws(Fault) {
      let count = try reference.count.map { (count) throws(Fault) in try number(max(count, 0)) }
      do throws(Fault) {
        return try makeLazy(
          .reference, id, Value(double: Double(reference.kind.rawValue)), count ?? .null)
      } catch {
        release(count ?? .null)
        throw error
      }
    } catch {
      release(id)
      throw error
    }
  }

  /// The value of a JSON text or a part of one, owned by the caller: lazy if that can be of use.
  func value(_ json: LazyJSON) throws(Fault) -> Value {
    let block = try block(of: json.document)
    defer { release(block) }
    if let part = json.part {
      let index = try index(of: block)
      return try value(of: index.node(at: part.lowerBound), in: index, block)
    }
    let first = json.firstByte
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
      return try makeLazyJSON(block, offset: -1)
    }
    let index = try index(of: block)
    return try value(of: index.root, in: index, block)
  }

  /// The lazy value of a part of a document.
  func makeLazyJSON(_ document: Object, offset: Int) throws(Fault) -> Value {
    let lazy = try makeLazy(.lazyJSON, Value(document), Value(double: Double(offset)), .null)
    retain(Value(document))
    return lazy
  }

  /// Takes over the parts, not when it throws.
  private func makeLazy(
    _ kind: ObjectKind, _ a: Value, _ b: Value, _ c: Value
  ) throws(Fault) -> Value {
    let lazy = try makeBlock(kind, count: 4)
    lazy.values[0] = a
    lazy.values[1] = b
    lazy.values[2] = c
    lazy.values[LazyPart.plain] = .null
    state.pointee.lazies += 1
    return Value(lazy)
  }

  /// The block of a document, owned by the caller.
  private func block(of document: JSONDocument) throws(Fault) -> Object {
    if let known = state.pointee.documents.block(of: document) {
      retain(Value(known))
      return known
    }
    let block = try makeBlock(.document, count: 1)
    let number = state.pointee.documents.add(document, block)
    block.values[0] = Value(double: Double(number))
    return block
  }

  // MARK: Leaving

  /// A lazy value as the host sees it: by reference, unread.
  func lazyHostValue(_ lazy: Object) -> HostValue {
    if lazy.pointee.kind == .reference {
      return .lazyReference(reference(lazy))
    }
    guard let entry = documentEntry(of: lazy) else { return .null }
    let offset = Int(lazy.values[LazyPart.offset].double)
    guard offset >= 0, let index = entry.index else { return .lazyJSON(LazyJSON(entry.document)) }
    let part = index.range(of: index.node(at: offset))
    return .lazyJSON(LazyJSON(entry.document, part: part))
  }

  /// The host's reference.
  func reference(_ lazy: Object) -> LazyReference {
    var count: Int?
    if case .integer(let integer)? = Number(lazy.values[LazyPart.count]) { count = Int(integer) }
    return LazyReference(
      id: string(lazy.values[LazyPart.id]), kind: lazyKind(lazy), count: count)
  }

  private func documentEntry(of lazy: Object) -> LazyDocuments.Entry? {
    state.pointee.documents.entries[documentNumber(lazy.values[LazyPart.document].object)]
  }

  func documentNumber(_ document: Object) -> Int { Int(document.values[0].double) }
}

extension LazyJSON {
  /// The first byte of the value, 0 if there is none.
  var firstByte: UInt8 {
    document.bytes[(part?.lowerBound ?? 0)...].first { $0 > 0x20 } ?? 0
  }
}
