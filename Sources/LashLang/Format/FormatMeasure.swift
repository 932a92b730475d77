/// Spaces between atoms and the widths of runs of them on one line, found once for a whole text.
struct FormatMeasure {
  /// The widest line.
  static let lineWidth = 100

  /// Space before each atom on its line.
  private var gaps: [UInt8] = []
  /// Columns of all atoms before each one, with their gaps.
  private var widths: [Int] = [0]
  /// How many atoms before each one have comments in front, have one behind, or must be broken.
  private var leading: [Int] = [0]
  private var trailing: [Int] = [0]
  private var broken: [Int] = [0]

  init(_ atoms: FormatAtoms) {
    for index in 0..<atoms.count {
      let atom = atoms[index]
      let isDropped = Self.isDropped(atom)
      let gap = isDropped || index == 0 ? 0 : Self.gap(atoms, before: index)
      gaps.append(UInt8(gap))
      widths.append(widths[index] + gap + (isDropped ? 0 : atom.width))
      leading.append(leading[index] + (atom.leading.isEmpty ? 0 : 1))
      trailing.append(trailing[index] + (atom.comment == nil ? 0 : 1))
      broken.append(broken[index] + (Self.keepsLines(atoms, index) ? 1 : 0))
    }
  }

  /// Whether an atom is left out where all stands on one line.
  static func isDropped(_ atom: FormatAtom) -> Bool {
    atom.kind == .semicolon || atom.role == .trailing
  }

  /// The columns between an atom and the one before it.
  func gap(before index: Int) -> Int { Int(gaps[index]) }

  /// The columns of a run on one line, without the gap before it.
  func width(of run: Range<Int>) -> Int {
    run.isEmpty ? 0 : widths[run.upperBound] - widths[run.lowerBound] - gap(before: run.lowerBound)
  }

  /// Whether a run has a comment inside, or braces whose lines are kept.
  func mustBreak(_ run: Range<Int>) -> Bool {
    guard !run.isEmpty else { return false }
    return leading[run.upperBound] > leading[run.lowerBound + 1]
      || trailing[run.upperBound - 1] > trailing[run.lowerBound]
      || broken[run.upperBound] > broken[run.lowerBound]
  }

  /// Whether a run has a comment before, inside or behind it.
  func hasComment(_ run: Range<Int>) -> Bool {
    leading[run.upperBound] > leading[run.lowerBound]
      || trailing[run.upperBound] > trailing[run.lowerBound]
  }

  /// A record or object type whose first field is on a line of its own stays so.
  private static func keepsLines(_ atoms: FormatAtoms, _ index: Int) -> Bool {
    let atom = atoms[index]
    guard atom.kind == .leftBrace, atom.role != .blockBrace, let partner = atom.partner else {
      return false
    }
    return partner > index + 1 && atoms[index + 1].startsLine
  }

  private static func gap(_ atoms: FormatAtoms, before index: Int) -> Int {
    let atom = atoms[index]
    let previous = atoms[index - 1]
    switch atom.kind {
    case .comma, .semicolon, .rightParen, .rightBracket: return 0
    // Neither `1.x` nor `??` may come into being.
    case .dot: return previous.kind == .number ? 1 : 0
    case .question: return previous.kind == .question ? 1 : 0
    case .colon where atom.role != .ternary: return 0
    case .rightBrace:
      guard let partner = atom.partner, partner < index - 1 else { return 0 }
      return hasInnerSpace(atoms[partner]) ? 1 : 0
    default: break
    }
    if atom.role == .tight || atom.role == .index || atom.role == .angle { return 0 }
    if atom.role == .arrow, atom.kind == .greater { return 0 }
    switch previous.kind {
    case .dot, .at, .bang, .leftParen, .leftBracket: return 0
    case .leftBrace: return hasInnerSpace(previous) ? 1 : 0
    case .minus where previous.role == .prefix: return 0
    case .less where previous.role == .angle: return 0
    default: return 1
    }
  }

  private static func hasInnerSpace(_ brace: FormatAtom) -> Bool {
    brace.role == .typeBrace || brace.role == .blockBrace
  }
}
