extension Heap {
  /// `==` (rule VAL-9): kinds never mix, numbers compare exactly, nan differs from itself,
  /// strings by their bytes, records whatever their order, a result wrapper as the record it reads as,
  /// sealed kinds by content. Linear in the size of the smaller value, texts that are shared within it
  /// counted each time.
  func equal(_ a: Value, _ b: Value) throws(Fault) -> Bool {
    if let answer = equalAtOnce(a, b) { return answer }
    var comparison = Walk(heap: self)
    let answer = try comparison.run(a.object, b.object)
    charge(elements: comparison.steps & (Walk.chargedSteps - 1))
    return answer
  }

  /// The answer for values that need no walk, `nil` for two containers.
  @inline(__always)
  fileprivate func equalAtOnce(_ a: Value, _ b: Value) -> Bool? {
    if a.isDouble && b.isDouble { return a.double == b.double }
    guard a.isHeap, b.isHeap else {
      return a.bits == b.bits || (a.isNull || a.isUnset) && (b.isNull || b.isUnset)
    }
    let kind = a.object.pointee.kind
    let other = b.object.pointee.kind
    if kind == other {
      switch kind {
      case .string:
        charge(bytes: Int(min(a.object.pointee.count, b.object.pointee.count)))
        return equalBytes(a.object.text, b.object.text)
      case .integer: return a.object.integer == b.object.integer
      default: return nil
      }
    }
    let mayMatch =
      kind == .record && other == .result || kind == .result && other == .record
    return mayMatch ? nil : false
  }
}

/// A walk over two containers side by side, with a work list as deep as they nest.
private struct Walk {
  let heap: Heap
  var steps = 0
  private var frames: [Frame] = []
  /// Containers taken to be equal, after many steps: each points to another of its class, or to itself
  /// if it was compared with itself, which a nan within makes different. The first difference ends the
  /// walk, so what is in one class need not be compared again, and shared structure costs what it
  /// occupies, not what it unfolds to.
  private var classes: [Object: Object] = [:]

  init(heap: Heap) { self.heap = heap }

  private struct Frame {
    var left: Object
    var right: Object
    var position = 0
    var count: Int
    var isKeyed: Bool
  }

  private static let stepsBeforeMemory = 10_000
  /// Steps are charged by the so many.
  static let chargedSteps = 4_096

  mutating func run(_ a: Object, _ b: Object) throws(Fault) -> Bool {
    guard enter(a, b) else { return false }
    while let frame = frames.last {
      guard frame.position < frame.count else {
        frames.removeLast()
        continue
      }
      frames[frames.count - 1].position += 1
      steps += 1
      if steps & (Self.chargedSteps - 1) == 0 { heap.charge(elements: Self.chargedSteps) }
      try heap.checkFuel()
      guard let (left, right) = children(of: frame) else { return false }
      if let answer = heap.equalAtOnce(left, right) {
        guard answer else { return false }
      } else {
        guard enter(left.object, right.object) else { return false }
      }
    }
    return true
  }

  /// Begins the comparison of two containers; false if they differ in kind or count.
  private mutating func enter(_ a: Object, _ b: Object) -> Bool {
    let isKeyed = a.pointee.kind == .record || b.pointee.kind == .record
    let count = width(a)
    guard count == width(b) else { return false }
    let areWrappers = !isKeyed && a.pointee.kind == .result
    if areWrappers && a.pointee.flags.contains(.success) != b.pointee.flags.contains(.success) {
      return false
    }
    if steps > Self.stepsBeforeMemory, a.pointee.references > 1 || b.pointee.references > 1 {
      guard unite(a, b) else { return true }
    }
    frames.append(
      Frame(left: a, right: b, count: areWrappers ? 1 : count, isKeyed: isKeyed))
    return true
  }

  /// Notes that two containers are taken to be equal; false if they were already.
  private mutating func unite(_ a: Object, _ b: Object) -> Bool {
    let left = representative(a)
    let right = representative(b)
    guard left != right || a == b && classes[a] == nil else { return false }
    classes[left] = right
    return true
  }

  private mutating func representative(_ object: Object) -> Object {
    var object = object
    while let next = classes[object], next != object {
      // Halves the way for those that come after.
      if let second = classes[next] { classes[object] = second }
      object = next
    }
    return object
  }

  private func width(_ object: Object) -> Int {
    object.pointee.kind == .result ? 2 : Int(object.pointee.count)
  }

  /// The next two values of a frame; `nil` if the right one lacks the key of the left one.
  private func children(of frame: Frame) -> (Value, Value)? {
    let position = frame.position
    guard frame.isKeyed else { return (frame.left.values[position], frame.right.values[position]) }
    let left = frame.left.pointee
    let right = frame.right.pointee
    if left.kind == right.kind, left.extra == right.extra, left.extra != Shape.dictionary {
      return (frame.left.values[position], frame.right.values[position])
    }
    guard let fields = Fields(readable: Value(frame.left), in: heap),
      let others = Fields(readable: Value(frame.right), in: heap),
      let other = others.value(of: fields.key(at: position))
    else { return nil }
    return (fields.value(at: position), other)
  }
}
