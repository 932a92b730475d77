/// The stored form of a machine (`spec/snapshot-format.md`).
enum SnapshotFormat {
  /// First bytes: no text begins so, and a line-end conversion destroys it.
  static let magic: [UInt8] = [0x00, 0x6C, 0x61, 0x73, 0x68, 0x73, 0x0D, 0x0A]
  /// The version that is written. It grows when the layout, a value tag, an object kind or a status
  /// changes; a test keeps a fingerprint of these.
  static let version: UInt32 = 2
  /// Version 1, which is read too, lacks the counts of effects: they begin at 0 again.
  static let oldestVersion: UInt32 = 1
  /// Where the checksum stands, and where the bytes begin over which it is taken.
  static let checksumOffset = 12
  static let bodyOffset = 20
  /// Bytes of a program's identity.
  static let identitySize = 32

  /// First bytes of values. An object's is `object` plus the number of its kind, and its flags.
  enum Tag {
    static let null: UInt8 = 0
    static let unset: UInt8 = 1
    static let `false`: UInt8 = 2
    static let `true`: UInt8 = 3
    /// An integral number within ±2^53, as a signed varint.
    static let integer: UInt8 = 4
    /// Any other double: eight bytes.
    static let double: UInt8 = 5
    /// An object that has a number: a varint.
    static let reference: UInt8 = 6
    /// So many unset registers: a varint. Only among registers.
    static let unsetRun: UInt8 = 7
    static let object: UInt8 = 0x20
    /// A record that is a hash table.
    static let dictionary: UInt8 = 0x3F
    /// The object has several owners, and so the next number.
    static let shared: UInt8 = 0x80
    /// The capacity is not the least for the count, and follows it.
    static let capacity: UInt8 = 0x40
  }
}

/// A checksum against damage, not against malice: four lanes of multiplication over the words, in
/// little-endian order, so the same on every machine.
struct SnapshotChecksum {
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let prime: UInt64 = 0x9E37_79B1_85EB_CA87
    var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, UInt64(bytes.count))
    @inline(__always) func mix(_ lane: UInt64, _ word: UInt64) -> UInt64 {
      let product = (lane ^ word) &* prime
      return product ^ product >> 29
    }
    @inline(__always) func word(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    var offset = 0
    while offset + 32 <= bytes.count {
      lanes.0 = mix(lanes.0, word(offset))
      lanes.1 = mix(lanes.1, word(offset + 8))
      lanes.2 = mix(lanes.2, word(offset + 16))
      lanes.3 = mix(lanes.3, word(offset + 24))
      offset += 32
    }
    while offset + 8 <= bytes.count {
      lanes.0 = mix(lanes.0, word(offset))
      offset += 8
    }
    while offset < bytes.count {
      lanes.1 = mix(lanes.1, UInt64(bytes[offset]))
      offset += 1
    }
    return mix(mix(mix(lanes.0, lanes.1), lanes.2), lanes.3)
  }
}
