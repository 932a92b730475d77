/// Renames a symbol of a program, if nothing else changes its meaning by it.
public enum Renaming {
  /// Why a symbol cannot be renamed.
  public struct Refusal: Error, Sendable, CustomStringConvertible {
    /// The reason, as a sentence for people.
    public let description: String

    init(_ description: String) { self.description = description }
  }

  /// The name at an offset that can be renamed. Throws if there is none.
  public static func target(
    at offset: UInt32, in index: SymbolIndex
  ) throws(Refusal) -> SymbolOccurrence {
    guard let occurrence = index.occurrence(at: offset) else {
      throw Refusal("there is no name here")
    }
    let symbol = index.symbols[occurrence.symbol]
    guard symbol.isOwn else {
      switch symbol.kind {
      case .field: throw Refusal("`\(symbol.name)` is a field; fields are not renamed")
      case .builtin, .foreignType:
        throw Refusal("`\(symbol.name)` belongs to the language or the host")
      default: throw Refusal("`\(symbol.name)` is not declared in this program")
      }
    }
    return occurrence
  }

  /// The edits that give the symbol at an offset another name. Throws if the name is none, or if any
  /// name of the program would then stand for something else. As dear as two checks.
  public static func edits(
    at offset: UInt32, in index: SymbolIndex, to name: String
  ) throws(Refusal) -> [SourceEdit] {
    let symbol = try target(at: offset, in: index).symbol
    try checkName(name)
    let edits = index.occurrences(of: symbol).map { SourceEdit(span: $0.span, text: name) }
    guard name != index.symbols[symbol].name else { return edits }
    let source = index.module.tree.source
    let bytes = SourceFormatter.apply(edits, to: source.bytes)
    let parsed = Parser.parse(SourceFile(name: source.name, bytes: bytes))
    let module = CheckModule.check(
      parsed.tree, host: index.module.host, earlier: parsed.diagnostics)
    let renamed = SymbolIndex(module)
    guard meanings(of: renamed) == meanings(of: index), errors(renamed) == errors(index) else {
      throw Refusal("`\(name)` means something else here already")
    }
    return edits
  }

  private static func checkName(_ name: String) throws(Refusal) {
    let bytes = Array(name.utf8)
    guard let first = bytes.first, !(0x30...0x39).contains(first),
      bytes.allSatisfy(Lexer.continuesWord)
    else {
      throw Refusal("`\(name)` is no name: letters, digits and `_`, no digit first")
    }
    let word = Word.all.first { $0.rawValue == name }
    guard word.flatMap({ KeywordPage.of($0.rawValue) }) == nil, word != .submit, word != .call
    else { throw Refusal("`\(name)` is a word of the language") }
  }

  /// For each name of the text what it stands for, as the number of the first name that stands for
  /// the same: independent of the names themselves.
  private static func meanings(of index: SymbolIndex) -> [Int] {
    var first: [Int: Int] = [:]
    return index.occurrences.enumerated().map { place, occurrence in
      if let known = first[occurrence.symbol] { return known }
      first[occurrence.symbol] = place
      return place
    }
  }

  private static func errors(_ index: SymbolIndex) -> [DiagnosticCode] {
    index.module.diagnostics.map(\.code)
  }
}
