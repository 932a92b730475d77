import LashLang

/// Which instructions of a program are which effects of its text.
///
/// One effect may have several instructions, or none where it can never run. Sites are numbered as the
/// text has them; tables that go with machines count those that have instructions, in the same order.
struct SiteTable: Sendable {
  /// An instruction that is an effect.
  struct Point: BitwiseCopyable, Sendable {
    /// Words before it, from the first of the main block on.
    var offset: UInt32
    /// Index into `numbers`.
    var site: UInt32
  }

  /// The number in the text of each site that has instructions, ascending.
  private(set) var numbers: [UInt32] = []
  /// In the order of the code.
  private(set) var points: [Point] = []

  init() {}

  /// The table of `bodies` whose effects, in the order of the code, have these numbers in the text.
  init(_ bodies: [Program.Body], numbers all: [UInt32]) {
    var known: [UInt32: UInt32] = [:]
    for number in all.sorted() where numbers.last != number {
      known[number] = UInt32(numbers.count)
      numbers.append(number)
    }
    var next = all.makeIterator()
    Self.forEachEffect(of: bodies) { offset, _ in
      guard let number = next.next(), let site = known[number] else { return }
      points.append(Point(offset: offset, site: site))
    }
  }

  /// The number in the text of each effect instruction in the order of the code.
  var numbersInCode: [UInt32] { points.map { numbers[Int($0.site)] } }

  /// Visits the effect instructions in the order of the code: words before it, and its place in the text.
  static func forEachEffect(
    of bodies: [Program.Body], _ visit: (_ offset: UInt32, _ span: SourceSpan?) -> Void
  ) {
    var start = 0
    for body in bodies {
      var position = 0
      while position < body.code.count,
        let opcode = Opcode(rawValue: UInt8(truncatingIfNeeded: body.code[position]))
      {
        if opcode.isEffect {
          let span = body.spans.indices.contains(position) ? body.spans[position] : nil
          visit(UInt32(truncatingIfNeeded: start + position), span)
        }
        position += Instruction.length(of: opcode, at: position, in: body.code)
      }
      start += body.code.count
    }
  }
}

extension Opcode {
  /// Whether it is an effect that has a key.
  var isEffect: Bool {
    switch self {
    case .operation, .batchAdd, .awaitValue, .start, .cancel, .print, .yield, .wake, .sleepFor,
      .sleepUntil, .waitSignal, .signal:
      true
    default: false
    }
  }
}

extension Program {
  /// The place in the text of the effect with this number; `nil` if it can never run, is none, or the
  /// program has no text. O(size of the code).
  public func place(ofSite number: Int) -> SourceSpan? {
    guard let site = sites.numbers.firstIndex(where: { Int($0) == number }) else { return nil }
    guard let point = sites.points.first(where: { Int($0.site) == site }) else { return nil }
    var offset = Int(point.offset)
    for body in bodies {
      if offset < body.code.count {
        return body.spans.indices.contains(offset) ? body.spans[offset] : nil
      }
      offset -= body.code.count
    }
    return nil
  }

  /// The numbers of the effects that can run, ascending.
  public var siteNumbers: [Int] { sites.numbers.map { Int($0) } }
}
