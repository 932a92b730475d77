import LashJSON
import LashLang

// Values across the host boundary. Depth is bounded (`HostValue.maximumDepth`), so recursion is safe on
// both sides; `HostValue` itself is an ordinary recursive Swift type.

extension HostValue {
  /// The deepest nesting that crosses the boundary (rule BND-1).
  public static let maximumDepth = 128
  /// The most items, fields and parts in what leaves a program at once.
  public static let maximumParts = 4_000_000
}

extension Heap {
  /// Traps if a value is too deep or, with what leaves at once with it, too large to leave the machine
  /// (rule BND-1); `extra` levels are the machine's own. What is shared counts as often as it appears,
  /// for so it leaves. Adds to `size` how much leaves.
  @inline(__always)
  func checkLeaving(
    _ value: Value, extra: Int = 0, addingTo size: inout LeavingSize
  ) throws(Fault) {
    guard value.isHeap else { return }
    try checkLeaving(value, depth: -extra, size: &size)
  }

  /// How much leaves.
  struct LeavingSize {
    var parts = 0
    /// Of texts and keys.
    var bytes = 0
  }

  /// The most bytes of texts and keys that leave at once: as many as the machine may hold, or 1 MiB.
  @inline(__always) var greatestLeaving: Int { max(state.pointee.allocator.limit, 1 << 20) }

  /// Recursion is as deep as a value may nest.
  private func checkLeaving(_ value: Value, depth: Int, size: inout LeavingSize) throws(Fault) {
    guard value.isHeap else { return }
    if value.isString {
      size.bytes &+= Int(value.object.pointee.count)
      guard size.bytes <= greatestLeaving else { throw leavesTooMuch("\(greatestLeaving) bytes") }
      return
    }
    guard !value.isKind(.integer), !isLazy(value) else { return }
    guard depth <= HostValue.maximumDepth else {
      throw trap(
        .valueError,
        "a value nests too deeply to leave the program (limit "
          + "\(HostValue.maximumDepth) levels)",
        hint: "flatten it first")
    }
    let object = value.object
    if object.pointee.kind == .record {
      let count = Int(object.pointee.count)
      try add(parts: count, to: &size)
      for position in 0..<count {
        try checkLeaving(fieldKey(object, at: position), depth: depth + 1, size: &size)
        try checkLeaving(fieldValue(object, at: position), depth: depth + 1, size: &size)
      }
    } else {
      let parts = ownedValues(object)
      try add(parts: parts.count, to: &size)
      for part in parts { try checkLeaving(part, depth: depth + 1, size: &size) }
    }
  }

  private func add(parts: Int, to size: inout LeavingSize) throws(Fault) {
    size.parts += parts
    // Each has a word of its own, unless it is shared.
    let limit = min(HostValue.maximumParts, greatestLeaving / MemoryLayout<Value>.size)
    guard size.parts <= limit else { throw leavesTooMuch("\(limit) parts") }
  }

  private func leavesTooMuch(_ limit: String) -> Fault {
    trap(
      .valueError, "a value is too large to leave the program (limit \(limit))",
      hint: "send less of it, for example with `slice`")
  }

  /// Swift data for a value that `checkLeaving` let pass.
  func hostValue(_ value: Value, depth: Int = 0) throws(Fault) -> HostValue {
    guard depth <= HostValue.maximumDepth else {
      throw trap(
        .valueError,
        "a value nests too deeply to leave the program (limit "
          + "\(HostValue.maximumDepth) levels)")
    }
    if let number = Number(value) {
      switch number {
      case .integer(let integer): return .integer(integer)
      case .double(let double): return .double(double)
      }
    }
    guard value.isHeap else {
      return value.isBool ? .bool(value.bits == Value.true.bits) : .null
    }
    let object = value.object
    switch object.pointee.kind {
    case .string: return .string(string(value))
    case .list: return .list(try hostValues(object.items, depth))
    case .tuple: return .tuple(try hostValues(object.items, depth))
    case .record:
      var fields: [HostField] = []
      fields.reserveCapacity(Int(object.pointee.count))
      for position in 0..<Int(object.pointee.count) {
        fields.append(
          HostField(
            string(fieldKey(object, at: position)),
            try hostValue(fieldValue(object, at: position), depth: depth + 1)))
      }
      return .record(fields)
    default: return try sealedHostValue(object, depth)
    }
  }

  private func hostValues(
    _ items: UnsafeBufferPointer<Value>, _ depth: Int
  ) throws(Fault) -> [HostValue] {
    var result: [HostValue] = []
    result.reserveCapacity(items.count)
    for item in items { result.append(try hostValue(item, depth: depth + 1)) }
    return result
  }

  private func sealedHostValue(_ object: Object, _ depth: Int) throws(Fault) -> HostValue {
    let parts = object.values
    switch object.pointee.kind {
    case .result:
      if object.pointee.flags.contains(.success) {
        return .result(.success(try hostValue(parts[0], depth: depth + 1)))
      }
      return .result(.failure(string(parts[0])))
    case .run: return .run(RunHandle(id: string(parts[0]), process: string(parts[1])))
    case .module: return .module(path: string(parts[0]), authority: string(parts[1]))
    case .image:
      return .image(
        HostImage(
          id: string(parts[0]), label: string(parts[1]), mime: string(parts[2]),
          size: integer(parts[3]) ?? 0, width: integer(parts[4]), height: integer(parts[5])))
    case .type: return .type(try json(try hostValue(parts[0], depth: depth + 1)))
    case .descriptor:
      return .descriptor(
        type: string(parts[0]), value: try hostValue(parts[1], depth: depth + 1))
    case .process: return .process(string(parts[0]))
    case .lazyJSON, .reference: return lazyHostValue(object)
    default: return .triggerEvent
    }
  }

  /// The text of a string value.
  func string(_ value: Value) -> String {
    value.isString ? String(decoding: value.object.text, as: UTF8.self) : ""
  }

  private func integer(_ value: Value) -> Int64? {
    if case .integer(let integer)? = Number(value) { return integer }
    return nil
  }

  /// A schema as JSON; schemas hold only plain data.
  private func json(_ value: HostValue) throws(Fault) -> JSONValue {
    switch value {
    case .bool(let bool): return .bool(bool)
    case .integer(let integer): return .integer(integer)
    case .double(let double): return .double(double)
    case .string(let string): return .string(string)
    case .list(let items):
      var result: [JSONValue] = []
      for item in items { result.append(try json(item)) }
      return .array(result)
    case .record(let fields):
      var result = JSONObject()
      for field in fields { result[field.key] = try json(field.value) }
      return .object(result)
    default: return .null
    }
  }

  // MARK: Into the machine

  /// The value of Swift data, owned by the caller.
  func value(_ host: HostValue, depth: Int = 0) throws(Fault) -> Value {
    guard depth <= HostValue.maximumDepth else {
      throw trap(
        .hostFailure, "the host's answer nests too deeply (limit \(HostValue.maximumDepth) levels)")
    }
    switch host {
    case .null: return .null
    case .bool(let bool): return Value(bool: bool)
    case .integer(let integer): return try number(integer)
    case .double(let double): return try number(double)
    case .string(let text): return Value(try makeString(text))
    case .list(let items):
      var list = try ListBuilder(self, capacity: items.count)
      do throws(Fault) {
        for item in items { try list.append(value(item, depth: depth + 1)) }
      } catch {
        list.discard()
        throw error
      }
      return list.finish()
    case .tuple(let items): return try block(.tuple, items, depth)
    case .record(let fields): return try record(fields, depth)
    case .result(.success(let inner)):
      return try makeResult(value(inner, depth: depth + 1), success: true, isCall: false)
    case .result(.failure(let text)):
      return try makeResult(Value(makeString(text)), success: false, isCall: false)
    case .run(let run): return try block(.run, [.string(run.id), .string(run.process)], depth)
    case .module(let path, let authority):
      return try block(.module, [.string(path), .string(authority)], depth)
    case .image(let image):
      return try block(
        .image,
        [
          .string(image.id), .string(image.label), .string(image.mime), .integer(image.size),
          image.width.map(HostValue.integer) ?? .null,
          image.height.map(HostValue.integer) ?? .null,
        ], depth)
    case .type(let schema): return try block(.type, [HostValue(schema: schema)], depth)
    case .descriptor(let type, let inner):
      return try block(.descriptor, [.string(type), inner], depth)
    case .process(let name): return try block(.process, [.string(name)], depth)
    case .triggerEvent: return Value(try makeBlock(.triggerEvent, count: 0))
    case .lazyJSON(let json): return try value(json)
    case .lazyReference(let reference): return try value(reference)
    }
  }

  private func record(_ fields: [HostField], _ depth: Int) throws(Fault) -> Value {
    var slot = Value(try makeRecord(expecting: fields.count))
    for field in fields {
      do throws(Fault) {
        let key = Value(try makeString(field.key))
        defer { release(key) }
        try setField(&slot, key, value(field.value, depth: depth + 1))
      } catch {
        release(slot)
        throw error
      }
    }
    return slot
  }

  private func block(
    _ kind: ObjectKind, _ parts: [HostValue], _ depth: Int
  ) throws(Fault) -> Value {
    let object = try makeBlock(kind, count: parts.count)
    object.values.update(repeating: .null, count: parts.count)
    do throws(Fault) {
      for (position, part) in parts.enumerated() {
        object.values[position] = try value(part, depth: depth + 1)
      }
    } catch {
      release(object)
      throw error
    }
    return Value(object)
  }
}

extension HostValue {
  /// A JSON Schema as plain data. Recursion is bounded by the nesting of type expressions.
  init(schema: JSONValue) {
    switch schema {
    case .null: self = .null
    case .bool(let bool): self = .bool(bool)
    case .integer(let integer): self = .integer(integer)
    case .double(let double): self = .double(double)
    case .string(let string): self = .string(string)
    case .array(let items): self = .list(items.map(HostValue.init(schema:)))
    case .object(let object):
      self = .record(object.map { HostField($0.key, HostValue(schema: $0.value)) })
    }
  }
}
