/// What the operands of an instruction are: the table behind all that reads bytecode without
/// running it.
struct InstructionFormat {
  /// What one operand names.
  enum Operand {
    case none
    /// A register that is read.
    case source
    /// A register that is written.
    case target
    /// A register that is read and written.
    case update
    /// A register whose value is taken over, or the first of several.
    case taken
    /// The first register of a window that is taken over, the result being written to it.
    case window
    /// The first of several registers that are written.
    case targets
    /// The first register of a loop's hidden state.
    case loop
    case constant
    case key
    case shape
    case body
    case process
    case builtin
    case number
    /// A distance of 16 bits.
    case jump
  }

  /// What operands b and c name together.
  enum Wide {
    case constant
    case key
    case integer
    case number
    case jump
  }

  var a = Operand.none
  var b = Operand.none
  var c = Operand.none
  var wide: Wide?
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
    case .jump: wide = .jump
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
    case .rangeBegin, .rangeNext, .iterateBegin, .iterateNext:
      (a, b, c) = (.loop, .number, .jump)
    case .makeList, .makeTuple, .interpolate: (a, b, c) = (.target, .taken, .number)
    case .makeRecord: (a, b, c) = (.target, .taken, .shape)
    case .appendItem: (a, b) = (.update, .taken)
    case .push: (a, b) = (.update, .source)
    case .field: (a, b, c, extraWords) = (.target, .source, .key, 1)
    case .setPath, .updatePath: (a, b, c) = (.update, .source, .number)
    case .unwrap: (a, b, c) = (.target, .source, .number)
    case .unwrapEach: (a, b) = (.target, .source)
    case .unpack: (a, b, c) = (.targets, .source, .number)
    case .makeType: (a, b, c, extraWords) = (.target, .taken, .constant, 1)
    case .makeDescriptor: (a, b, c) = (.target, .taken, .key)
    case .call: (a, c) = (.window, .body)
    case .ret: (a, b) = (.taken, .number)
    case .builtin: (a, b, c) = (.window, .number, .builtin)
    case .operation: (a, b, c) = (.window, .number, .key)
    case .batchAdd: (a, b, c, extraWords) = (.window, .update, .key, 1)
    case .batchRun: (a, b) = (.update, .taken)
    case .awaitValue: a = .update
    case .start: (a, c, extraWords) = (.window, .process, 1)
    case .cancel, .print, .yield, .wake, .sleepFor, .sleepUntil: a = .window
    case .waitSignal: (a, c) = (.target, .key)
    case .signal: (a, c) = (.window, .key)
    case .finish, .fail: a = .taken
    case .end: break
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
