import LashLang

// The workers that make values.

extension VM {
  /// `destination := list` of `count` values, moved.
  @inline(never)
  func makeList(
    _ destination: UnsafeMutablePointer<Value>, _ first: UnsafeMutablePointer<Value>, _ count: Int
  ) -> Bool {
    attempt { () throws(Fault) in
      let list = try pointee.heap.makeList(capacity: count)
      take(first, count, into: list.values)
      list.pointee.count = UInt32(count)
      replace(self, destination, Value(list))
    }
  }

  /// `destination := tuple` of `count` values, moved.
  @inline(never)
  func makeTuple(
    _ destination: UnsafeMutablePointer<Value>, _ first: UnsafeMutablePointer<Value>, _ count: Int
  ) -> Bool {
    attempt { () throws(Fault) in
      let tuple = try pointee.heap.makeBlock(.tuple, count: count)
      take(first, count, into: tuple.values)
      replace(self, destination, Value(tuple))
    }
  }

  /// `destination := record` of a literal's keys with values from `first`, moved.
  @inline(never)
  func makeRecord(
    _ destination: UnsafeMutablePointer<Value>, _ first: UnsafeMutablePointer<Value>, _ index: Int
  ) -> Bool {
    attempt { () throws(Fault) in
      let heap = pointee.heap
      let shape = pointee.literalShapes[index]
      if _fastPath(shape != Shape.none) {
        let record = try heap.makeRecord(shape: shape)
        take(first, Int(record.pointee.count), into: record.values)
        replace(self, destination, Value(record))
        return
      }
      let keys = pointee.program.shapes[index]
      var slot = Value(try heap.makeRecord(expecting: keys.count))
      for (position, key) in keys.enumerated() {
        let name = heap.state.pointee.shapes.keys[Int(key)]
        let value = first[position]
        first[position] = .unset
        do throws(Fault) { try heap.setField(&slot, name, value) } catch {
          heap.release(slot)
          throw error
        }
      }
      replace(self, destination, slot)
    }
  }

  /// Moves registers into a fresh block.
  @inline(__always)
  private func take(
    _ first: UnsafeMutablePointer<Value>, _ count: Int, into target: UnsafeMutablePointer<Value>
  ) {
    for position in 0..<count {
      target[position] = first[position]
      first[position] = .unset
    }
  }

  /// Appends `item`, moved, to the unique list in `list`.
  @inline(never)
  func append(
    _ list: UnsafeMutablePointer<Value>, _ item: UnsafeMutablePointer<Value>
  ) -> Bool {
    attempt { () throws(Fault) in
      try pointee.heap.append(item.pointee, to: list)
      item.pointee = .unset
    }
  }

  /// `target := push(target, item)`, in place if `target` is the only owner (rule BLT-push).
  @inline(never)
  func push(_ target: UnsafeMutablePointer<Value>, _ item: Value) -> Bool {
    attempt { () throws(Fault) in
      let heap = pointee.heap
      try heap.settle(target)
      guard target.pointee.isList else {
        throw heap.trap(
          .typeError,
          "`push` requires a list as the first argument, got "
            + heap.typeName(target.pointee))
      }
      // Taken first: the item may be the list itself.
      let owned = heap.copy(item)
      do throws(Fault) {
        _ = try heap.unique(target)
        try heap.append(owned, to: target)
      } catch {
        heap.release(owned)
        throw error
      }
    }
  }

  /// Takes a list or tuple apart into `count` registers (S11).
  @inline(never)
  func unpack(_ first: UnsafeMutablePointer<Value>, _ source: Value, _ count: Int) -> Bool {
    attempt { () throws(Fault) in
      let heap = pointee.heap
      let source = try heap.settled(source)
      guard source.isList || source.isKind(.tuple) else {
        throw heap.trap(
          .typeError, "can't take \(heap.typeName(source)) apart into \(count) names",
          hint: "only lists and tuples can be taken apart")
      }
      let found = Int(source.object.pointee.count)
      guard found == count else {
        throw heap.trap(
          .valueError, "expected \(count) items to take apart, got \(found)")
      }
      // The source may lie in one of the registers, so keep it until all are written.
      let owner = heap.copy(source)
      for position in 0..<count {
        replace(self, first + position, heap.copy(source.object.values[position]))
      }
      heap.release(owner)
    }
  }

  /// `destination := texts joined`, moved (S8).
  @inline(never)
  func interpolate(
    _ destination: UnsafeMutablePointer<Value>, _ first: UnsafeMutablePointer<Value>, _ count: Int
  ) -> Bool {
    attempt { () throws(Fault) in
      try pointee.heap.settleWholly(first, count)
      let result = try pointee.heap.interpolate(first, count: count)
      for position in 0..<count { replace(self, first + position, .unset) }
      replace(self, destination, result)
    }
  }

  /// `destination := value` in a format spec (S8).
  @inline(never)
  func format(
    _ destination: UnsafeMutablePointer<Value>, _ value: Value, _ spec: Value
  ) -> Bool {
    attempt { () throws(Fault) in
      let heap = pointee.heap
      let value = try heap.settledWholly(value)
      replace(self, destination, try heap.formatted(value, spec: spec.object.text))
    }
  }

  /// `destination :=` a Type value of a schema, its holes filled from `first`, moved.
  @inline(never)
  func makeType(
    _ destination: UnsafeMutablePointer<Value>, _ first: UnsafeMutablePointer<Value>,
    _ schema: Value, names: UInt64
  ) -> Bool {
    attempt { () throws(Fault) in
      let heap = pointee.heap
      let count = Int(UInt32(truncatingIfNeeded: names))
      for position in 0..<count where !first[position].isKind(.type) {
        let keys = pointee.program.shapes[Int(names >> 32)]
        let name = pointee.program.keys[Int(keys[position])]
        throw heap.trap(
          .typeError, "`\(name)` is not a Type value, got \(heap.typeName(first[position]))",
          hint: "declare it with `type \(name) = …` or `\(name) = Type { … }`")
      }
      let filled =
        count == 0
        ? heap.copy(schema)
        : try heap.fillSchema(schema, UnsafeBufferPointer(start: first, count: count))
      do throws(Fault) {
        let type = try heap.makeBlock(.type, count: 1)
        type.values[0] = filled
        for position in 0..<count { replace(self, first + position, .unset) }
        replace(self, destination, Value(type))
      } catch {
        heap.release(filled)
        throw error
      }
    }
  }

  /// `destination :=` a host descriptor around `value`, moved.
  @inline(never)
  func makeDescriptor(
    _ destination: UnsafeMutablePointer<Value>, _ value: UnsafeMutablePointer<Value>, key: Int
  ) -> Bool {
    attempt { () throws(Fault) in
      let heap = pointee.heap
      let descriptor = try heap.makeBlock(.descriptor, count: 2)
      descriptor.values[0] = heap.copy(heap.state.pointee.shapes.keys[key])
      descriptor.values[1] = value.pointee
      value.pointee = .unset
      replace(self, destination, Value(descriptor))
    }
  }

  /// `destination :=` a process as a value.
  @inline(never)
  func loadProcess(_ destination: UnsafeMutablePointer<Value>, _ index: Int) -> Bool {
    attempt { () throws(Fault) in
      let heap = pointee.heap
      let name = Value(try heap.makeString(pointee.program.processes[index].name))
      do throws(Fault) {
        let process = try heap.makeBlock(.process, count: 1)
        process.values[0] = name
        replace(self, destination, Value(process))
      } catch {
        heap.release(name)
        throw error
      }
    }
  }

  /// `destination := trigger.event`
  @inline(never)
  func loadTriggerEvent(_ destination: UnsafeMutablePointer<Value>) -> Bool {
    attempt { () throws(Fault) in
      replace(self, destination, Value(try pointee.heap.makeBlock(.triggerEvent, count: 0)))
    }
  }
}

extension Heap {
  /// A copy of a schema with each `{"$variable": n}` replaced by the schema of the n-th Type value,
  /// if there is one.
  /// Recursion is bounded by the nesting of type expressions.
  func fillSchema(_ schema: Value, _ types: UnsafeBufferPointer<Value>) throws(Fault) -> Value {
    guard schema.isHeap else { return schema }
    let object = schema.object
    if object.pointee.kind == .record {
      if let hole = field(object, "$variable"), case .integer(let index)? = Number(hole),
        types.indices.contains(Int(index))
      {
        return copy(types[Int(index)].object.values[0])
      }
      charge(elements: Int(object.pointee.count))
      var slot = Value(try makeRecord(expecting: Int(object.pointee.count)))
      for position in 0..<Int(object.pointee.count) {
        do throws(Fault) {
          let value = try fillSchema(fieldValue(object, at: position), types)
          try setField(&slot, fieldKey(object, at: position), value)
        } catch {
          release(slot)
          throw error
        }
      }
      return slot
    }
    guard object.pointee.kind == .list else { return copy(schema) }
    charge(elements: Int(object.pointee.count))
    var list = try ListBuilder(self, capacity: Int(object.pointee.count))
    for item in object.items {
      do throws(Fault) { try list.append(fillSchema(item, types)) } catch {
        list.discard()
        throw error
      }
    }
    return list.finish()
  }
}
