/// The numbers of the objects that several owners share: a hash table by address.
///
/// It is only ever asked for one object, never walked, so addresses have no influence on the bytes.
struct ObjectNumbers {
  private var entries: [(object: UInt, number: UInt32)]
  private var count = 0
  /// The number of the next object.
  private(set) var next: UInt32 = 0

  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    entries = Array(repeating: (0, 0), count: size)
  }

  /// The number of an object, if it has one.
  @inline(__always)
  func number(of object: Object) -> UInt32? {
    let place = place(of: UInt(bitPattern: object))
    return entries[place].object == 0 ? nil : entries[place].number
  }

  /// Gives the next number to an object, unless it has one: then the number is left out.
  mutating func insert(_ object: Object) {
    let address = UInt(bitPattern: object)
    let place = place(of: address)
    if entries[place].object == 0 {
      entries[place] = (address, next)
      count += 1
      if count * 2 > entries.count { grow() }
    }
    next += 1
  }

  @inline(__always)
  private func place(of address: UInt) -> Int {
    let mask = entries.count - 1
    var probe = Int(truncatingIfNeeded: (address >> 4) &* 0x9E37_79B9_7F4A_7C15 >> 32) & mask
    while entries[probe].object != 0, entries[probe].object != address {
      probe = (probe + 1) & mask
    }
    return probe
  }

  private mutating func grow() {
    let old = entries
    entries = Array(repeating: (0, 0), count: old.count * 2)
    for entry in old where entry.object != 0 { entries[place(of: entry.object)] = entry }
  }
}

extension MachineState {
  /// Calls `visit` for each object that loading the program makes, always in the same order. These have
  /// the first numbers of a snapshot, and are not stored.
  func forEachLoadedObject(_ visit: (Object) -> Void) {
    let keys = heap.state.pointee.shapes.keys
    for key in 0..<loadedKeys { visit(keys[key].object) }
    var open: [Value] = []
    for index in 0..<program.constants.count {
      open.append(constants[index])
      while let value = open.popLast() {
        guard value.isHeap else { continue }
        visit(value.object)
        guard value.isContainer else { continue }
        open.append(contentsOf: heap.ownedValues(value.object))
      }
    }
  }
}

extension Value {
  /// Whether it is a block that owns values.
  @inline(__always) var isContainer: Bool {
    isHeap && object.pointee.kind != .string && object.pointee.kind != .integer
  }
}
