import LashLang

extension BuiltinTable {
  /// `sum(xs)`: of numbers; 0 for none.
  static func sum(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let items = try heap.sequence(arguments[0], of: .sum)
    // While the sum stays below 2^53, adding doubles is exact for integers; any other kind is a NaN.
    var small = 0.0
    var position = 0
    while position < items.count {
      let next = small + items[position].double
      guard next.magnitude < Heap.exactLimit else { break }
      small = next
      position += 1
    }
    var total = Number(Value(double: small)) ?? .double(small)
    for position in position..<items.count {
      guard let number = Number(items[position]) else {
        throw heap.trap(
          .typeError,
          "`sum` item \(position) must be a number, got \(heap.typeName(items[position]))")
      }
      total = total + number
    }
    return try heap.value(total)
  }

  /// `any(xs)`: whether one item counts as true.
  static func any(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    Value(bool: try heap.sequence(arguments[0], of: .any).contains { heap.isTruthy($0) })
  }

  /// `all(xs)`: whether no item counts as false.
  static func all(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    Value(bool: try heap.sequence(arguments[0], of: .all).allSatisfy { heap.isTruthy($0) })
  }

  /// `unique(xs)`: the first of all equal items. Expected linear.
  static func unique(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let items = try heap.sequence(arguments[0], of: .unique)
    var places: [UInt64: [Int]] = [:]
    var hashing = Hashing(heap: heap)
    return try heap.buildList { list throws(Fault) in
      for position in items.indices {
        let item = items[position]
        let hash = try hashing.hash(item)
        if let others = places[hash], try heap.contains(items, others, item) { continue }
        // A nan equals nothing, so there is no use in finding it again.
        if !(item.isDouble && item.double.isNaN) { places[hash, default: []].append(position) }
        try list.append(heap.copy(item))
      }
    }
  }

  /// `group_by(xs, path)`: a record of lists, by the text of the field at a dotted path, in the order in
  /// which the groups appear.
  static func groupBy(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let path = try FieldPath(arguments[1], of: .groupBy, in: heap)
    let items = try heap.sequence(arguments[0], of: .groupBy)
    return try heap.buildRecord { groups throws(Fault) in
      for position in items.indices {
        let value = try path.value(of: items[position], at: position)
        try heap.checkFuel()
        let key = try heap.coerceText(value)
        defer { heap.release(key) }
        if heap.fieldSlot(groups.object, key.object.text) == nil {
          try heap.setField(&groups, key, Value(try heap.makeList(capacity: 1)))
        }
        guard let group = heap.fieldSlot(groups.object, key.object.text) else { continue }
        try heap.append(heap.copy(items[position]), orReleaseIt: group)
      }
    }
  }
}

extension Heap {
  /// Whether one of the items at some places equals a value.
  fileprivate func contains(
    _ items: UnsafeBufferPointer<Value>, _ places: [Int], _ value: Value
  ) throws(Fault) -> Bool {
    charge(elements: places.count)
    for place in places {
      if try equal(items[place], value) { return true }
      try checkFuel()
    }
    return false
  }
}
