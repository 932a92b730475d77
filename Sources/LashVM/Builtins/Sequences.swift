import LashLang

extension BuiltinTable {
  /// `push(xs, v)`: the list with `v` at its end; in place when nothing else has the list.
  static func push(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let list = arguments[0]
    guard list.isList else {
      throw heap.trap(
        .typeError,
        "`push` requires a list as the first argument, got \(heap.typeName(list))")
    }
    if list.object.pointee.references == 1 {
      try heap.append(heap.copy(arguments[1]), orReleaseIt: arguments)
      return heap.take(arguments)
    }
    let items = list.object.items
    return try heap.buildList(capacity: items.count + 1) { pushed throws(Fault) in
      for item in items { try pushed.append(heap.copy(item)) }
      try pushed.append(heap.copy(arguments[1]))
    }
  }

  /// `reverse(xs)`: a list.
  static func reverse(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let items = try heap.sequence(arguments[0], of: .reverse)
    let list = arguments[0]
    if list.isList, list.object.pointee.references == 1 {
      var mutable = UnsafeMutableBufferPointer(mutating: items)
      mutable.reverse()
      return heap.take(arguments)
    }
    return try heap.buildList(capacity: items.count) { reversed throws(Fault) in
      for item in items.reversed() { try reversed.append(heap.copy(item)) }
    }
  }

  /// `slice(x, from, to)` of a string, list or tuple: a null bound is open, a negative one counts from the
  /// end, both are clamped.
  static func slice(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    if let part = try heap.lazySlice(arguments[0], arguments[1], arguments[2]) { return part }
    try heap.settle(arguments)
    let value = arguments[0]
    let items = heap.items(value)
    guard value.isString || items != nil else {
      throw heap.trap(
        .typeError, "`slice` requires a string, tuple, or list, got \(heap.typeName(value))")
    }
    if items == nil, !value.object.pointee.flags.contains(.ascii) {
      heap.charge(bytes: Int(value.object.pointee.count))
    }
    let size = items?.count ?? heap.scalarCount(value.object)
    let start = try heap.clamped(arguments[1], size: size, open: 0)
    let end = max(try heap.clamped(arguments[2], size: size, open: size), start)
    if start == 0 && end == size { return heap.copy(value) }
    guard let items else {
      let text = value.object.text
      let from = heap.byteOffset(value.object, scalar: start)
      let to = heap.byteOffset(value.object, scalar: end)
      heap.charge(bytes: to - from)
      return Value(try heap.makeString(text.part(from, to)))
    }
    let part = UnsafeBufferPointer(rebasing: items[start..<end])
    if value.isList {
      return try heap.buildList(capacity: part.count) { list throws(Fault) in
        for item in part { try list.append(heap.copy(item)) }
      }
    }
    heap.charge(elements: part.count)
    let tuple = try heap.makeTuple(part)
    for item in part { heap.retain(item) }
    return Value(tuple)
  }

  /// `flatten(xs)`: lists and tuples in it give way to their items, one level deep.
  static func flatten(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let parts = try heap.sequence(arguments[0], of: .flatten)
    return try heap.buildList(capacity: parts.count) { list throws(Fault) in
      for part in parts {
        guard let items = heap.items(part) else {
          try list.append(heap.copy(part))
          continue
        }
        heap.charge(elements: items.count)
        for item in items { try list.append(heap.copy(item)) }
      }
    }
  }

  /// `zip(a, b, …)`: tuples of the items at the same place, as many as the shortest has.
  static func zip(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    var length = Int.max
    for position in 0..<count {
      length = min(length, try heap.sequence(arguments[position], of: .zip).count)
    }
    return try heap.buildList(capacity: length) { list throws(Fault) in
      for row in 0..<length {
        let tuple = try heap.makeBlock(.tuple, count: count)
        for position in 0..<count {
          tuple.values[position] = heap.copy(arguments[position].object.values[row])
        }
        try list.append(Value(tuple))
      }
    }
  }

  /// `enumerate(xs, start?)`: a tuple of number and item for each item.
  static func enumerate(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let items = try heap.sequence(arguments[0], of: .enumerate)
    let start = count > 1 ? try heap.whole(arguments[1], "start", of: .enumerate) : .integer(0)
    return try heap.buildList(capacity: items.count) { list throws(Fault) in
      for (position, item) in items.enumerated() {
        let number = try heap.value(start + .integer(Int64(position)))
        try list.append(try heap.makePair(number, heap.copy(item)))
      }
    }
  }
}

extension Heap {
  /// Appends a value to the unique list in `slot`; releases it if it throws.
  func append(
    _ value: Value, orReleaseIt slot: UnsafeMutablePointer<Value>
  ) throws(Fault) {
    do throws(Fault) { try append(value, to: slot) } catch {
      release(value)
      throw error
    }
  }
}
