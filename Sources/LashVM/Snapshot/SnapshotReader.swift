/// Reads a machine from bytes that may be damaged or hostile (`spec/snapshot-format.md`).
///
/// Every count is checked against the bytes that are left, and every block comes out of the machine's
/// memory bound, before anything is reserved. What an instruction relies on without looking is checked
/// once all is read (`HiddenState`).
struct SnapshotReader {
  let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0
  /// The version of the format that the bytes have.
  private var version = SnapshotFormat.version
  /// The objects that have numbers; `nil` while their parts are still being read, so that no value can
  /// come to hold itself.
  var objects: [Object?] = []
  var open: [OpenObject] = []
  /// Supplies the text of a hash, if it can.
  let documents: (String) -> [UInt8]?

  /// An object whose parts are being read.
  struct OpenObject {
    var object: Object?
    /// Its number, or -1.
    var number: Int
    /// The next part, and how many are left.
    var target: UnsafeMutablePointer<Value>
    var left: Int
  }

  init(_ bytes: UnsafeRawBufferPointer, documents: @escaping (String) -> [UInt8]?) {
    self.bytes = bytes
    self.documents = documents
  }

  /// Bytes not yet read.
  @inline(__always) var left: Int { bytes.count &- offset }

  /// The error that something is wrong at the present place.
  func damaged(_ reason: String) -> SnapshotError { .damaged(reason, offset: offset) }

  /// Reads what stands before the machine, and checks it.
  mutating func readHeader(of program: Program) throws(SnapshotError) {
    guard left >= SnapshotFormat.magic.count,
      SnapshotFormat.magic.indices.allSatisfy({ bytes[$0] == SnapshotFormat.magic[$0] })
    else { throw .notASnapshot }
    offset = SnapshotFormat.magic.count
    guard left >= 4 else { throw damaged("the bytes end too early") }
    version = UInt32(
      littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    guard (SnapshotFormat.oldestVersion...SnapshotFormat.version).contains(version) else {
      throw .version(found: version, supported: SnapshotFormat.version)
    }
    offset = SnapshotFormat.checksumOffset
    let checksum = try fixed()
    let body = UnsafeRawBufferPointer(rebasing: bytes[offset...])
    guard SnapshotChecksum.of(body) == checksum else {
      throw damaged("the checksum of what follows is wrong")
    }
    guard left >= SnapshotFormat.identitySize else { throw damaged("the bytes end too early") }
    let identity = program.identity
    guard identity.count == SnapshotFormat.identitySize,
      identity.indices.allSatisfy({ bytes[offset + $0] == identity[$0] })
    else {
      throw .otherProgram
    }
    offset += SnapshotFormat.identitySize
  }

  /// Reads how often each site was executed.
  mutating func readOccurrences(into state: MachineState) throws(SnapshotError) {
    guard version >= 2 else { return }
    let sites = state.program.sites.numbers.count
    guard try count("counts of effects") == sites else {
      throw damaged("there are not as many counts as the program has effects")
    }
    for site in 0..<sites {
      state.occurrences[site] = try number(
        upTo: BatchedCall.greatestOccurrence, "the count of an effect")
    }
  }

  // MARK: Bytes

  @inline(__always)
  mutating func byte() throws(SnapshotError) -> UInt8 {
    guard left > 0 else { throw damaged("the bytes end too early") }
    let byte = bytes[offset]
    offset &+= 1
    return byte
  }

  /// An unsigned varint.
  @inline(__always)
  mutating func number() throws(SnapshotError) -> UInt64 {
    let first = try byte()
    return first < 0x80 ? UInt64(first) : try longNumber(UInt64(first & 0x7F))
  }

  @inline(never)
  private mutating func longNumber(_ low: UInt64) throws(SnapshotError) -> UInt64 {
    var value = low
    var shift: UInt64 = 7
    while true {
      let next = try byte()
      guard shift < 63 || next <= 1 else { throw damaged("a number is too long") }
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 {
        guard next > 0 else { throw damaged("a number is not in its one form") }
        return value
      }
      shift += 7
    }
  }

  /// A number that is at most `limit`.
  @inline(__always)
  mutating func number(upTo limit: Int, _ what: StaticString) throws(SnapshotError) -> Int {
    let value = try number()
    guard limit >= 0, value <= UInt64(limit) else {
      throw damaged("\(what) is \(value), more than \(limit)")
    }
    return Int(value)
  }

  /// The count of parts that take at least `size` bytes each.
  @inline(__always)
  mutating func count(of size: Int = 1, _ what: StaticString) throws(SnapshotError) -> Int {
    let value = try number()
    guard value <= UInt64(left / size) else {
      throw damaged("\(value) \(what) are announced, but the bytes end before")
    }
    return Int(value)
  }

  @inline(__always)
  mutating func signed() throws(SnapshotError) -> Int {
    let value = try number()
    return Int(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
  }

  /// A number of eight bytes.
  @inline(__always)
  mutating func fixed() throws(SnapshotError) -> UInt64 {
    guard left >= 8 else { throw damaged("the bytes end too early") }
    let value = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    offset &+= 8
    return UInt64(littleEndian: value)
  }

  /// The next `count` bytes as text.
  @inline(__always)
  mutating func text(_ count: Int) throws(SnapshotError) -> UnsafeBufferPointer<UInt8> {
    // The count may have been checked before other numbers were read.
    guard count <= left else { throw damaged("the bytes end too early") }
    let start = bytes.baseAddress.map { ($0 + offset).assumingMemoryBound(to: UInt8.self) }
    let text = UnsafeBufferPointer(start: start, count: count)
    guard isASCII(text) || text.isValidUTF8 else { throw damaged("a text is not UTF-8") }
    offset &+= count
    return text
  }

  /// A text after its length.
  mutating func string(_ what: StaticString) throws(SnapshotError) -> String {
    String(decoding: try text(count(what)), as: UTF8.self)
  }

  mutating func flag() throws(SnapshotError) -> Bool { try number(upTo: 1, "a flag") == 1 }

  /// Checks that all bytes were read.
  func finish() throws(SnapshotError) {
    guard left == 0 else { throw damaged("\(left) bytes follow the end") }
  }
}
