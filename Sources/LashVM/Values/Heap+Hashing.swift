extension Heap {
  /// A hash of a value that goes with `equal`: equal values have the same hash. Linear in the size of the
  /// value; the same on every machine.
  func hash(_ value: Value) -> UInt64 {
    if let hash = hashAtOnce(value) { return hash }
    var hashing = Hashing(heap: self)
    let hash = hashing.run(value)
    charge(elements: hashing.steps)
    return hash
  }

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
  let product = (a ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93 &+ b &* 2)
  return product.low ^ product.high
}

/// A walk over a container, with a work list as deep as it nests.
private struct Hashing {
  let heap: Heap
  var steps = 0
  private var frames: [Frame] = []
  /// Hashes of containers with several owners, so that shared structure is walked once.
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

  mutating func run(_ value: Value) -> UInt64 {
    enter(value)
    while true {
      let last = frames.count - 1
      let frame = frames[last]
      if frame.position < frame.count {
        let child = frame.fields?.value(at: frame.position) ?? frame.object.values[frame.position]
        steps += 1
        if let hash = heap.hashAtOnce(child) ?? (child.isHeap ? known[child.object] : nil) {
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
