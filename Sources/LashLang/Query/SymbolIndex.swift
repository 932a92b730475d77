/// All names of a checked program with what each stands for: the source of hover, navigation,
/// renaming, colours and completion. Made also of programs with errors, as far as they go.
public struct SymbolIndex: Sendable {
  /// What is named, in the order of the walk: declarations first.
  public let symbols: [ProgramSymbol]
  /// The names in the order of the text.
  public let occurrences: [SymbolOccurrence]
  /// The program.
  public let module: CheckedModule

  /// Of each symbol the indices of its occurrences.
  private var places: [[Int]]
  var table: TypeTable

  /// Indexes `module`. O(text · log text).
  public init(_ module: CheckedModule) {
    self.module = module
    var pass = IndexSymbols(module)
    pass.run()
    symbols = pass.symbols
    table = pass.table
    occurrences = pass.occurrences.enumerated().sorted {
      ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset)
    }.map(\.element)
    places = Array(repeating: [], count: symbols.count)
    for (place, occurrence) in occurrences.enumerated() { places[occurrence.symbol].append(place) }
  }

  /// The name at a byte offset: the one that holds it, else the one that ends there. O(log names).
  public func occurrence(at offset: UInt32) -> SymbolOccurrence? {
    var low = 0
    var high = occurrences.count
    while low < high {
      let middle = (low + high) / 2
      if occurrences[middle].span.start <= offset { low = middle + 1 } else { high = middle }
    }
    // Names may lie within others (`gmail` in `gmail.work`): the innermost begins last.
    for place in stride(from: low - 1, through: max(0, low - 8), by: -1)
    where occurrences[place].span.end >= offset {
      return occurrences[place]
    }
    return nil
  }

  /// All places that name a symbol, in the order of the text. O(result).
  public func occurrences(of symbol: Int) -> [SymbolOccurrence] {
    places[symbol].map { occurrences[$0] }
  }

  /// The type of an occurrence in lashlang's syntax, if it is known and says something.
  public func typeText(of occurrence: SymbolOccurrence) -> String? {
    guard let type = occurrence.type, !type.isOpen else { return nil }
    return table.text(type, exact: true)
  }

  /// The type that a symbol had last before an offset, else the first that is known.
  public func typeText(of symbol: Int, before offset: UInt32 = .max) -> String? {
    var first: String?
    var last: String?
    for occurrence in occurrences(of: symbol) {
      guard let text = typeText(of: occurrence) else { continue }
      if first == nil { first = text }
      if occurrence.span.start >= offset { break }
      last = text
    }
    return last ?? first
  }

  /// The declaration around an offset, as an index into `SyntaxTree.declarations`.
  public func body(at offset: UInt32) -> Int? {
    module.tree.declarations.firstIndex {
      $0.span.start <= offset && offset < $0.span.end
    }
  }

  /// The variables, parameters and bindings that can be read at an offset, nearest meaning first,
  /// each name once.
  public func variables(at offset: UInt32) -> [Int] {
    let body = body(at: offset)
    var seen: Set<String> = []
    var found: [Int] = []
    for (index, symbol) in symbols.enumerated().reversed() {
      let isVisible: Bool
      switch symbol.kind {
      case .binding:
        isVisible = symbol.scope.map { $0.start <= offset && offset <= $0.end } ?? false
      case .parameter: isVisible = symbol.body == body
      case .variable:
        isVisible =
          symbol.body == body && (symbol.definitions.first.map { $0.end < offset } ?? true)
      default: isVisible = false
      }
      if isVisible, seen.insert(symbol.name).inserted { found.append(index) }
    }
    return found
  }
}

extension Declaration {
  /// The whole declaration.
  public var span: SourceSpan {
    switch self {
    case .type(let declaration): declaration.span
    case .process(let declaration): declaration.span
    case .function(let declaration): declaration.span
    }
  }
}
