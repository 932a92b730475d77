import LashJSON

/// Gives nodes their ids, and finds the tokens around places in the text.
struct GraphNames {
  private let source: SourceFile
  private let tokens: [Token]
  private var scope: [UInt8] = []
  private var counts: [String: Int] = [:]
  private var taken: Set<String> = []

  init(_ source: SourceFile) {
    self.source = source
    tokens = Lexer(source).tokens
  }

  /// Begins a body.
  mutating func begin(_ name: String) {
    scope = Array(name.utf8)
    counts.removeAll(keepingCapacity: true)
  }

  /// The id of the next node, whose tokens are in `span`.
  ///
  /// The tokens are taken without what the formatter may add or drop: `;`, and commas before closing
  /// brackets.
  mutating func id(of span: SourceSpan) -> String {
    var text = scope
    var index = first(from: span.start)
    while index < tokens.count, tokens[index].span.end <= span.end, tokens[index].kind != .end {
      let token = tokens[index]
      index += 1
      if token.kind == .semicolon || (token.kind == .comma && tokens[index].kind.isClosing) {
        continue
      }
      text.append(0)
      text += source.bytes[Int(token.span.start)..<Int(token.span.end)]
    }
    let digest = SHA256.hexHash(text)
    var count = counts[digest, default: 0]
    var id: String
    repeat {
      count += 1
      id = String(SHA256.hexHash(Array("\(digest) \(count)".utf8)).prefix(12))
    } while !taken.insert(id).inserted
    counts[digest] = count
    return id
  }

  /// Where the last token before `place` ends.
  func end(before place: UInt32) -> UInt32 {
    let index = first(from: place)
    return index > 0 ? tokens[index - 1].span.end : 0
  }

  /// Where the last `if` before `place` begins.
  func start(ofIfBefore place: UInt32) -> UInt32 {
    var index = first(from: place)
    while index > 0 {
      index -= 1
      if tokens[index].kind == .if { return tokens[index].span.start }
    }
    return place
  }

  /// The first token that begins at `place` or behind it. O(log n).
  private func first(from place: UInt32) -> Int {
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].span.start < place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
