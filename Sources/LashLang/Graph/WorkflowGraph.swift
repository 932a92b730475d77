/// The steps of a program and the ways between them, for people and for editors (rule MOD-8).
///
/// Every statement is a node; `else if` is one too. Blocks nest as in the text, edges say what may
/// run next. It comes from a text that parsed, also if it does not check.
public struct WorkflowGraph: Sendable {
  /// The version of the JSON form; it grows when the meaning of a field changes.
  public static let version = 1

  /// The text.
  public let source: SourceFile
  /// The type declarations: name and definition as written.
  public internal(set) var types: [(name: String, text: String)] = []
  /// The main block first, then processes and functions in source order.
  public internal(set) var bodies: [GraphBody] = []
  /// All nodes, those of a body together, in source order.
  public internal(set) var nodes: [GraphNode] = []
  /// The ways between nodes, by where they begin.
  public internal(set) var edges: [GraphEdge] = []
  /// The effects in source order; position is the number of the site (rule EFF-21).
  public internal(set) var sites: [EffectSite] = []

  init(source: SourceFile) { self.source = source }

  /// The position of the node of an id. O(n).
  public func node(_ id: String) -> Int? { nodes.firstIndex { $0.id == id } }
}

/// The main block, a process or a function.
public struct GraphBody: Sendable {
  /// The kinds of bodies.
  public enum Kind: String, Sendable {
    /// The statements outside declarations.
    case main
    /// A process.
    case process
    /// A function.
    case function
  }

  /// What it is.
  public var kind: Kind
  /// The declared name; `main` for the main block.
  public var name: String
  /// The title and description of its label.
  public var label: GraphLabel?
  /// The parameters, each with its type as written.
  public var parameters: [(name: String, type: String)] = []
  /// The signals that it may wait for, in the same form.
  public var signals: [(name: String, type: String)] = []
  /// The declared result type.
  public var result: String?
  /// The declaration's place; empty for the main block.
  public var span: SourceSpan
  /// Its statements: positions in `WorkflowGraph.nodes`.
  public var block: [Int] = []
}

/// What `@label` says (rule GRM-12).
public struct GraphLabel: Hashable, Sendable {
  /// The title.
  public var title: String
  /// The description, if any.
  public var description: String?
}

/// One statement, or one condition of an `else if`.
public struct GraphNode: Sendable {
  /// The kinds of nodes.
  public enum Kind: String, Sendable, CaseIterable {
    /// It only computes.
    case step
    /// It asks the host for something.
    case effect
    /// `if` or `else if`; blocks `then` and `else`.
    case branch
    /// `for`; block `body`.
    case each
    /// `while`; block `body`.
    case loop
    /// `break`
    case `break`
    /// `continue`
    case `continue`
    /// `finish`
    case finish
    /// `fail`
    case fail
  }

  /// 12 hexadecimal digits that depend on the body's name, the tokens of the node and how many equal
  /// ones stand before it; so comments, layout and other statements do not change it.
  public var id: String
  /// What it is.
  public var kind: Kind
  /// The body: position in `WorkflowGraph.bodies`.
  public var body: Int
  /// The branch or loop whose block it stands in, if any: position in `WorkflowGraph.nodes`.
  public var parent: Int?
  /// The title and description of its label.
  public var label: GraphLabel?
  /// What may be edited: the statement, or what stands before the block of a branch or loop.
  public var text: SourceSpan
  /// The whole statement with its blocks; of an `else if` the condition and what follows it.
  public var span: SourceSpan
  /// The variables that it assigns or binds, each once, in order.
  public var writes: [String] = []
  /// The variables that it reads, each once, in order; those of its blocks not included.
  public var reads: [String] = []
  /// The type of what it assigns, computes or finishes with, where one is known.
  public var type: String?
  /// The effects in it: positions in `WorkflowGraph.sites`.
  public var sites: [Int] = []
  /// The blocks of a branch (`then`, `else`; the latter may be missing) or loop (`body`).
  public var blocks: [[Int]] = []
}

/// One way from a node to what runs next.
public struct GraphEdge: Hashable, Sendable {
  /// An end of an edge.
  public enum End: Hashable, Sendable {
    /// Where a body begins.
    case start(Int)
    /// Where a body ends.
    case end(Int)
    /// A node.
    case node(Int)
  }

  /// When the way is taken.
  public enum Kind: String, Sendable {
    /// Always.
    case next
    /// The condition holds.
    case then
    /// It does not hold.
    case `else`
    /// The loop has an item, or its condition holds.
    case body
    /// The end of a loop's block leads back to it.
    case `repeat`
    /// The loop is done.
    case done
    /// By `break`.
    case `break`
    /// By `continue`.
    case `continue`
  }

  /// Where it begins.
  public var from: End
  /// Where it leads.
  public var to: End
  /// When it is taken.
  public var kind: Kind
}
