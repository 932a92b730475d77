@testable import LashVM

/// Counts afresh what a machine's memory should look like, and says what differs.
///
/// It walks from the owners (registers, the result, constants, interned keys, lazy reads) over all blocks. Then each
/// block must have as many references as owners were found, no block may lie within itself, and the
/// blocks together must be what the allocator has given out: more is a leak, or a cycle nobody owns.
struct HeapAudit {
  private let vm: VM
  private var owners: [Object: Int] = [:]
  private var order: [Object] = []
  private var problems: [String] = []

  /// What is wrong, empty if nothing.
  static func problems(of machine: borrowing Machine) -> [String] {
    var audit = HeapAudit(vm: machine.vm)
    audit.count()
    audit.check()
    return audit.problems
  }

  private init(vm: VM) { self.vm = vm }

  private var heap: Heap { vm.pointee.heap }

  private mutating func count() {
    let registers = (vm.pointee.stackEnd - vm.pointee.stack) / 8
    for register in 0..<registers { own(slot(vm.pointee.stack, register * 8).pointee) }
    own(vm.pointee.result)
    for place in vm.pointee.program.constants.indices { own(vm.pointee.constants[place]) }
    for key in heap.state.pointee.shapes.keys { own(key) }
    own(heap.state.pointee.reads)
    var next = 0
    while next < order.count {
      let object = order[next]
      next += 1
      for child in children(of: object) { own(child) }
    }
  }

  private mutating func own(_ value: Value) {
    guard value.isHeap else { return }
    let object = value.object
    if value.bits >> 48 != object.pointee.kind.tag {
      problems.append("a value is tagged as another kind than \(object.pointee.kind)")
    }
    owners[object, default: 0] += 1
    if owners[object] == 1 { order.append(object) }
  }

  private func children(of object: Object) -> UnsafeBufferPointer<Value> {
    switch object.pointee.kind {
    case .string, .integer: UnsafeBufferPointer(start: nil, count: 0)
    default: heap.ownedValues(object)
    }
  }

  private mutating func check() {
    var used = 0
    for object in order {
      let found = owners[object] ?? 0
      let noted = Int(object.pointee.references)
      if found != noted {
        problems.append("a \(object.pointee.kind) has \(found) owners and counts \(noted)")
      }
      used += size(of: object)
      checkShape(of: object)
    }
    for entry in heap.state.pointee.documents.entries { used += entry?.memory ?? 0 }
    let lazies = order.count { Heap.isLazy($0.pointee.kind) }
    if lazies != heap.state.pointee.lazies {
      problems.append("\(lazies) lazy values live, \(heap.state.pointee.lazies) are counted")
    }
    let allocator = heap.state.pointee.allocator
    if used != allocator.used {
      problems.append("\(used) bytes are reachable, \(allocator.used) are given out")
    }
    if allocator.used > allocator.limit || allocator.peak < allocator.used {
      problems.append(
        "\(allocator.used) bytes used, peak \(allocator.peak), limit \(allocator.limit)")
    }
    checkOrder()
  }

  /// Bytes that a block occupies.
  private mutating func size(of object: Object) -> Int {
    let payload = payload(of: object)
    let needed = MemoryLayout<Header>.size + payload
    guard object.pointee.sizeClass != 0 else { return (needed + 63) & ~63 }
    let size = Int(object.pointee.sizeClass) << 4
    if needed > size { problems.append("a \(object.pointee.kind) overruns its block") }
    return size
  }

  private func payload(of object: Object) -> Int {
    switch object.pointee.kind {
    case .string: Int(object.pointee.extra)
    case .list: Int(object.pointee.extra) * 8
    case .integer: 8
    case .record where heap.isDictionary(object): HashedFields(object).byteCount
    case .cursor: ListCursor.byteCount(items: Int(object.pointee.count))
    default: Int(object.pointee.count) * 8
    }
  }

  private mutating func checkShape(of object: Object) {
    let count = Int(object.pointee.count)
    switch object.pointee.kind {
    case .string:
      if count > object.pointee.extra { problems.append("a string is longer than its block") }
      if object.pointee.flags.contains(.ascii) != isASCII(object.text) {
        problems.append("a string has a wrong ASCII mark")
      }
    case .list:
      if count > object.pointee.extra { problems.append("a list is longer than its block") }
    case .record where heap.isDictionary(object):
      let fields = HashedFields(object)
      for place in 0..<count {
        let key = fields.key(at: place).object.text
        if fields.find(key, hash: hashBytes(key)) != place { problems.append("a key is not found") }
      }
    case .record:
      if heap.state.pointee.shapes.entries[Int(object.pointee.extra)].count != count {
        problems.append("a record has not as many fields as its shape")
      }
    default: break
    }
    for child in children(of: object) where child.isUnset {
      problems.append("a \(object.pointee.kind) holds an unset value")
    }
  }

  /// Takes away blocks that no block left holds; what cannot be taken away lies within itself.
  private mutating func checkOrder() {
    var holders: [Object: Int] = [:]
    for object in order {
      for child in children(of: object) where child.isHeap {
        holders[child.object, default: 0] += 1
      }
    }
    var free = order.filter { holders[$0] == nil }
    var taken = 0
    while let object = free.popLast() {
      taken += 1
      for child in children(of: object) where child.isHeap {
        let left = (holders[child.object] ?? 0) - 1
        holders[child.object] = left
        if left == 0 { free.append(child.object) }
      }
    }
    if taken != order.count {
      problems.append("\(order.count - taken) blocks lie within themselves")
    }
  }
}
