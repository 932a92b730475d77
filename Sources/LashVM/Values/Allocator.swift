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
  /// Bytes of the first chunk; each is twice the one before, up to the largest. Small machines stay small.
  private static let firstChunk = 4 << 10
  private static let largestChunk = 64 << 10
  /// Links of a large block to its neighbours and the bytes reserved for it, kept before its header.
  private static let linkSize = 32
  /// From this size on a block that grows reserves room to grow further in place. Pages that are never
  /// touched take no memory.
  private static let reservingSize = 64 << 10
  private static let reserve = 8

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
      let size = min(Self.firstChunk << min(chunks.count, 16), Self.largestChunk)
      let chunk = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
      chunks.append(chunk)
      next = chunk
      end = chunk + size
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
    let raw = makeLarge(reserving: bytes)
    let object = (raw + Self.linkSize).assumingMemoryBound(to: Header.self)
    object.initialize(
      to: Header(
        references: 1, kind: kind, flags: [], sizeClass: 0,
        count: UInt32(truncatingIfNeeded: count), extra: extra))
    return object
  }

  /// A linked block of its own with room for `bytes`, nothing in it.
  private mutating func makeLarge(reserving bytes: Int) -> UnsafeMutableRawPointer {
    let raw = UnsafeMutableRawPointer.allocate(byteCount: Self.linkSize + bytes, alignment: 16)
    raw.storeBytes(of: large, as: UnsafeMutableRawPointer?.self)
    (raw + 8).storeBytes(of: nil, as: UnsafeMutableRawPointer?.self)
    (raw + 16).storeBytes(of: bytes, as: Int.self)
    if let large { (large + 8).storeBytes(of: raw, as: UnsafeMutableRawPointer?.self) }
    large = raw
    return raw
  }

  /// Makes room for `payload` bytes in a block with `used` bytes of payload in it, of which the caller is
  /// the only owner and which may move. The caller notes the new capacity.
  ///
  /// A large block is always counted as growing in place, whether it has to move or not, so that the meter
  /// does not depend on where blocks lie.
  mutating func grow(
    _ object: Object, used content: Int, payload: Int
  ) throws(Fault) -> Object {
    let header = MemoryLayout<Header>.size
    guard object.pointee.sizeClass == 0 else {
      let grown = try allocate(
        object.pointee.kind, payload: payload, count: Int(object.pointee.count), extra: 0)
      grown.pointee.flags = object.pointee.flags
      grown.bytes.update(from: object.bytes, count: content)
      free(object)
      return grown
    }
    let bytes = Self.footprint(header + payload)
    let old = Self.footprint(header + Self.payload(of: object))
    guard payload >= 0, bytes - old <= limit &- used else { throw .memory }
    used &+= bytes - old
    if used > peak { peak = used }
    let raw = UnsafeMutableRawPointer(object) - Self.linkSize
    var reserved = bytes
    if trial == .none {
      if bytes <= (raw + 16).load(as: Int.self) { return object }
      if bytes >= Self.reservingSize { reserved = max(bytes, min(bytes * Self.reserve, limit)) }
    }
    let moved = makeLarge(reserving: reserved) + Self.linkSize
    moved.copyMemory(from: object, byteCount: header + content)
    unlink(raw)
    return moved.assumingMemoryBound(to: Header.self)
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
    used &-= Self.footprint(MemoryLayout<Header>.size + Self.payload(of: object))
    unlink(UnsafeMutableRawPointer(object) - Self.linkSize)
  }

  /// Gives a linked block back to the system, or to the quarantine of a trial.
  private mutating func unlink(_ raw: UnsafeMutableRawPointer) {
    let next = raw.load(as: UnsafeMutableRawPointer?.self)
    let previous = (raw + 8).load(as: UnsafeMutableRawPointer?.self)
    if let next { (next + 8).storeBytes(of: previous, as: UnsafeMutableRawPointer?.self) }
    if let previous {
      previous.storeBytes(of: next, as: UnsafeMutableRawPointer?.self)
    } else {
      large = next
    }
    if trial == .poison {
      quarantine.add(raw, size: Self.linkSize + (raw + 16).load(as: Int.self))
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
    quarantine.empty()
    while let raw = large {
      large = raw.load(as: UnsafeMutableRawPointer?.self)
      raw.deallocate()
    }
    for chunk in chunks { chunk.deallocate() }
    lists.deallocate()
  }
}
