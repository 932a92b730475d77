/// Gives programs their one style: two spaces, lines of at most 100 columns where that can be.
///
/// Tokens keep their text and order; only white space, `;` and commas before a closing bracket
/// change, so the tree stays the same. Comments and single empty lines are kept. A statement that
/// does not parse is left as it is.
public struct SourceFormatter {
  /// A formatted text.
  public struct Result: Sendable {
    /// The text, with a line end after its last line.
    public var bytes: [UInt8]
    /// What does not parse.
    public var diagnostics: [Diagnostic]
  }

  /// Formats `source`; what is beyond `SourceFile.maximumSize` or has more errors than are shown is
  /// returned as it is. O(text · log text); the stack does not depend on the text.
  public static func format(_ source: SourceFile) -> Result {
    let parsed = Parser.parse(source)
    let isReadable = !parsed.diagnostics.contains {
      $0.code == .sourceTooLarge || $0.code == .tooManyErrors || $0.code == .invalidUTF8
    }
    guard isReadable else { return Result(bytes: source.bytes, diagnostics: parsed.diagnostics) }
    var atoms = FormatAtoms(source)
    atoms.assignRoles(parsed.tree)
    var formatter = SourceFormatter(atoms, parsed)
    return Result(bytes: formatter.run(), diagnostics: parsed.diagnostics)
  }

  let tree: SyntaxTree
  let atoms: FormatAtoms
  var layout: FormatLayout
  /// How many atoms before each one belong to something that does not parse.
  private var faults: [Int]

  private init(_ atoms: FormatAtoms, _ parsed: ParseResult) {
    tree = parsed.tree
    self.atoms = atoms
    layout = FormatLayout(atoms)
    faults = []
    faults = Self.count(faultsOf: parsed, atoms)
  }

  private mutating func run() -> [UInt8] {
    let end = atoms.count - 1
    let items = items(of: tree.main, declarations: tree.declarations)
    format(items, in: 0..<end, 0)
    return layout.writer.finish(at: end)
  }

  // MARK: Faults

  private static func count(faultsOf parsed: ParseResult, _ atoms: FormatAtoms) -> [Int] {
    var isFaulty = Array(repeating: false, count: atoms.count)
    let tree = parsed.tree
    func blame(_ span: SourceSpan?) {
      if let span { isFaulty[atoms.index(at: span.start)] = true }
    }
    for problem in parsed.diagnostics {
      // What is found instead of a closing bracket may well be right.
      if problem.code != .unclosedBracket { blame(problem.span) }
      for note in problem.notes { blame(note.span) }
    }
    for expression in tree.expressions {
      if case .error = expression.kind { blame(expression.span) }
    }
    for statement in tree.statements {
      if case .error = statement.kind { blame(statement.span) }
    }
    for type in tree.types {
      if case .error = type.kind { blame(type.span) }
    }
    for index in 0..<atoms.count where atoms[index].partner == nil {
      if atoms[index].kind.isOpening || atoms[index].kind.isClosing { isFaulty[index] = true }
    }
    var counts = [0]
    for fault in isFaulty { counts.append((counts.last ?? 0) + (fault ? 1 : 0)) }
    return counts
  }

  func faultCount(_ region: Range<Int>) -> Int {
    faults[region.upperBound] - faults[region.lowerBound]
  }

  // MARK: Items

  /// A statement or declaration with its place.
  struct Item {
    /// What a statement or declaration has of blocks.
    enum Form {
      case simple
      case branch([ConditionalBlock], otherwise: Block?)
      /// A block behind a header that is broken after `prefix` atoms, or inside brackets only.
      case block(Block, prefix: Int?)
    }

    var form: Form
    /// Its atoms, without its label.
    var atoms: Range<Int>
    /// The atoms of its label; empty if it has none.
    var label: Range<Int>

    var start: Int { label.isEmpty ? atoms.lowerBound : label.lowerBound }
  }

  func items(of block: Block, declarations: [Declaration] = []) -> [Item] {
    var items = tree[block.statements].compactMap { item(tree[$0]) }
    guard !declarations.isEmpty else { return items }
    items += declarations.compactMap(item)
    return items.sorted { $0.start < $1.start }
  }

  private func item(_ statement: Statement) -> Item? {
    var form = Item.Form.simple
    switch statement.kind {
    case .branch(let branches, let otherwise):
      form = .branch(Array(tree[branches]), otherwise: otherwise)
    case .iterate(let names, _, let block): form = .block(block, prefix: 2 * Int(names.count) + 1)
    case .loop(_, let block): form = .block(block, prefix: 1)
    default: break
    }
    return item(form, statement.span, statement.label)
  }

  private func item(_ declaration: Declaration) -> Item? {
    switch declaration {
    case .type(let type): item(.simple, type.span, nil)
    case .process(let process):
      item(.block(process.body, prefix: nil), process.span, process.label)
    case .function(let function): item(.block(function.body, prefix: nil), function.span, nil)
    }
  }

  private func item(_ form: Item.Form, _ span: SourceSpan, _ label: UInt32?) -> Item? {
    guard let start = atoms.index(startingAt: span.start),
      let end = atoms.index(endingAt: span.end), start <= end
    else { return nil }
    var labelled = start..<start
    if let label, let first = atoms.index(startingAt: tree.labels[Int(label)].span.start) {
      labelled = first..<start
    }
    return Item(form: form, atoms: start..<end + 1, label: labelled)
  }

  /// The braces of a block, if it has them.
  func braces(of block: Block) -> Range<Int>? {
    guard let open = atoms.index(startingAt: block.span.start), atoms[open].kind == .leftBrace,
      let close = atoms[open].partner, atoms[close].span.end == block.span.end
    else { return nil }
    return open..<close + 1
  }
}
