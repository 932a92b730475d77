import LashLang

/// A declaration of a cell that later cells of the session see: its text, and where that stands.
public struct SessionDeclaration: Hashable, Sendable {
  /// What is declared.
  public enum Kind: Hashable, Sendable {
    /// `type`, or a constant `Row = Type {…}`.
    case type
    /// `fn` or `process`; they share their names.
    case callable
  }

  /// What is declared.
  public let kind: Kind
  /// Its name.
  public let name: String
  /// The declaration as it was written. A constant is written as the type that it names.
  public let text: String
  /// The name of the cell that it comes from.
  public let cell: String
  /// Where it begins there.
  public let place: SourcePosition
  /// Letters that were put before the text as written there.
  let lead: String

  init(
    _ kind: Kind, name: String, at span: SourceSpan, in source: SourceFile, lead: String = ""
  ) {
    self.kind = kind
    self.name = name
    self.text = lead + source.text(span)
    self.cell = source.name(at: span.start)
    self.place = source.position(of: span.start)
    self.lead = lead
  }
}

extension SessionDeclaration {
  /// The declarations of a compiled text, those of earlier cells in it first, then its own; the
  /// constants that signatures may name are among them.
  static func all(of module: CheckedModule) -> [SessionDeclaration] {
    let tree = module.tree
    let source = tree.source
    let cellEnd = source.insets.first?.start ?? .max
    var earlier: [SessionDeclaration] = []
    var own: [SessionDeclaration] = []
    for declaration in tree.declarations {
      let span = tree.span(withLabel: declaration)
      let found = SessionDeclaration(
        declaration.kind, name: tree[declaration.name.symbol], at: span, in: source)
      if span.start >= cellEnd { earlier.append(found) } else { own.append(found) }
    }
    for constant in module.leaving?.constants ?? [] {
      own.append(
        SessionDeclaration(
          .type, name: constant.name, at: constant.span, in: source,
          lead: "type \(constant.name) = "))
    }
    return earlier + own
  }

  /// The kinds and names that a text declares, or gives the form of a constant.
  static func names(in tree: SyntaxTree) -> Set<Key> {
    var names = Set(
      tree.declarations.map { Key(kind: $0.kind, name: tree[$0.name.symbol]) })
    for id in tree[tree.main.statements] {
      guard case .assign(let targets, let value) = tree[id].kind, targets.count == 1,
        case .typeLiteral = tree[value].kind, let target = tree[targets].first,
        target.steps.isEmpty
      else { continue }
      names.insert(Key(kind: .type, name: tree[target.root.symbol]))
    }
    return names
  }

  /// By what declarations replace one another.
  struct Key: Hashable {
    var kind: Kind
    var name: String
  }

  var key: Key { Key(kind: kind, name: name) }
}

extension Declaration {
  fileprivate var kind: SessionDeclaration.Kind {
    switch self {
    case .type: .type
    case .process, .function: .callable
    }
  }
}

extension SyntaxTree {
  fileprivate func span(withLabel declaration: Declaration) -> SourceSpan {
    switch declaration {
    case .type(let type): return type.span
    case .function(let function): return function.span
    case .process(let process):
      guard let label = process.label else { return process.span }
      return labels[Int(label)].span.union(process.span)
    }
  }
}
