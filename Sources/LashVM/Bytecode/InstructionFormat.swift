/// What the operands of an instruction are, and what its handler relies on: the one description of
/// each opcode for all that reads bytecode without running it. `spec/bytecode-format.md` tells it in
/// words; the verifier holds code to it.
///
/// A register owns what it holds, and a handler that writes one releases its old value, whatever it
/// is. So most instructions rely on nothing. The exceptions look at hidden state without a check,
/// because only one instruction can have put it there: see `Operand.counter` and what follows it.
struct InstructionFormat: Hashable {
  /// What one operand names.
  enum Operand: Hashable {
    /// Nothing; it is 0.
    case none
    /// A register that is read; its value may get more owners.
    case source
    /// A register that is written.
    case target
    /// A register that is read and written.
    case update
    /// The first of `count` registers whose values are taken over; they are left unset.
    case taken
    /// The same, the result being written to the first.
    case window
    /// The first of `count` registers that are written.
    case targets
    /// The first of three registers that hold, or come to hold, a hidden counter (number, items left,
    /// step: without owners to release while the items left are not negative), and the variable.
    case counter
    /// The first of two registers that hold, or come to hold, a list or tuple and the position in it
    /// as a double, and the variable.
    case iterator
    /// A register that holds a list which has no other owner.
    case collector
    /// A register that holds a batch in the making: a list of calls which has no other owner.
    case batch
    /// The byte offset of a constant.
    case constant
    case key
    case shape
    /// A body that is a function.
    case body
    case process
    case builtin
    case number
    /// A distance of 16 bits.
    case jump
  }

  /// What operands b and c name together.
  enum Wide: Hashable {
    case constant
    case key
    case integer
    case number
    case jump
  }

  /// How many registers a `taken`, `window` or `targets` operand means.
  enum Count: Hashable {
    /// So many.
    case fixed(Int)
    /// As many as operand b says, and so many more.
    case b(adding: Int)
    /// As many as operand c says.
    case c
    /// One for each key of the shape c.
    case shape
    /// One for each key of the shape that the word after the instruction names.
    case extraShape
    /// As many as the low 16 bits of the word after the instruction say, and one more.
    case extraCount
    /// One for each hole of a schema: the low 32 bits of the word after the instruction.
    case holes
    /// The parameters of the body c. All registers above the first are left with what the call
    /// happened to leave there.
    case parameters
  }

  /// Where control goes.
  enum Flow: Hashable {
    /// To the next instruction, or to the jump's target if it has one.
    case next
    /// To the jump's target.
    case jump
    /// To the caller.
    case caller
    /// Nowhere.
    case end
  }

  var a = Operand.none
  var b = Operand.none
  var c = Operand.none
  var wide: Wide?
  var count = Count.fixed(1)
  var flow = Flow.next
  /// Words that follow the instruction, besides the steps of a path.
  var extraWords = 0

  /// The format of `opcode`.
  init(_ opcode: Opcode) {
    switch opcode {
    case .copy, .negate, .not, .truth, .length: (a, b) = (.target, .source)
    case .move: (a, b) = (.target, .taken)
    case .loadConstant: (a, wide) = (.target, .constant)
    case .loadInteger: (a, wide) = (.target, .integer)
    case .loadNull, .clear, .loadTriggerEvent, .batchBegin: a = .target
    case .loadBool: (a, b) = (.target, .number)
    case .loadProcess: (a, b) = (.target, .process)
    case .checkSet: (a, wide) = (.source, .key)
    case .add, .subtract, .multiply, .divide, .remainder, .equal, .notEqual, .less, .lessOrEqual,
      .contained, .index:
      (a, b, c) = (.target, .source, .source)
    case .addConstant, .subtractConstant, .multiplyConstant, .divideConstant, .remainderConstant,
      .equalConstant, .notEqualConstant, .lessConstant, .lessOrEqualConstant, .greaterConstant,
      .greaterOrEqualConstant, .indexConstant, .formatValue:
      (a, b, c) = (.target, .source, .constant)
    case .jump: (wide, flow) = (.jump, .jump)
    case .jumpIfFalse, .jumpIfTrue, .jumpIfNull, .jumpIfNotNull: (a, wide) = (.source, .jump)
    case .takeJumpIfFalse, .takeJumpIfTrue: (a, wide) = (.taken, .jump)
    case .jumpIfLess, .jumpIfNotLess, .jumpIfLessOrEqual, .jumpIfNotLessOrEqual, .jumpIfEqual,
      .jumpIfNotEqual:
      (a, b, c) = (.source, .source, .jump)
    case .jumpIfLessConstant, .jumpIfNotLessConstant, .jumpIfLessOrEqualConstant,
      .jumpIfNotLessOrEqualConstant, .jumpIfGreaterConstant, .jumpIfNotGreaterConstant,
      .jumpIfGreaterOrEqualConstant, .jumpIfNotGreaterOrEqualConstant, .jumpIfEqualConstant,
      .jumpIfNotEqualConstant:
      (a, b, c) = (.source, .constant, .jump)
    case .charge: wide = .number
    case .rangeBegin, .rangeNext: (a, b, c) = (.counter, .number, .jump)
    case .iterateBegin, .iterateNext: (a, b, c) = (.iterator, .number, .jump)
    case .makeList, .makeTuple, .interpolate:
      (a, b, c, count) = (.target, .taken, .number, .c)
    case .makeRecord: (a, b, c, count) = (.target, .taken, .shape, .shape)
    case .appendItem: (a, b) = (.collector, .taken)
    case .push: (a, b) = (.update, .source)
    case .field: (a, b, c, extraWords) = (.target, .source, .key, 1)
    case .setPath, .updatePath: (a, b, c) = (.update, .source, .number)
    case .unwrap: (a, b, c) = (.target, .source, .number)
    case .unwrapEach: (a, b) = (.target, .source)
    case .unpack: (a, b, c, count) = (.targets, .source, .number, .c)
    case .makeType:
      (a, b, c, count) = (.target, .taken, .constant, .holes)
      extraWords = 1
    case .makeDescriptor: (a, b, c) = (.target, .taken, .key)
    case .call: (a, c, count) = (.window, .body, .parameters)
    case .ret: (a, b, flow) = (.taken, .number, .caller)
    case .builtin: (a, b, c, count) = (.window, .number, .builtin, .b(adding: 0))
    case .operation: (a, b, c, count) = (.window, .number, .key, .b(adding: 1))
    case .batchAdd:
      (a, b, c, count) = (.window, .batch, .key, .extraCount)
      extraWords = 1
    case .batchRun: (a, b) = (.update, .batch)
    case .awaitValue: a = .update
    case .start:
      (a, c, count) = (.window, .process, .extraShape)
      extraWords = 1
    case .cancel, .print, .yield, .wake, .sleepFor, .sleepUntil: a = .window
    case .waitSignal: (a, c) = (.target, .key)
    case .signal: (a, c, count) = (.window, .key, .fixed(2))
    case .finish, .fail: (a, flow) = (.taken, .end)
    case .end: flow = .end
    }
  }
}

/// One instruction taken apart.
struct Instruction {
  /// Where it stands in its body.
  let position: Int
  let opcode: Opcode
  let a: UInt16
  let b: UInt16
  let c: UInt16
  /// The words that belong to it.
  let extra: ArraySlice<UInt64>

  /// The instruction at `position`; `nil` if there is none, or it is cut off.
  init?(at position: Int, in code: [UInt64]) {
    guard code.indices.contains(position),
      let opcode = Opcode(rawValue: UInt8(truncatingIfNeeded: code[position]))
    else { return nil }
    let word = code[position]
    self.position = position
    self.opcode = opcode
    a = UInt16(truncatingIfNeeded: word >> 16)
    b = UInt16(truncatingIfNeeded: word >> 32)
    c = UInt16(truncatingIfNeeded: word >> 48)
    let end = position + Self.length(of: opcode, at: position, in: code)
    guard end <= code.count else { return nil }
    extra = code[(position + 1)..<end]
  }

  /// The number of words of the instruction at `position`, its own and those that follow; may reach
  /// beyond the end of code that is cut off.
  static func length(of opcode: Opcode, at position: Int, in code: [UInt64]) -> Int {
    var length = 1 + InstructionFormat(opcode).extraWords
    guard opcode == .setPath || opcode == .updatePath else { return length }
    let count = code[position] >> 48
    for _ in 0..<(opcode == .setPath ? count : count & 0xFF) {
      guard position + length < code.count else { return length + 1 }
      length += code[position + length] & 0xFFFF == PathStepKind.field ? 2 : 1
    }
    return length
  }

  /// Where its inline cache words stand.
  var caches: [Int] {
    switch opcode {
    case .field: return [position + 1]
    case .setPath, .updatePath:
      var caches: [Int] = []
      var word = extra.startIndex
      while word < extra.endIndex {
        let isField = extra[word] & 0xFFFF == PathStepKind.field
        if isField { caches.append(word + 1) }
        word += isField ? 2 : 1
      }
      return caches
    default: return []
    }
  }

  /// Where the next instruction stands.
  var end: Int { position + 1 + extra.count }

  /// The word at a distance from its first one, which must belong to it.
  func word(_ distance: Int) -> UInt64 { extra[position + distance] }

  /// How many registers its `taken`, `window` or `targets` operand means; `nil` if it names a shape
  /// or body that is not there.
  func count(in program: Program) -> Int? {
    switch InstructionFormat(opcode).count {
    case .fixed(let count): count
    case .b(let more): Int(b) + more
    case .c: Int(c)
    case .shape: program.keyCount(ofShape: Int(c))
    case .extraShape: program.keyCount(ofShape: Int(UInt32(truncatingIfNeeded: word(1))))
    case .extraCount: Int(word(1) & 0xFFFF) + 1
    case .holes: Int(UInt32(truncatingIfNeeded: word(1)))
    case .parameters:
      program.bodies.indices.contains(Int(c)) ? program.bodies[Int(c)].parameterCount : nil
    }
  }

  /// The 32-bit operand in b and c.
  var wide: UInt32 { UInt32(b) | UInt32(c) << 16 }

  /// Where it may jump.
  var target: Int? {
    let format = InstructionFormat(opcode)
    if format.c == .jump { return position + 1 + Int(Int16(bitPattern: c)) }
    if format.wide == .jump { return position + 1 + Int(Int32(bitPattern: wide)) }
    return nil
  }
}

extension Program {
  fileprivate func keyCount(ofShape index: Int) -> Int? {
    shapes.indices.contains(index) ? shapes[index].count : nil
  }
}
