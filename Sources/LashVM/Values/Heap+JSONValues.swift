import LashJSON
import LashLang

extension Heap {
  /// The value of JSON text, owned by the caller; never of a sealed kind (rule VAL-16). Traps with the
  /// place of what is wrong. At most 128 levels deep.
  func parseJSON(_ text: UnsafeBufferPointer<UInt8>) throws(Fault) -> Value {
    charge(bytes: text.count)
    return try readJSON { sink throws(JSONError) in
      try JSONReader(maximumBytes: .max).read(Array(text), into: &sink)
    }
  }

  /// The value of the events that `body` sends, owned by the caller.
  func readJSON(_ body: (inout ValueSink) throws(JSONError) -> Void) throws(Fault) -> Value {
    var sink = ValueSink(heap: self)
    do throws(JSONError) {
      try body(&sink)
    } catch {
      sink.discard()
      throw sink.fault ?? trap(.valueError, "invalid json: \(error)")
    }
    return sink.root
  }
}

/// Makes values of the events of JSON text.
struct ValueSink: JSONSink {
  let heap: Heap
  private(set) var root = Value.null
  /// Why it stopped the reader.
  private(set) var fault: Fault?
  private var open: [Container] = []

  private struct Container {
    /// The list or record.
    var value: Value
    /// The key of the next field of a record.
    var key = Key.none
  }

  private enum Key {
    case none
    case interned(KeyID)
    /// An owned string: keys that are data stay out of the table of keys.
    case string(Value)
  }

  init(heap: Heap) { self.heap = heap }

  mutating func null() throws(JSONError) { try add(.null) }

  mutating func bool(_ value: Bool) throws(JSONError) { try add(Value(bool: value)) }

  mutating func integer(_ value: Int64) throws(JSONError) {
    let heap = heap
    try add { () throws(Fault) in try heap.number(value) }
  }

  mutating func double(_ value: Double) throws(JSONError) {
    let heap = heap
    try add { () throws(Fault) in try heap.number(value) }
  }

  mutating func string(_ utf8: ArraySlice<UInt8>, isASCII: Bool) throws(JSONError) {
    let heap = heap
    try add { () throws(Fault) -> Value in try heap.makeString(utf8) }
  }

  mutating func key(_ utf8: ArraySlice<UInt8>, isASCII: Bool) throws(JSONError) {
    do throws(Fault) {
      let heap = heap
      let id = try utf8.withUnsafeBufferPointer { text throws(Fault) in
        try heap.internedKey(text, hash: hashBytes(text))
      }
      open[open.count - 1].key =
        if let id { .interned(id) } else { .string(try heap.makeString(utf8)) }
    } catch {
      throw stop(error)
    }
  }

  mutating func beginArray() throws(JSONError) {
    do throws(Fault) {
      open.append(Container(value: Value(try heap.makeList(capacity: 0))))
    } catch {
      throw stop(error)
    }
  }

  mutating func beginObject() throws(JSONError) {
    do throws(Fault) {
      open.append(Container(value: Value(try heap.makeRecord())))
    } catch {
      throw stop(error)
    }
  }

  mutating func endArray() throws(JSONError) { try add(open.removeLast().value) }

  mutating func endObject() throws(JSONError) { try add(open.removeLast().value) }

  /// Frees what was made before an error.
  func discard() {
    heap.release(root)
    for container in open {
      heap.release(container.value)
      if case .string(let key) = container.key { heap.release(key) }
    }
  }

  private mutating func add(_ make: () throws(Fault) -> Value) throws(JSONError) {
    do throws(Fault) {
      try place(try make())
    } catch {
      throw stop(error)
    }
  }

  private mutating func add(_ value: Value) throws(JSONError) {
    do throws(Fault) { try place(value) } catch { throw stop(error) }
  }

  /// Puts a value, taken over also when it throws, where it belongs.
  private mutating func place(_ value: Value) throws(Fault) {
    guard !open.isEmpty else {
      root = value
      return
    }
    let last = open.count - 1
    switch open[last].key {
    case .interned(let key): try heap.setField(&open[last].value, key: key, value)
    case .string(let key):
      open[last].key = .none
      defer { heap.release(key) }
      try heap.setField(&open[last].value, key, value)
    case .none:
      do throws(Fault) { try heap.append(value, to: &open[last].value) } catch {
        heap.release(value)
        throw error
      }
    }
  }

  private mutating func stop(_ fault: Fault) -> JSONError {
    self.fault = fault
    return JSONError("stopped")
  }
}

extension Heap {
  /// A fresh string of these bytes, which must be UTF-8.
  func makeString(_ text: ArraySlice<UInt8>) throws(Fault) -> Value {
    try text.withUnsafeBufferPointer { text throws(Fault) in Value(try makeString(text)) }
  }
}
