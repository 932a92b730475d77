/// All types of one check: nodes that name one another, each kept once.
///
/// Equal nodes are the same node, found by hashing, so types compare as integers and a table is the
/// same on every machine. Nodes are at most `maximumDepth` deep, names of declared types apart;
/// what would be deeper is `any`. Recursion over a node is bounded by that.
public struct TypeTable: Sendable {
  struct Node {
    var kind: TypeKind
    var depth: UInt8
    var start: Int32
    var count: Int32
  }

  static let maximumDepth = 40

  /// The nodes; a `ValueType` indexes it.
  private(set) var nodes: [Node] = []
  /// What nodes consist of.
  private(set) var words: [Int32] = []
  private var slots: [Int32]
  /// Texts by index: first those of the program's tree, then the host's.
  private let treeNames: [String]
  private var moreNames: [String] = []
  private var nameIndex: [String: Int32] = [:]
  private var hasIndexedTree = false
  var unions = PairMemo()
  var relation = PairMemo()
  /// Pairs of `relation` that were answered under an assumption still open.
  var assumptions: [UInt64] = []
  /// What declared types stand for, once asked for.
  var aliases: [ValueType?] = []
  var hostAliases: [ValueType?] = []
  /// The names of declared and host types, for text.
  var aliasNames: [String] = []
  var hostAliasNames: [String] = []

  /// An empty table over the texts of a tree.
  init(names: [String] = []) {
    treeNames = names
    slots = Array(repeating: -1, count: 256)
    for kind in TypeKind.allCases where kind.rawValue < TypeKind.literal.rawValue {
      nodes.append(Node(kind: kind, depth: 0, start: 0, count: 0))
    }
  }

  // MARK: Reading

  func kind(_ type: ValueType) -> TypeKind { nodes[Int(type.index)].kind }

  /// The word of a node at a position.
  func word(_ type: ValueType, _ position: Int) -> Int32 {
    words[Int(nodes[Int(type.index)].start) + position]
  }

  /// The part of a node at a position, as a type.
  func part(_ type: ValueType, _ position: Int = 0) -> ValueType {
    ValueType(word(type, position))
  }

  func count(_ type: ValueType) -> Int { Int(nodes[Int(type.index)].count) }

  /// All words of a node as types.
  func parts(_ type: ValueType) -> [ValueType] {
    let node = nodes[Int(type.index)]
    return (0..<Int(node.count)).map { ValueType(words[Int(node.start) + $0]) }
  }

  // MARK: Names

  func name(_ index: Int32) -> String {
    let index = Int(index)
    return index < treeNames.count ? treeNames[index] : moreNames[index - treeNames.count]
  }

  /// The index of a text, which is added if the table lacks it.
  mutating func name(_ text: String) -> Int32 {
    if !hasIndexedTree {
      hasIndexedTree = true
      for (index, name) in treeNames.enumerated() { nameIndex[name] = Int32(index) }
    }
    if let known = nameIndex[text] { return known }
    let index = Int32(treeNames.count + moreNames.count)
    moreNames.append(text)
    nameIndex[text] = index
    return index
  }

  // MARK: Making

  /// The node of a kind and words; `any` where it would be too deep.
  mutating func make(_ kind: TypeKind, _ content: [Int32]) -> ValueType {
    var hash = UInt64(kind.rawValue) &+ 0x9E37_79B9_7F4A_7C15
    for word in content {
      hash = (hash ^ UInt64(UInt32(bitPattern: word))) &* 0x0000_0100_0000_01B3
      hash ^= hash >> 29
    }
    var slot = Int(truncatingIfNeeded: hash >> 7) & (slots.count - 1)
    while slots[slot] >= 0 {
      let node = nodes[Int(slots[slot])]
      if node.kind == kind, Int(node.count) == content.count,
        Self.matches(words, from: Int(node.start), content)
      {
        return ValueType(slots[slot])
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let depth = Self.depth(kind, content, nodes)
    guard depth <= Self.maximumDepth else { return .any }
    let index = Int32(nodes.count)
    nodes.append(
      Node(
        kind: kind, depth: UInt8(depth), start: Int32(words.count), count: Int32(content.count)))
    words.append(contentsOf: content)
    slots[slot] = index
    if nodes.count * 2 > slots.count { grow() }
    return ValueType(index)
  }

  // Of the arrays alone: a method would be given a copy of the table.
  private static func matches(_ words: [Int32], from start: Int, _ content: [Int32]) -> Bool {
    for position in content.indices where words[start + position] != content[position] {
      return false
    }
    return true
  }

  private static func depth(_ kind: TypeKind, _ content: [Int32], _ nodes: [Node]) -> Int {
    var deepest = 0
    var position = kind == .object ? 2 : kind.plainWords
    if kind == .object { deepest = Int(nodes[Int(content[0])].depth) }
    while position < content.count {
      deepest = max(deepest, Int(nodes[Int(content[position])].depth))
      position += kind == .object ? 3 : 1
    }
    return deepest + 1
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for index in Int(TypeKind.literal.rawValue)..<nodes.count {
      let node = nodes[index]
      var hash = UInt64(node.kind.rawValue) &+ 0x9E37_79B9_7F4A_7C15
      for position in 0..<Int(node.count) {
        let word = words[Int(node.start) + position]
        hash = (hash ^ UInt64(UInt32(bitPattern: word))) &* 0x0000_0100_0000_01B3
        hash ^= hash >> 29
      }
      var slot = Int(truncatingIfNeeded: hash >> 7) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }
}

/// A table from ordered pairs of types to a number of 32 bits, by open addressing.
struct PairMemo: Sendable {
  private var keys: [UInt64] = Array(repeating: .max, count: 256)
  private var values: [Int32] = Array(repeating: 0, count: 256)
  private(set) var count = 0

  static func key(_ left: ValueType, _ right: ValueType) -> UInt64 {
    UInt64(UInt32(bitPattern: left.index)) << 32 | UInt64(UInt32(bitPattern: right.index))
  }

  subscript(key: UInt64) -> Int32? {
    let slot = slot(of: key)
    return keys[slot] == key ? values[slot] : nil
  }

  mutating func set(_ key: UInt64, _ value: Int32) {
    let slot = slot(of: key)
    if keys[slot] != key {
      keys[slot] = key
      count += 1
    }
    values[slot] = value
    guard count * 2 > keys.count else { return }
    let old = (keys: keys, values: values)
    keys = Array(repeating: .max, count: old.keys.count * 2)
    values = Array(repeating: 0, count: old.keys.count * 2)
    for (index, key) in old.keys.enumerated() where key != .max {
      let slot = self.slot(of: key)
      keys[slot] = key
      values[slot] = old.values[index]
    }
  }

  private func slot(of key: UInt64) -> Int {
    var hash = key &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 31
    var slot = Int(truncatingIfNeeded: hash) & (keys.count - 1)
    while keys[slot] != key, keys[slot] != .max { slot = (slot + 1) & (keys.count - 1) }
    return slot
  }
}
