import LashJSON

extension MachineState {
  /// The state of a machine about to execute a body of a program. If the program's constants do not fit
  /// the memory bound it is out of memory from the start.
  init(loading program: Program, body: Int, bounds: Bounds) {
    let heap = Heap.make(limit: bounds.memory, trial: bounds.trial)
    let wordCount = program.bodies.reduce(0) { $0 + $1.code.count }
    code = .allocate(capacity: max(wordCount, 1))
    bodies = .allocate(capacity: max(program.bodies.count, 1))
    var offset = 0
    for (index, body) in program.bodies.enumerated() {
      (code + offset).initialize(from: body.code, count: body.code.count)
      (bodies + index).initialize(
        to: BodyEntry(
          code: code + offset, windowSize: body.registerCount * 8, cost: Int(body.cost)))
      offset += body.code.count
    }

    let entry = bodies[body]
    let stackSize = bounds.trial == .moving ? max(entry.windowSize, 8) : entry.windowSize + 1 << 10
    stack = .allocate(byteCount: stackSize, alignment: 16)
    stackEnd = stack + stackSize
    slot(stack, 0).initialize(repeating: .unset, count: stackSize / 8)
    frameCapacity = bounds.trial == .moving ? 1 : min(bounds.depth, 8)
    frames = .allocate(capacity: frameCapacity)
    frame = frames
    depth = bounds.depth
    base = stack
    pc = entry.code
    fuel = bounds.fuel - entry.cost
    constants = .allocate(capacity: max(program.constants.count, 1))
    constants.initialize(repeating: .null, count: max(program.constants.count, 1))
    literalShapes = .allocate(capacity: max(program.shapes.count, 1))
    literalShapes.initialize(repeating: Shape.none, count: max(program.shapes.count, 1))
    occurrences = .allocate(capacity: max(program.sites.numbers.count, 1))
    occurrences.initialize(repeating: 0, count: max(program.sites.numbers.count, 1))
    self.heap = heap
    self.program = program
    status = .running
    do throws(Fault) {
      try load()
    } catch {
      status = .outOfMemory
    }
  }

  /// Interns the program's keys and makes its constants and shapes.
  private mutating func load() throws(Fault) {
    for key in program.keys {
      let string = Value(try heap.makeString(key))
      _ = heap.state.pointee.shapes.intern(string, hash: hashBytes(string.object.text))
    }
    for (index, keys) in program.shapes.enumerated() {
      literalShapes[index] = heap.literalShape(keys)
    }
    for (index, constant) in program.constants.enumerated() {
      constants[index] = try heap.value(constant)
    }
    loadedKeys = heap.state.pointee.shapes.keys.count
    loadedShapes = heap.state.pointee.shapes.entries.count
  }

  /// Frees all that the state holds.
  func unload() {
    code.deallocate()
    bodies.deallocate()
    stack.deallocate()
    frames.deallocate()
    constants.deallocate()
    literalShapes.deallocate()
    occurrences.deallocate()
    heap.destroy()
  }
}

extension Heap {
  /// The shape of a literal's keys, `Shape.none` if a key repeats or there are too many keys or shapes:
  /// the time to find a shape grows with their number.
  fileprivate func literalShape(_ keys: [UInt32]) -> UInt32 {
    guard keys.count <= Shape.maximumKeys,
      state.pointee.shapes.entries.count < 4 * Shape.maximumShapes
    else { return Shape.none }
    var shape = Shape.empty
    for key in keys {
      guard state.pointee.shapes.slot(of: key, in: shape) == nil,
        let next = state.pointee.shapes.successor(of: shape, adding: key, isLiteral: true)
      else { return Shape.none }
      shape = next
    }
    return shape
  }

  fileprivate func value(_ constant: Constant) throws(Fault) -> Value {
    switch constant {
    case .integer(let integer): try number(integer)
    case .double(let double): try number(double)
    case .string(let text): Value(try makeString(text))
    case .module(let path, let authority):
      try value(HostValue.module(path: path, authority: authority))
    case .schema(let schema): try value(HostValue(schema: schema))
    }
  }
}
