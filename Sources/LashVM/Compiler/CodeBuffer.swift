import LashLang

/// The growing code of one body: words with their spans, and jumps to labels.
struct CodeBuffer {
  /// A place in the code, known when it is placed.
  struct Label {
    fileprivate let index: Int
  }

  /// A jump whose distance is filled in by `finish`.
  struct Jump {
    let position: Int
    let label: Int
    let isShort: Bool
  }

  private(set) var words: [UInt64] = []
  private(set) var spans: [SourceSpan] = []
  private var places: [Int] = []
  private var jumps: [Jump] = []

  /// Appends an instruction of three 16-bit operands.
  mutating func emit(
    _ opcode: Opcode, a: UInt16 = 0, b: UInt16 = 0, c: UInt16 = 0, at span: SourceSpan
  ) {
    append(
      UInt64(opcode.rawValue) | UInt64(a) << 16 | UInt64(b) << 32 | UInt64(c) << 48, at: span)
  }

  /// Appends an instruction of one 16-bit and one 32-bit operand.
  mutating func emit(_ opcode: Opcode, a: UInt16 = 0, wide: UInt32, at span: SourceSpan) {
    append(UInt64(opcode.rawValue) | UInt64(a) << 16 | UInt64(wide) << 32, at: span)
  }

  /// Appends a cache word or another word that belongs to the instruction before.
  mutating func append(_ word: UInt64, at span: SourceSpan) {
    words.append(word)
    spans.append(span)
  }

  /// A label that has no place yet.
  mutating func makeLabel() -> Label {
    places.append(-1)
    return Label(index: places.count - 1)
  }

  /// Gives `label` the place of the next instruction.
  mutating func place(_ label: Label) { places[label.index] = words.count }

  /// Appends a jump to `label`; the opcode tells whether its distance has 16 or 32 bits.
  mutating func jump(
    _ opcode: Opcode, a: UInt16 = 0, b: UInt16 = 0, to label: Label, at span: SourceSpan
  ) {
    let isShort = InstructionFormat(opcode).c == .jump
    jumps.append(Jump(position: words.count, label: label.index, isShort: isShort))
    emit(opcode, a: a, b: isShort ? b : 0, at: span)
  }

  /// The finished code, all jumps resolved.
  consuming func finish() -> (words: [UInt64], spans: [SourceSpan]) {
    let layout = JumpLayout(jumps: jumps, places: places, length: words.count)
    return layout.isPlain ? patched() : expanded(layout)
  }

  private consuming func patched() -> (words: [UInt64], spans: [SourceSpan]) {
    for jump in jumps {
      let distance = places[jump.label] - (jump.position + 1)
      words[jump.position] |= Self.bits(of: distance, short: jump.isShort)
    }
    return (words, spans)
  }

  /// Copies the code, writing a far short jump as: jump short over the next word if taken; else
  /// jump over the one after; jump far.
  private consuming func expanded(
    _ layout: JumpLayout
  ) -> (words: [UInt64], spans: [SourceSpan]) {
    var result = CodeBuffer()
    var copied = 0
    for (number, jump) in jumps.enumerated() {
      result.copy(self, copied..<jump.position)
      copied = jump.position + 1
      let span = spans[jump.position]
      let target = layout.newPlace(of: places[jump.label])
      var word = words[jump.position]
      if layout.isFar[number] {
        word |= Self.bits(of: 1, short: true)
        result.append(word, at: span)
        result.emit(.jump, wide: 1, at: span)
        word = UInt64(Opcode.jump.rawValue)
        word |= Self.bits(of: target - (result.words.count + 1), short: false)
      } else {
        word |= Self.bits(of: target - (result.words.count + 1), short: jump.isShort)
      }
      result.append(word, at: span)
    }
    result.copy(self, copied..<words.count)
    return (result.words, result.spans)
  }

  private mutating func copy(_ other: CodeBuffer, _ range: Range<Int>) {
    words.append(contentsOf: other.words[range])
    spans.append(contentsOf: other.spans[range])
  }

  private static func bits(of distance: Int, short: Bool) -> UInt64 {
    short
      ? UInt64(UInt16(truncatingIfNeeded: distance)) << 48
      : UInt64(UInt32(truncatingIfNeeded: distance)) << 32
  }
}
