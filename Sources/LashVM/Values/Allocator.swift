/// Machine memory: small blocks from free lists by size class, large ones from the system.
///
/// Sizes are counted as rounded up (16 bytes for small, 64 for large blocks), whatever the system does,
/// so the meter is the same on every machine.
struct Allocator {
  /// The bound in bytes.
  let limit: Int
  /// Bytes in use.
  private(set) var used = 0
  /// The most bytes that were in use.
  private(set) var peak = 0
  /// How the memory is put to the test.
  let trial: HeapTrial
  /// The bound for blocks from free lists: none of them in a trial that keeps each block apart.
  private let listLimit: Int
  /// Freed blocks of a trial.
  private var quarantine = Quarantine()

  private var lists: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  private var next: UnsafeMutableRawPointer
  private var end: UnsafeMutableRawPointer
  private var chunks: [UnsafeMutableRawPointer] = []
  private var large: UnsafeMutableRawPointer?

  /// Sets the high-water mark of a machine that is restored.
  mutating func restore(peak: Int) { self.peak = peak }

  private static let largestSmall = 512
  private static let chunkSize = 64 << 10
  /// Links of a large block to its neighbours, kept before its header.
  private static let linkSize = 16

  init(limit: Int, trial: HeapTrial = .none) {
    self.limit = limit
    self.trial = trial
    listLimit = trial == .poison ? .min : limit
    let classes = Self.largestSmall / 16 + 1
    lists = .allocate(capacity: classes)
    lists.initialize(repeating: nil, count: classes)
    next = UnsafeMutableRawPointer(lists)
    end = next
  }

  /// A block with room for `payload` bytes; its header is initialised with one owner.
  @inline(__always)
  mutating func allocate(
    _ kind: ObjectKind, payload: Int, count: Int, extra: UInt32
  ) throws(Fault) -> Object {
    let size = MemoryLayout<Header>.size + payload
    if _fastPath(size <= Self.largestSmall) {
      let sizeClass = (size + 15) >> 4
      let bytes = sizeClass << 4
      guard _fastPath(used &+ bytes <= listLimit) else {
        return try allocateApart(kind, size: size, count: count, extra: extra)
      }
      used &+= bytes
      if used > peak { peak = used }
      let raw: UnsafeMutableRawPointer
      if let head = lists[sizeClass] {
        lists[sizeClass] = head.load(as: UnsafeMutableRawPointer?.self)
        raw = head
      } else {
        raw = carve(bytes)
      }
      let object = raw.assumingMemoryBound(to: Header.self)
      object.initialize(
        to: Header(
          references: 1, kind: kind, flags: [], sizeClass: UInt16(truncatingIfNeeded: sizeClass),
          count: UInt32(truncatingIfNeeded: count), extra: extra))
      return object
    }
    return try allocateLarge(kind, size: size, count: count, extra: extra)
  }

  /// Payload bytes that a block of at least `payload` really holds.
  @inline(__always)
  static func capacity(for payload: Int) -> Int {
    let size = MemoryLayout<Header>.size + payload
    return footprint(size) - MemoryLayout<Header>.size
  }

  @inline(never)
  private mutating func carve(_ bytes: Int) -> UnsafeMutableRawPointer {
    if next + bytes > end {
      let chunk = UnsafeMutableRawPointer.allocate(byteCount: Self.chunkSize, alignment: 16)
      chunks.append(chunk)
      next = chunk
      end = chunk + Self.chunkSize
    }
    let raw = next
    next += bytes
    return raw
  }

  /// A small block that is none of a list: there is none in an ordinary machine.
  @inline(never)
  private mutating func allocateApart(
    _ kind: ObjectKind, size: Int, count: Int, extra: UInt32
  ) throws(Fault) -> Object {
    guard trial == .poison else { throw .memory }
    return try allocateLarge(kind, size: size, count: count, extra: extra)
  }

  /// The bytes that a block of a size counts for.
  private static func footprint(_ size: Int) -> Int {
    size <= largestSmall ? (size + 15) & ~15 : (size + 63) & ~63
  }

  @inline(never)
  private mutating func allocateLarge(
    _ kind: ObjectKind, size: Int, count: Int, extra: UInt32
  ) throws(Fault) -> Object {
    let bytes = Self.footprint(size)
    guard size >= 0, bytes <= limit &- used else { throw .memory }
    used &+= bytes
    if used > peak { peak = used }
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: Self.linkSize + bytes, alignment: 16)
    raw.storeBytes(of: large, as: UnsafeMutableRawPointer?.self)
    (raw + 8).storeBytes(of: nil, as: UnsafeMutableRawPointer?.self)
    if let large { (large + 8).storeBytes(of: raw, as: UnsafeMutableRawPointer?.self) }
    large = raw
    let object = (raw + Self.linkSize).assumingMemoryBound(to: Header.self)
    object.initialize(
      to: Header(
        references: 1, kind: kind, flags: [], sizeClass: 0,
        count: UInt32(truncatingIfNeeded: count), extra: extra))
    return object
  }

  /// Returns a block. What it held is no concern of the allocator.
  @inline(__always)
  mutating func free(_ object: Object) {
    let sizeClass = Int(object.pointee.sizeClass)
    if _fastPath(sizeClass != 0) {
      used &-= sizeClass << 4
      let raw = UnsafeMutableRawPointer(object)
      raw.storeBytes(of: lists[sizeClass], as: UnsafeMutableRawPointer?.self)
      lists[sizeClass] = raw
      return
    }
    freeLarge(object)
  }

  @inline(never)
  private mutating func freeLarge(_ object: Object) {
    let bytes = Self.footprint(MemoryLayout<Header>.size + Self.payload(of: object))
    used &-= bytes
    let raw = UnsafeMutableRawPointer(object) - Self.linkSize
    let next = raw.load(as: UnsafeMutableRawPointer?.self)
    let previous = (raw + 8).load(as: UnsafeMutableRawPointer?.self)
    if let next { (next + 8).storeBytes(of: previous, as: UnsafeMutableRawPointer?.self) }
    if let previous {
      previous.storeBytes(of: next, as: UnsafeMutableRawPointer?.self)
    } else {
      large = next
    }
    if trial == .poison {
      quarantine.add(raw, size: Self.linkSize + bytes)
    } else {
      raw.deallocate()
    }
  }

  /// The payload bytes that a large block was allocated for, from its header.
  private static func payload(of object: Object) -> Int {
    switch object.pointee.kind {
    case .string: Int(object.pointee.extra)
    case .list: Int(object.pointee.extra) * 8
    case .integer: 8
    case .record where object.pointee.extra == Shape.dictionary: HashedFields(object).byteCount
    default: Int(object.pointee.count) * 8
    }
  }

  /// Frees everything.
  mutating func destroy() {
    quarantine.empty()
    while let raw = large {
      large = raw.load(as: UnsafeMutableRawPointer?.self)
      raw.deallocate()
    }
    for chunk in chunks { chunk.deallocate() }
    lists.deallocate()
  }
}
