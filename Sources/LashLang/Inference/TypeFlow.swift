/// What the variables of one body hold at the current place (rule TYP-12).
///
/// Changes lie on a trail that is cut back at the end of a branch or loop; joins cost time linear in
/// what changed. A variable that has no value yet holds `never`.
struct TypeFlow {
  /// What changed between two places.
  struct Snapshot {
    fileprivate(set) var changes: [(symbol: Int32, type: ValueType)] = []
  }

  /// Whether the current place can be reached.
  var isReachable = true
  private var types: [ValueType]
  private var trail: [(symbol: Int32, old: ValueType)] = []
  private var stamps: [UInt32]
  private var stamp: UInt32 = 0
  private var joined: [ValueType]
  private var counts: [Int32]

  init(symbolCount: Int) {
    types = Array(repeating: .never, count: symbolCount)
    joined = types
    stamps = Array(repeating: 0, count: symbolCount)
    counts = Array(repeating: 0, count: symbolCount)
  }

  subscript(symbol: Symbol) -> ValueType { types[Int(symbol.index)] }

  /// A place on the trail.
  var mark: Int { trail.count }

  /// A place to go back to, with whether it is reached.
  struct Place {
    fileprivate let mark: Int
    fileprivate let isReachable: Bool
  }

  var place: Place { Place(mark: mark, isReachable: isReachable) }

  mutating func goBack(to place: Place) {
    undo(to: place.mark)
    isReachable = place.isReachable
  }

  mutating func set(_ symbol: Symbol, _ type: ValueType) {
    let index = Int(symbol.index)
    guard types[index] != type else { return }
    trail.append((Int32(index), types[index]))
    types[index] = type
  }

  /// Forgets all for a new body. O(changes).
  mutating func reset() {
    undo(to: 0)
    isReachable = true
  }

  /// Takes back what changed since a mark.
  mutating func undo(to mark: Int) {
    while trail.count > mark {
      let entry = trail.removeLast()
      types[Int(entry.symbol)] = entry.old
    }
  }

  /// The current types of what changed since a mark.
  mutating func capture(since mark: Int) -> Snapshot {
    var snapshot = Snapshot()
    stamp &+= 1
    for entry in trail[mark...] where stamps[Int(entry.symbol)] != stamp {
      stamps[Int(entry.symbol)] = stamp
      snapshot.changes.append((entry.symbol, types[Int(entry.symbol)]))
    }
    return snapshot
  }

  /// Goes on from the place of the mark that all snapshots were taken since, and that was gone back
  /// to, with what any of them leads to. Without snapshots the place is not reached.
  mutating func merge(_ snapshots: [Snapshot], _ table: inout TypeTable) {
    guard snapshots.count > 1 else {
      if let only = snapshots.first {
        isReachable = true
        for change in only.changes { set(Symbol(UInt32(change.symbol)), change.type) }
      } else {
        isReachable = false
      }
      return
    }
    isReachable = true
    for change in joins(snapshots, &table) { set(Symbol(UInt32(change.symbol)), change.type) }
  }

  /// What each changed variable holds that may come from any of the snapshots, or from the current
  /// place where one of them lacks it.
  mutating func joins(
    _ snapshots: [Snapshot], _ table: inout TypeTable
  ) -> [(symbol: Int32, type: ValueType)] {
    var order: [Int32] = []
    for snapshot in snapshots {
      for change in snapshot.changes {
        let index = Int(change.symbol)
        if counts[index] == 0 {
          order.append(change.symbol)
          joined[index] = change.type
        } else {
          joined[index] = table.union(joined[index], change.type)
        }
        counts[index] += 1
      }
    }
    return order.map { symbol in
      let index = Int(symbol)
      var type = joined[index]
      if counts[index] < snapshots.count { type = table.union(type, types[index]) }
      counts[index] = 0
      return (symbol, type)
    }
  }
}

extension TypeFlow.Snapshot {
  /// Variables of which nothing is known any more.
  init(forgetting symbols: [Symbol]) {
    var seen: Set<Symbol> = []
    for symbol in symbols where seen.insert(symbol).inserted {
      changes.append((Int32(symbol.index), .any))
    }
  }

  /// Takes what some variables hold for unknown.
  mutating func forget(_ symbols: [Symbol]) {
    guard !symbols.isEmpty else { return }
    let hidden = Set(symbols.map { Int32($0.index) })
    changes = changes.map { hidden.contains($0.symbol) ? ($0.symbol, .any) : $0 }
  }
}
