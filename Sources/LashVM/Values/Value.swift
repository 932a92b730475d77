/// A value in machine memory: eight bytes, NaN-boxed.
///
/// - A double is its own bit pattern; every NaN is canonical, so doubles are ≤ `0xFFF8 << 48`.
/// - `0xFFF9` tags the immediates null, unset, false and true.
/// - `0xFFFC` … `0xFFFF` tag a pointer (low 48 bits) to a heap block: string, list, record, other.
///
/// Invariant (rule VAL-3): an integral number with 2^53 ≤ |n| < 2^63 is never a double but an
/// integer object, so numbers have one representation each, save that −0 may stand for 0.
///
/// A `Value` does not own what it points to; registers, list items, record slots and constants do.
struct Value: BitwiseCopyable, Sendable {
  var bits: UInt64

  @inline(__always) init(bits: UInt64) { self.bits = bits }

  static let null = Value(bits: 0xFFF9_0000_0000_0000)
  static let unset = Value(bits: 0xFFF9_0000_0000_0001)
  static let `false` = Value(bits: 0xFFF9_0000_0000_0002)
  static let `true` = Value(bits: 0xFFF9_0000_0000_0003)

  /// A double that upholds the invariant: canonical NaN, and no integral number from 2^53 up to 2^63.
  @inline(__always) init(double: Double) { bits = double.bitPattern }

  @inline(__always) init(bool: Bool) { bits = bool ? Self.true.bits : Self.false.bits }

  @inline(__always) init(_ object: Object, tag: UInt64) {
    bits = UInt64(UInt(bitPattern: object)) | tag << 48
  }

  /// The tagged value of a heap block.
  @inline(__always) init(_ object: Object) {
    self.init(object, tag: object.pointee.kind.tag)
  }

  @inline(__always) var isDouble: Bool { bits <= 0xFFF8_0000_0000_0000 }
  @inline(__always) var isHeap: Bool { bits >= 0xFFFC_0000_0000_0000 }
  @inline(__always) var isNull: Bool { bits == Self.null.bits }
  @inline(__always) var isUnset: Bool { bits == Self.unset.bits }
  /// Null, unset, false or true.
  @inline(__always) var isImmediate: Bool { bits >> 48 == Tag.immediate }
  @inline(__always) var isBool: Bool { bits | 1 == Self.true.bits }
  @inline(__always) var isString: Bool { bits >> 48 == Tag.string }
  @inline(__always) var isList: Bool { bits >> 48 == Tag.list }
  @inline(__always) var isRecord: Bool { bits >> 48 == Tag.record }

  /// The double; of a tagged value some NaN, which poisons arithmetic and so flags the slow path.
  @inline(__always) var double: Double { Double(bitPattern: bits) }

  /// The heap block. The value must be one (`isHeap`).
  @inline(__always) var object: Object {
    Object(bitPattern: UInt(bits & 0x0000_FFFF_FFFF_FFFF)).unsafelyUnwrapped
  }

  /// The kind of the heap block, `nil` for doubles and immediates.
  @inline(__always) var heapKind: ObjectKind? { isHeap ? object.pointee.kind : nil }

  /// Whether it is a heap block of this kind.
  @inline(__always) func isKind(_ kind: ObjectKind) -> Bool {
    isHeap && object.pointee.kind == kind
  }

  /// Whether it is a number of either representation.
  @inline(__always) var isNumber: Bool { isDouble || isKind(.integer) }

  enum Tag {
    static let immediate: UInt64 = 0xFFF9
    static let string: UInt64 = 0xFFFC
    static let list: UInt64 = 0xFFFD
    static let record: UInt64 = 0xFFFE
    static let other: UInt64 = 0xFFFF
  }
}
