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

  init(limit: Int) {
    self.limit = limit
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
      guard used &+ bytes <= limit else { throw .memory }
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
    return (size <= largestSmall ? (size + 15) & ~15 : (size + 63) & ~63)
      - MemoryLayout<Header>.size
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

  @inline(never)
  private mutating func allocateLarge(
    _ kind: ObjectKind, size: Int, count: Int, extra: UInt32
  ) throws(Fault) -> Object {
    let bytes = (size + 63) & ~63
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
    used &-= (MemoryLayout<Header>.size + Self.payload(of: object) + 63) & ~63
    let raw = UnsafeMutableRawPointer(object) - Self.linkSize
    let next = raw.load(as: UnsafeMutableRawPointer?.self)
    let previous = (raw + 8).load(as: UnsafeMutableRawPointer?.self)
    if let next { (next + 8).storeBytes(of: previous, as: UnsafeMutableRawPointer?.self) }
    if let previous {
      previous.storeBytes(of: next, as: UnsafeMutableRawPointer?.self)
    } else {
      large = next
    }
    raw.deallocate()
  }

  /// The payload bytes that a large block was allocated for, from its header.
  private static func payload(of object: Object) -> Int {
    switch object.pointee.kind {
    case .string: Int(object.pointee.extra)
    case .list: Int(object.pointee.extra) * 8
    case .record where object.pointee.extra == Shape.dictionary: HashedFields(object).byteCount
    case .cursor: ListCursor.byteCount(items: Int(object.pointee.count))
    default: Int(object.pointee.count) * 8
    }
  }

  /// Counts memory that lies elsewhere, rounded up as a large block; gives what was counted.
  mutating func take(_ bytes: Int) throws(Fault) -> Int {
    let bytes = (bytes + 63) & ~63
    guard bytes <= limit &- used else { throw .memory }
    used &+= bytes
    if used > peak { peak = used }
    return bytes
  }

  /// Counts so much less.
  mutating func giveBack(_ bytes: Int) { used &-= bytes }

  /// Frees everything.
  mutating func destroy() {
    while let raw = large {
      large = raw.load(as: UnsafeMutableRawPointer?.self)
      raw.deallocate()
    }
    for chunk in chunks { chunk.deallocate() }
    lists.deallocate()
  }
}
