import LashLang

extension ReferenceEvaluator {
  mutating func run(_ block: Block) throws(Flow) {
    for id in tree[block.statements] { try run(id) }
  }

  mutating func run(_ id: StatementID) throws(Flow) {
    try step()
    let statement = tree[id]
    switch statement.kind {
    case .expression(let value): _ = try evaluate(value)
    case .assign(let targets, let value):
      let targets = Array(tree[targets])
      if targets.count > 1 {
        try destructure(targets, value, at: statement.span)
      } else {
        try assign(targets[0], value, at: statement.span)
      }
    case .update(let targets, let operation, let value):
      for target in tree[targets] {
        try update(target, operation.rawValue, value, at: statement.span)
      }
    case .branch(let branches, let otherwise):
      for branch in tree[branches] where try evaluate(branch.condition).isTrue {
        return try run(branch.block)
      }
      if let otherwise { try run(otherwise) }
    case .iterate(let names, let iterable, let block):
      let names = Array(tree[names])
      try iterate(names, iterable) { evaluator throws(Flow) in try evaluator.run(block) }
    case .loop(let condition, let block):
      while try evaluate(condition).isTrue {
        try step()
        do throws(Flow) { try run(block) } catch .break { return } catch .continue { continue }
      }
    case .break: throw .break
    case .continue: throw .continue
    case .finish(let value): throw .finish(try evaluate(value))
    case .print(let value): _ = try evaluate(value)
    default: preconditionFailure("the reference knows no such statement")
    }
  }

  /// Runs `body` for each item with the names bound; they are as before afterwards (rule STM-4).
  mutating func iterate(
    _ names: [Name], _ iterable: ExpressionID,
    _ body: (inout ReferenceEvaluator) throws(Flow) -> Void
  ) throws(Flow) {
    let sequence = try evaluate(iterable)
    guard let items = sequence.items else { throw fail(.typeError, at: tree[iterable].span) }
    let keys = names.map { tree[$0.symbol] }
    let outer = keys.map { variables[$0] }
    // From the last to the first, should a name be bound twice.
    defer { for (key, value) in zip(keys, outer).reversed() { variables[key] = value } }
    for item in items {
      try step()
      if names.count == 1 {
        variables[keys[0]] = item
      } else {
        let span = names[0].span.union(names[names.count - 1].span)
        let parts = try at(span) { () throws(ReferenceFailure) in
          try item.parts(names.count)
        }
        for (key, part) in zip(keys, parts) { variables[key] = part }
      }
      do throws(Flow) { try body(&self) } catch .break { break } catch .continue { continue }
    }
  }

  // MARK: Assignment (rules ASG-1 … ASG-6)

  private mutating func assign(
    _ target: AssignmentTarget, _ value: ExpressionID, at span: SourceSpan
  ) throws(Flow) {
    if target.steps.isEmpty {
      try set(tree[target.root.symbol], try evaluate(value))
    } else if let (operation, operand) = compound(target, value) {
      try update(target, operation, operand, at: span)
    } else {
      let path = try steps(of: target)
      let new = try evaluate(value)
      try store(target, path, at: target.span) { _ throws(ReferenceFailure) in new }
    }
  }

  private mutating func update(
    _ target: AssignmentTarget, _ operation: String, _ value: ExpressionID, at span: SourceSpan
  ) throws(Flow) {
    if target.steps.isEmpty {
      let old = try read(target.root.symbol, at: target.root.span)
      let operand = try evaluate(value)
      let new = try at(span) { () throws(ReferenceFailure) in
        try old.applying(operation, to: operand)
      }
      return try set(tree[target.root.symbol], new)
    }
    let path = try steps(of: target)
    let operand = try evaluate(value)
    try store(target, path, at: span) { old throws(ReferenceFailure) in
      try old.applying(operation, to: operand)
    }
  }

  private mutating func destructure(
    _ targets: [AssignmentTarget], _ value: ExpressionID, at span: SourceSpan
  ) throws(Flow) {
    var paths: [[ReferenceStep]] = []
    for target in targets { paths.append(try steps(of: target)) }
    let whole = try evaluate(value)
    let parts = try at(span) { () throws(ReferenceFailure) in try whole.parts(targets.count) }
    for (index, target) in targets.enumerated() {
      if target.steps.isEmpty {
        try set(tree[target.root.symbol], parts[index])
      } else {
        try store(target, paths[index], at: target.span) { _ throws(ReferenceFailure) in
          parts[index]
        }
      }
    }
  }

  private mutating func steps(of target: AssignmentTarget) throws(Flow) -> [ReferenceStep] {
    var steps: [ReferenceStep] = []
    for step in tree[target.steps] {
      switch step {
      case .field(let name): steps.append(.field(tree[name.symbol]))
      case .index(let id): steps.append(.index(try evaluate(id)))
      }
    }
    return steps
  }

  private mutating func store(
    _ target: AssignmentTarget, _ path: [ReferenceStep], at span: SourceSpan,
    _ change: (ReferenceValue) throws(ReferenceFailure) -> ReferenceValue
  ) throws(Flow) {
    let root = try read(target.root.symbol, at: target.root.span)
    let new = try at(span) { () throws(ReferenceFailure) in
      try root.replacing(path[...], change)
    }
    try set(tree[target.root.symbol], new)
  }

  /// `p = p op e` and `p = push(p, e)` as the compound assignment that they are (rule ASG-5).
  private func compound(
    _ target: AssignmentTarget, _ value: ExpressionID
  ) -> (operation: String, operand: ExpressionID)? {
    switch tree[value].kind {
    case .binary(let operation, let left, let right)
    where ["+", "-", "*", "/"].contains(operation.rawValue) && isSame(left, target):
      return (operation.rawValue, right)
    case .call(_, let list) where module[value] == .builtin(.push):
      let arguments = Array(tree[list])
      return isSame(arguments[0], target) ? ("push", arguments[1]) : nil
    default: return nil
    }
  }

  private func isSame(_ id: ExpressionID, _ target: AssignmentTarget) -> Bool {
    var id = id
    for step in tree[target.steps].reversed() {
      switch (tree[id].kind, step) {
      case (.field(let inner, let name), .field(let other)) where name.symbol == other.symbol:
        id = inner
      case (.index(let inner, let index), .index(let other)) where isSame(index, other):
        id = inner
      default: return false
      }
    }
    if case .name(target.root.symbol) = tree[id].kind { return true }
    return false
  }

  /// Whether two indexes are the same name or literal.
  private func isSame(_ left: ExpressionID, _ right: ExpressionID) -> Bool {
    switch (tree[left].kind, tree[right].kind) {
    case (.name(let a), .name(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.unary(.negate, let a), .unary(.negate, let b)):
      if case .name = tree[a].kind { false } else { isSame(a, b) }
    default: false
    }
  }
}

/// One step of a path, its index evaluated.
enum ReferenceStep {
  case field(String)
  case index(ReferenceValue)
}

extension ReferenceValue {
  /// The items of a sequence of `count` (rule ASG-6).
  func parts(_ count: Int) throws(ReferenceFailure) -> [ReferenceValue] {
    guard let items else { throw .init(.typeError) }
    guard items.count == count else { throw .init(.valueError) }
    return items
  }

  /// The value with what a path leads to replaced by `change` of it (rules ASG-2, ASG-3).
  func replacing(
    _ path: ArraySlice<ReferenceStep>,
    _ change: (ReferenceValue) throws(ReferenceFailure) -> ReferenceValue
  ) throws(ReferenceFailure) -> ReferenceValue {
    guard let step = path.first else { return try change(self) }
    let rest = path.dropFirst()
    switch (self, step) {
    case (.record(var record), _):
      let key: String
      switch step {
      case .field(let name): key = name
      case .index(let index): key = try index.asText()
      }
      guard let old = record[key] ?? (rest.isEmpty ? .null : nil) else { throw .init(.valueError) }
      record[key] = try old.replacing(rest, change)
      return .record(record)
    case (.list(var items), .index(let index)):
      guard case .integer(let offset)? = index.number else { throw .init(.typeError) }
      let position = offset < 0 ? Int(offset) + items.count : Int(offset)
      guard items.indices.contains(position) else { throw .init(.valueError) }
      items[position] = try items[position].replacing(rest, change)
      return .list(items)
    default: throw .init(.typeError)
    }
  }
}
