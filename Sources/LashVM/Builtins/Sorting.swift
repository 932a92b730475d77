import LashLang

extension BuiltinTable {
  /// `sort(xs, "desc"?)`: a list in order; equal items keep theirs. All items are null, booleans, numbers
  /// or strings.
  static func sort(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let isDescending =
      count > 1 ? try Self.isDescending(arguments[1], of: .sort, in: heap) : false
    let items = try heap.sequence(arguments[0], of: .sort)
    try heap.checkComparable(items, of: .sort)
    var list: Value
    if arguments[0].isList, arguments[0].object.pointee.references == 1 {
      list = heap.take(arguments)
    } else {
      list = Value(try heap.makeList(capacity: items.count))
      for item in items { list.object.appendInCapacity(heap.copy(item)) }
    }
    do throws(Fault) {
      try mergeSort(
        UnsafeMutableBufferPointer(mutating: list.object.items), in: heap, descending: isDescending
      ) { $0 }
    } catch {
      // Sorted half-way is as good to begin with: equal items cannot be told apart.
      if arguments[0].isNull { arguments[0] = list } else { heap.release(list) }
      throw error
    }
    return list
  }

  /// `sort_by(xs, path, "desc"?)`: records by the field at a dotted path.
  static func sortBy(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let path = try FieldPath(arguments[1], of: .sortBy, in: heap)
    let isDescending =
      count > 2 ? try Self.isDescending(arguments[2], of: .sortBy, in: heap) : false
    let items = try heap.sequence(arguments[0], of: .sortBy)
    var keys: [Value] = []
    keys.reserveCapacity(items.count)
    for position in items.indices {
      keys.append(try path.value(of: items[position], at: position))
      try heap.checkFuel()
    }
    try keys.withUnsafeBufferPointer { keys throws(Fault) in
      try heap.checkComparable(keys, of: .sortBy)
    }
    var pairs = Swift.zip(keys, items).map { KeyedItem(key: $0, item: $1) }
    try pairs.withUnsafeMutableBufferPointer { pairs throws(Fault) in
      try mergeSort(pairs, in: heap, descending: isDescending) { $0.key }
    }
    let list = try heap.makeList(capacity: items.count)
    for pair in pairs { list.appendInCapacity(heap.copy(pair.item)) }
    return Value(list)
  }

  private struct KeyedItem: BitwiseCopyable {
    var key: Value
    var item: Value
  }

  /// `min(xs)`: the first of the least items.
  static func minimum(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try extreme(heap, arguments[0], .min) { $0 < 0 }
  }

  /// `max(xs)`: the first of the greatest items.
  static func maximum(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try extreme(heap, arguments[0], .max) { $0 > 0 }
  }

  private static func extreme(
    _ heap: Heap, _ value: Value, _ builtin: Builtin, _ isBetter: (Int) -> Bool
  ) throws(Fault) -> Value {
    let items = try heap.sequence(value, of: builtin)
    guard var best = items.first else {
      throw heap.trap(.valueError, "`\(builtin.rawValue)` requires a non-empty list")
    }
    try heap.checkComparable(items, of: builtin)
    for item in items {
      if isBetter(heap.compareForSort(item, best)) { best = item }
      try heap.checkFuel()
    }
    return heap.copy(best)
  }

  private static func isDescending(
    _ order: Value, of builtin: Builtin, in heap: Heap
  ) throws(Fault) -> Bool {
    let text = String(decoding: try heap.string(order, "order", of: builtin), as: UTF8.self)
    guard text == "asc" || text == "desc" else {
      throw heap.trap(.valueError, "`\(builtin.rawValue)` order must be \"asc\" or \"desc\"")
    }
    return text == "desc"
  }

  /// Sorts elements by their keys, stably, bottom up: runs of one, two, four … are merged. After a fault
  /// they are all there, in some order.
  private static func mergeSort<Element: BitwiseCopyable>(
    _ elements: UnsafeMutableBufferPointer<Element>, in heap: Heap, descending: Bool,
    key: (Element) -> Value
  ) throws(Fault) {
    let count = elements.count
    guard count > 1, let start = elements.baseAddress else { return }
    heap.charge(elements: count * (Int.bitWidth - (count - 1).leadingZeroBitCount))
    let scratch = UnsafeMutablePointer<Element>.allocate(capacity: count)
    var source = start
    var target = scratch
    defer {
      if source != start { start.update(from: source, count: count) }
      scratch.deallocate()
    }
    var width = 1
    while width < count {
      var low = 0
      while low < count {
        let middle = min(low + width, count)
        let high = min(low + 2 * width, count)
        var left = low
        var right = middle
        for position in low..<high {
          if position & 15 == 0 { try heap.checkFuel() }
          let takesRight: Bool
          if left == middle {
            takesRight = true
          } else if right == high {
            takesRight = false
          } else {
            let order = heap.compareForSort(key(source[right]), key(source[left]))
            takesRight = descending ? order > 0 : order < 0
          }
          if takesRight {
            target[position] = source[right]
            right += 1
          } else {
            target[position] = source[left]
            left += 1
          }
        }
        low = high
      }
      swap(&source, &target)
      width *= 2
    }
  }
}

extension Heap {
  /// Traps unless all items are null, all booleans, all numbers or all strings.
  fileprivate func checkComparable(
    _ items: UnsafeBufferPointer<Value>, of builtin: Builtin
  ) throws(Fault) {
    guard let first = items.first else { return }
    let kind = comparableKind(first)
    for position in items.indices {
      let item = items[position]
      guard let kind, comparableKind(item) == kind else {
        throw trap(
          .typeError,
          "`\(builtin.rawValue)` item \(position) (\(typeName(item))) is not comparable "
            + "with item 0 (\(typeName(first)))")
      }
    }
  }

  private func comparableKind(_ value: Value) -> Int? {
    if value.isNumber { return 0 }
    if value.isString { return 1 }
    return value.isHeap ? nil : value.isBool ? 2 : 3
  }
}

extension UnsafeMutablePointer where Pointee == Header {
  /// Appends a value to a list that has room for it.
  fileprivate func appendInCapacity(_ value: Value) {
    values[Int(pointee.count)] = value
    pointee.count += 1
  }
}
