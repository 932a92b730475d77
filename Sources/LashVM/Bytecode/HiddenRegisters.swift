/// The registers of one body that hold hidden state: what some instructions rely on without looking,
/// because only the instruction that began it can have put it there.
struct HiddenRegisters {
  /// What hidden state is.
  enum Role: Hashable {
    /// The counter of a loop over a range: three registers.
    case counter
    /// A sequence and the position in it.
    case iterator
    /// A list in the making, which has no other owner.
    case collector
    /// A batch in the making: a list of calls, which has no other owner.
    case batch
  }

  /// Hidden state that begins in a register.
  struct Use: Hashable {
    var role: Role
    var register: Int
  }

  private let code: [UInt64]
  /// By word: the words of the instruction that begins there, or 0.
  private var lengths: [UInt8]
  private var uses: [Use] = []
  /// By word: the set of uses that an instruction from there on relies on; `width` words each.
  private var relied: [UInt64] = []
  private var width = 0

  /// Looks at `code`, which must have passed the verifier or come from the compiler. O(n), and for
  /// bodies with hidden state O(n) times the nesting of its loops.
  init(_ code: [UInt64]) {
    self.code = code
    lengths = Array(repeating: 0, count: code.count)
    var position = 0
    while position < code.count,
      let opcode = Opcode(rawValue: UInt8(truncatingIfNeeded: code[position]))
    {
      let length = Instruction.length(of: opcode, at: position, in: code)
      lengths[position] = UInt8(clamping: length)
      if let use = Self.use(opcode, code[position]), !uses.contains(use) { uses.append(use) }
      position += length
    }
    if !uses.isEmpty { relate() }
  }

  /// Whether an instruction begins at a word.
  func isInstruction(at position: Int) -> Bool {
    lengths.indices.contains(position) && lengths[position] > 0
  }

  /// The hidden state that must be there before the instruction at a word.
  func uses(at position: Int) -> [Use] {
    uses.indices.filter { relied[position * width + $0 >> 6] >> UInt64($0 & 63) & 1 != 0 }
      .map { uses[$0] }
  }

  /// Backwards from each use to where its state begins, until nothing changes.
  private mutating func relate() {
    width = (uses.count + 63) >> 6
    relied = Array(repeating: 0, count: (code.count + 1) * width)
    var changed = true
    while changed {
      changed = false
      for position in lengths.indices.reversed() where lengths[position] > 0 {
        let word = code[position]
        guard let opcode = Opcode(rawValue: UInt8(truncatingIfNeeded: word)) else { continue }
        let use = Self.use(opcode, word)
        let begun = Self.begins(opcode) ? word.a / 8 : nil
        let next = position + Int(lengths[position])
        let format = InstructionFormat(opcode)
        let target =
          format.c == .jump
          ? position + 1 + word.jump : format.wide == .jump ? position + 1 + word.wideJump : nil
        for part in 0..<width {
          var set = opcode.fallsThrough ? relied[next * width + part] : 0
          if let target { set |= relied[target * width + part] }
          for bit in 0..<64 where set >> UInt64(bit) & 1 != 0 {
            if uses[part * 64 + bit].register == begun { set &= ~(1 << UInt64(bit)) }
          }
          if let use, let index = uses.firstIndex(of: use), index >> 6 == part {
            set |= 1 << UInt64(index & 63)
          }
          if set != relied[position * width + part] {
            relied[position * width + part] = set
            changed = true
          }
        }
      }
    }
  }

  /// What an instruction relies on.
  private static func use(_ opcode: Opcode, _ word: UInt64) -> Use? {
    switch opcode {
    case .rangeNext: Use(role: .counter, register: word.a / 8)
    case .iterateNext: Use(role: .iterator, register: word.a / 8)
    case .appendItem: Use(role: .collector, register: word.a / 8)
    case .batchAdd, .batchRun: Use(role: .batch, register: word.b / 8)
    default: nil
    }
  }

  /// Whether hidden state in its operand a begins with an instruction.
  private static func begins(_ opcode: Opcode) -> Bool {
    switch opcode {
    case .rangeBegin, .iterateBegin, .makeList, .batchBegin: true
    default: false
    }
  }
}

extension Opcode {
  /// Whether control may go on with the next instruction.
  var fallsThrough: Bool {
    switch self {
    case .jump, .ret, .finish, .fail, .end: false
    default: true
    }
  }
}
