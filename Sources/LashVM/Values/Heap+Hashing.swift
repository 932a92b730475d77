extension Heap {
  /// The hash of a value that needs no walk, `nil` for a container.
  fileprivate func hashAtOnce(_ value: Value) -> UInt64? {
    if value.isDouble { return mixed(value.double == 0 ? 0 : value.bits, 1) }
    guard value.isHeap else { return mixed(value.bits, 2) }
    switch value.object.pointee.kind {
    case .string:
      charge(bytes: Int(value.object.pointee.count))
      return mixed(UInt64(hashBytes(value.object.text)), 3)
    case .integer: return mixed(UInt64(bitPattern: value.object.integer), 4)
    default: return nil
    }
  }
}

@inline(__always)
private func mixed(_ a: UInt64, _ b: UInt64) -> UInt64 {
  let product = (a ^ HashKey.start).multipliedFullWidth(by: HashKey.factor &+ b &* 2)
  return product.low ^ product.high
}

/// Hashes of values that go with `equal`: equal values have the same hash. Linear in the size of all
/// values that one of these hashes, with a work list as deep as they nest.
struct Hashing {
  let heap: Heap
  private var steps = 0
  private var frames: [Frame] = []
  /// Hashes of containers and long texts with several owners, so that what is shared is walked once.
  private var known: [Object: UInt64] = [:]

  private struct Frame {
    var object: Object
    /// The fields of a record or result wrapper, whose order must not count.
    var fields: Fields?
    var count: Int
    var position = 0
    var hash: UInt64
  }

  init(heap: Heap) { self.heap = heap }

  /// The hash of a value, which must live as long.
  mutating func hash(_ value: Value) throws(Fault) -> UInt64 {
    if let hash = hashAtOnce(value) { return hash }
    enter(value)
    while true {
      try heap.checkFuel()
      let last = frames.count - 1
      let frame = frames[last]
      if frame.position < frame.count {
        let child = frame.fields?.value(at: frame.position) ?? frame.object.values[frame.position]
        steps += 1
        if steps & 7 == 0 { heap.charge(elements: 8) }
        if let hash = hashAtOnce(child) {
          add(hash)
        } else {
          enter(child)
        }
        continue
      }
      frames.removeLast()
      if frame.object.pointee.references > 1 { known[frame.object] = frame.hash }
      if frames.isEmpty { return frame.hash }
      add(frame.hash)
    }
  }

  private mutating func hashAtOnce(_ value: Value) -> UInt64? {
    guard value.isHeap, value.object.pointee.references > 1,
      !value.isString || value.object.pointee.count > 64
    else { return heap.hashAtOnce(value) }
    if let hash = known[value.object] { return hash }
    let hash = heap.hashAtOnce(value)
    if let hash { known[value.object] = hash }
    return hash
  }

  private mutating func enter(_ value: Value) {
    let object = value.object
    let fields = Fields(readable: value, in: heap)
    let count = fields?.count ?? Int(object.pointee.count)
    let kind = fields == nil ? object.pointee.kind : .record
    frames.append(
      Frame(
        object: object, fields: fields, count: count,
        hash: mixed(UInt64(count), UInt64(kind.rawValue) + 16)))
  }

  /// Adds the hash of the next child to the container on top.
  private mutating func add(_ hash: UInt64) {
    let last = frames.count - 1
    let position = frames[last].position
    frames[last].position += 1
    if let fields = frames[last].fields {
      frames[last].hash &+= mixed(hash, UInt64(hashBytes(fields.key(at: position))))
    } else {
      frames[last].hash = mixed(frames[last].hash, hash)
    }
  }
}
