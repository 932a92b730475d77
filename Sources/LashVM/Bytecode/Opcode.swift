/// The instructions of the machine.
///
/// A word is `op:16 | a:16 | b:16 | c:16`, low bits first. Notation: `R[x]` register x of the
/// current window, held as a byte offset (8 × index); `K[x]` constant, byte offset too; `#x` a plain
/// 16-bit number; `##bc` a 32-bit number in b and c (b low); `@c` a signed jump in words, relative to
/// the next instruction (cache words counted); `@bc` the same with 32 bits. `+w` one more word follows.
/// *moves*: the operand register is left unset, the value changes owner. *copies*: it is retained.
/// A destination's old value is always released. Operands of one instruction may be the same register.
/// Numbers are explicit because bytes are a stored format.
enum Opcode: UInt8, CaseIterable {
  // MARK: Moves
  /// R[a] := copy of R[b]
  case copy = 1
  /// R[a] := R[b], which is left unset
  case move = 2
  /// R[a] := K[##bc] (plain constant index)
  case loadConstant = 3
  /// R[a] := null
  case loadNull = 4
  /// R[a] := #b ≠ 0
  case loadBool = 5
  /// R[a] := the signed 32-bit integer ##bc
  case loadInteger = 6
  /// R[a] is released and left unset
  case clear = 7
  /// traps "unknown name" with keys[##bc] if R[a] is unset
  case checkSet = 8

  // MARK: Arithmetic and comparison
  /// R[a] := R[b] + R[c]; appends in place if a = b holds the only reference
  case add = 10
  case subtract = 11
  case multiply = 12
  case divide = 13
  case remainder = 14
  /// R[a] := R[b] + K[c]; K is any constant
  case addConstant = 15
  case subtractConstant = 16
  case multiplyConstant = 17
  case divideConstant = 18
  case remainderConstant = 19
  /// R[a] := −R[b]
  case negate = 20
  /// R[a] := not truthy(R[b])
  case not = 21
  /// R[a] := truthy(R[b])
  case truth = 22
  /// R[a] := R[b] == R[c]
  case equal = 23
  case notEqual = 24
  case less = 25
  case lessOrEqual = 26
  /// R[a] := R[b] == K[c]
  case equalConstant = 27
  case notEqualConstant = 28
  case lessConstant = 29
  case lessOrEqualConstant = 30
  case greaterConstant = 31
  case greaterOrEqualConstant = 32
  /// R[a] := R[b] in R[c]
  case contained = 33

  // MARK: Jumps
  /// pc := @bc
  case jump = 40
  /// if not truthy(R[a]) then pc := @bc
  case jumpIfFalse = 41
  /// if truthy(R[a]) then pc := @bc
  case jumpIfTrue = 42
  /// if R[a] is null then pc := @bc
  case jumpIfNull = 43
  /// if R[a] is not null then pc := @bc
  case jumpIfNotNull = 44
  /// if R[a] < R[b] then pc := @c
  case jumpIfLess = 45
  /// if not (R[a] < R[b]) then pc := @c
  case jumpIfNotLess = 46
  case jumpIfLessOrEqual = 47
  case jumpIfNotLessOrEqual = 48
  case jumpIfEqual = 49
  case jumpIfNotEqual = 50
  /// if R[a] < K[b] then pc := @c
  case jumpIfLessConstant = 51
  case jumpIfNotLessConstant = 52
  case jumpIfLessOrEqualConstant = 53
  case jumpIfNotLessOrEqualConstant = 54
  case jumpIfGreaterConstant = 55
  case jumpIfNotGreaterConstant = 56
  case jumpIfGreaterOrEqualConstant = 57
  case jumpIfNotGreaterOrEqualConstant = 58
  case jumpIfEqualConstant = 59
  case jumpIfNotEqualConstant = 60
  /// charges ##bc fuel
  case charge = 61
  /// `for x in range(…)`: R[a], R[a+1], R[a+2] hold start, end, step (any values; checked here as the
  /// builtin `range` does) and become the hidden counter; R[a+3] is the variable. Empty: pc := @c.
  /// Else R[a+3] := start and charges #b fuel.
  case rangeBegin = 62
  /// steps the counter; if items are left, R[a+3] := next, charges #b fuel, pc := @c (backwards)
  case rangeNext = 63
  /// R[a] holds the sequence (moved there by the compiler), R[a+1] the hidden position, R[a+2] is the
  /// variable. Traps if R[a] is no list or tuple. Empty: clears R[a], pc := @c. Else like rangeNext.
  case iterateBegin = 64
  /// if items are left, R[a+2] := next, charges #b fuel, pc := @c (backwards); else clears R[a], R[a+2]
  case iterateNext = 65
  /// like jumpIfFalse, R[a] moved
  case takeJumpIfFalse = 66
  /// like jumpIfTrue, R[a] moved
  case takeJumpIfTrue = 67

  // MARK: Data
  /// R[a] := list of R[b] … R[b+#c−1], moved
  case makeList = 70
  /// R[a] := tuple of R[b] … R[b+#c−1], moved
  case makeTuple = 71
  /// R[a] := record of shapes[#c] with values R[b] …, moved; a key written twice keeps its first place
  case makeRecord = 72
  /// appends R[b], moved, to the list R[a], which is the only reference to it
  case appendItem = 73
  /// R[a] := push(R[a], R[b]), R[b] copied: in place if R[a] holds the only reference
  case push = 74
  /// R[a] := R[b].keys[#c]; +w inline cache
  case field = 75
  /// R[a] := R[b][R[c]]
  case index = 76
  /// R[a] := R[b][K[c]]
  case indexConstant = 77
  /// root R[a], value R[b] (copied), #c steps: the path target := the value; + one or two words a step
  case setPath = 78
  /// root R[a], operand R[b], #c = steps | operator << 8 (0 add 1 subtract 2 multiply 3 divide 4 push):
  /// the path target := target op operand; + the step words
  case updatePath = 79
  /// R[a] := unwrapped R[b] (postfix `?`); #c = 1 for a direct module call, 0 else, for the error text
  case unwrap = 80
  /// R[a] := R[b] with each element unwrapped, at the depth at which `await` made wrappers (list,
  /// tuple or record of wrappers, nested); a single wrapper is unwrapped itself
  case unwrapEach = 81
  /// R[a] … R[a+#c−1] := the items of the list or tuple R[b], which must have #c; traps if not
  case unpack = 82
  /// R[a] := texts of R[b] … R[b+#c−1] joined (f-strings), moved
  case interpolate = 83
  /// R[a] := text of R[b] in the format spec K[c]
  case formatValue = 84
  /// R[a] := Type value of the schema constant K[c], holes filled by the Type values R[b] …, moved; +w
  /// number of holes in the low 32 bits, in the high 32 the shape of their names, for the error text
  case makeType = 85
  /// R[a] := host descriptor of type keys[#c] around R[b], moved
  case makeDescriptor = 86
  /// R[a] := the process value of processes[#b]
  case loadProcess = 87
  /// R[a] := `trigger.event`
  case loadTriggerEvent = 88
  /// R[a] := len(R[b])
  case length = 89

  // MARK: Calls
  /// calls bodies[#c] with the window at R[a] (arguments are R[a] …, moved); the result is R[a]
  case call = 90
  /// returns R[a], moved to the caller's R[a of call]; registers 0 … #b−1 of the window are released
  case ret = 91
  /// R[a] := builtin #c of R[a] … R[a+#b−1], moved; #c is the index in `Builtin.allCases`
  case builtin = 92

  // MARK: Effects (each suspends)
  /// R[a] := wrapper of operation keys[#c] on receiver R[a] with arguments R[a+1] … R[a+#b], moved
  case operation = 100
  /// R[a] := a new empty batch
  case batchBegin = 101
  /// adds operation keys[#c] on receiver R[a] with arguments R[a+1] …, moved, to the batch R[b];
  /// R[a] := a placeholder; +w argument count in the low 16 bits, bit 16 set if the leaf is unwrapped
  case batchAdd = 102
  /// sends the batch R[b] (moved) unless it is empty; R[a] := R[a] with the placeholders replaced
  case batchRun = 103
  /// R[a] := awaited R[a]
  case awaitValue = 104
  /// R[a] := handle of processes[#c] started with shapes-keyed arguments R[a] …, moved; +w shape index
  case start = 105
  case cancel = 106
  case print = 107
  case yield = 108
  case wake = 109
  /// sleeps for R[a]; R[a] := null (as do all effects without a result, with their operand moved)
  case sleepFor = 110
  case sleepUntil = 111
  /// R[a] := payload of signal keys[#c]
  case waitSignal = 112
  /// sends signal keys[#c] with payload R[a+1] to run R[a]; R[a] := null
  case signal = 113
  /// ends the run with value R[a]
  case finish = 114
  /// ends the process as failed with value R[a]
  case fail = 115
  /// falls off the end of the main block or of a process
  case end = 116
}

/// Kinds of step words of `setPath` and `updatePath`: the low 16 bits of the word.
///
/// A field step is `kind | key << 16` (index into `keys`) followed by a cache word; an index step is
/// `kind | register byte offset << 16`.
enum PathStepKind {
  static let field: UInt64 = 0
  static let index: UInt64 = 1
}
