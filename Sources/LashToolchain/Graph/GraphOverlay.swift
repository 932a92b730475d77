import LashLang

/// What a recorded run says about the sites of a program: the input of an overlay.
public struct SiteUses: Sendable {
  /// How often, and at what cost.
  public struct Use: Hashable, Sendable {
    /// How often the host was asked.
    public var count: Int
    /// The fuel that was spent on the way to it, in all.
    public var fuel: UInt64
    /// The virtual milliseconds that passed until it was answered, in all.
    public var time: Int64

    /// Makes a use.
    public init(count: Int, fuel: UInt64, time: Int64 = 0) {
      self.count = count
      self.fuel = fuel
      self.time = time
    }
  }

  /// By number of the site; sites that were not reached are missing.
  public var uses: [Int: Use]
  /// Whether every execution went to its end without a run-time error, so that each node that began
  /// also ended.
  public var isComplete: Bool
  /// How often the main block was run.
  public var mainRuns = 1
  /// How often each process was run, by name, or `nil` if that is not known.
  public var processRuns: [String: Int]?

  /// Makes the facts of a run, or of several added up.
  public init(_ uses: [Int: Use], isComplete: Bool) {
    self.uses = uses
    self.isComplete = isComplete
  }
}

/// What ran: bounds on how often each node ran, as far as the effects of a recorded run tell.
///
/// A record has effects only. What it proves of other nodes follows from the nesting: who stands
/// before an effect in its block ran as often at least, who stands behind it as often at most.
public struct GraphOverlay: Sendable {
  /// How often something ran.
  public struct Runs: Hashable, Sendable {
    /// At least so often.
    public var least: Int
    /// At most so often; nothing if that is not known.
    public var most: Int?

    /// The number, if it is known.
    public var exact: Int? { least == most ? least : nil }
  }

  /// By node.
  public private(set) var runs: [Runs]
  /// The blocks of branches and loops, by node: `then` and `else`, or `body`.
  public private(set) var blocks: [[Runs]]
  /// What the effects of each node cost; nothing if it has none that ran.
  public private(set) var costs: [Cost?]

  /// What effects cost.
  public struct Cost: Hashable, Sendable {
    /// The fuel that was spent on the way to them.
    public var fuel: UInt64
    /// The virtual milliseconds until they were answered.
    public var time: Int64
  }

  let graph: WorkflowGraph
  private let used: SiteUses

  /// Lays the facts of a run over a graph. Sites that the graph lacks are left out. O(nodes + sites).
  public init(_ graph: WorkflowGraph, _ uses: SiteUses) {
    self.graph = graph
    used = uses
    let count = graph.nodes.count
    runs = Array(repeating: Runs(least: 0, most: nil), count: count)
    blocks = graph.nodes.map { node in
      Array(
        repeating: Runs(least: 0, most: nil), count: node.kind == .branch ? 2 : node.blocks.count)
    }
    costs = Array(repeating: nil, count: count)
    for (number, site) in graph.sites.enumerated() {
      guard let use = uses.uses[number] else { continue }
      let cost = costs[site.node] ?? Cost(fuel: 0, time: 0)
      costs[site.node] = Cost(fuel: cost.fuel &+ use.fuel, time: cost.time &+ use.time)
    }
    for body in graph.bodies {
      _ = findLeast(body.block)
      let limit = mostRuns(of: body)
      findMost(body.block, limit)
      if uses.isComplete { narrow(body.block, limit ?? 0) }
    }
  }

  /// How often a body ran at most, if that is known.
  private func mostRuns(of body: GraphBody) -> Int? {
    switch body.kind {
    case .main: used.mainRuns
    case .process: used.processRuns.map { $0[body.name] ?? 0 }
    case .function: nil
    }
  }

  // MARK: At least

  private mutating func findLeast(_ block: [Int]) -> Int {
    var least = 0
    for node in block.reversed() {
      least = max(least, findLeast(node))
      runs[node].least = least
    }
    return least
  }

  private mutating func findLeast(_ node: Int) -> Int {
    var least = 0
    for number in graph.nodes[node].sites {
      let count = used.uses[number]?.count ?? 0
      least = max(least, graph.sites[number].isCertain ? count : min(count, 1))
    }
    var inner = 0
    for (place, block) in graph.nodes[node].blocks.enumerated() {
      let count = findLeast(block)
      blocks[node][place].least = count
      inner += count
    }
    return max(least, graph.nodes[node].kind == .branch ? inner : min(inner, 1))
  }

  // MARK: At most

  private mutating func findMost(_ block: [Int], _ limit: Int?) {
    var limit = limit
    for node in block {
      var reached: Int?
      for number in graph.nodes[node].sites where graph.sites[number].isCertain {
        reached = Self.smaller(reached, used.uses[number]?.count ?? 0)
      }
      if used.isComplete { limit = Self.smaller(limit, reached) }
      if let most = limit { runs[node].most = max(most, runs[node].least) }
      findMostInside(node)
      // What follows runs only if the node came to its end.
      limit = Self.smaller(limit, reached)
    }
  }

  private mutating func findMostInside(_ node: Int) {
    let most = runs[node].most
    let inner = graph.nodes[node].blocks
    guard graph.nodes[node].kind == .branch else {
      for (place, block) in inner.enumerated() {
        let limit = most == 0 ? 0 : nil
        findMost(block, limit)
        blocks[node][place].most = block.first.map { runs[$0].most } ?? limit
      }
      return
    }
    let least = blocks[node].map(\.least)
    for place in 0..<2 {
      // What one block ran, the other did not.
      let limit = most.map { max(0, $0 - least[1 - place]) }
      if place < inner.count { findMost(inner[place], limit) }
      let first = place < inner.count ? inner[place].first : nil
      blocks[node][place].most = first.map { runs[$0].most } ?? limit
    }
    for place in 0..<2 {
      guard let other = blocks[node][1 - place].most else { continue }
      let rest = runs[node].least - other
      blocks[node][place].least = max(blocks[node][place].least, rest)
    }
  }

  // MARK: If all went on

  /// How a block may be left before its end.
  private struct Leaving {
    /// By `finish` or `fail`.
    var ends = false
    /// By `break` or `continue` of a loop around it.
    var jumps = false
  }

  /// Narrows the bounds of a block that ran `floor` times at least, if nothing stopped what began: who does
  /// not leave the block is followed as often as it ran.
  @discardableResult
  private mutating func narrow(_ block: [Int], _ floor: Int) -> Leaving {
    var floor = floor
    var all = Leaving()
    var leaves: [Bool] = []
    for node in block {
      runs[node].least = max(runs[node].least, min(floor, runs[node].most ?? floor))
      let leaving = narrowInside(node)
      all.ends = all.ends || leaving.ends
      all.jumps = all.jumps || leaving.jumps
      leaves.append(leaving.ends || leaving.jumps)
      floor = leaves.last == true ? 0 : runs[node].least
    }
    var next: Int?
    for (node, leaves) in zip(block, leaves).reversed() {
      if !leaves, let most = Self.smaller(runs[node].most, next) {
        runs[node].most = max(most, runs[node].least)
      }
      next = runs[node].most
    }
    return all
  }

  private mutating func narrowInside(_ node: Int) -> Leaving {
    var all = Leaving()
    let inner = graph.nodes[node].blocks
    switch graph.nodes[node].kind {
    case .step, .effect: break
    case .finish, .fail: all.ends = true
    case .break, .continue: all.jumps = true
    case .each, .loop:
      for (place, block) in inner.enumerated() {
        all.ends = narrow(block, 0).ends || all.ends
        if let first = block.first { blocks[node][place] = runs[first] }
      }
    case .branch:
      for place in 0..<2 {
        if let other = blocks[node][1 - place].most {
          blocks[node][place].least = max(blocks[node][place].least, runs[node].least - other)
        }
        guard place < inner.count else { continue }
        let leaving = narrow(inner[place], blocks[node][place].least)
        if let first = inner[place].first { blocks[node][place] = runs[first] }
        all.ends = all.ends || leaving.ends
        all.jumps = all.jumps || leaving.jumps
      }
    }
    return all
  }

  private static func smaller(_ left: Int?, _ right: Int?) -> Int? {
    guard let left, let right else { return left ?? right }
    return min(left, right)
  }
}
