/// Where and how a value does not fit what is wanted of it.
struct Mismatch {
  /// The expression to blame: the innermost one that is written out.
  var place: ExpressionID
  var expected: ValueType
  var actual: ValueType
  /// A field that a record lacks, if that is the problem.
  var missing: Int32?
  /// The way from the whole value to the place, as `.field` and `[i]`.
  var path = ""
}

/// Checking against an expected type: literals are taken apart, so that their items meet the parts
/// of the expected type and an error stands where the mistake is (rule TYP-11).
extension InferTypes {
  /// Why an inferred expression does not fit a type; nothing if it does.
  mutating func mismatch(_ id: ExpressionID, _ target: ValueType) -> Mismatch? {
    let actual = types[Int(id.index)]
    if table.accepts(target, actual) { return nil }
    let members = table.members(target)
    switch tree[id].kind {
    case .list(let items), .tuple(let items):
      let lists = members.filter { table.kind($0) == .list }
      if lists.count == 1 { return mismatch(items, table.part(lists[0])) }
    case .record(let fields):
      let objects = members.filter { table.kind($0) == .object }
      if let closest = closest(objects, to: fields) { return mismatch(id, fields, closest) }
      for object in objects where mismatch(id, fields, object) == nil { return nil }
    case .conditional(_, let then, let otherwise):
      return mismatch(then, target) ?? mismatch(otherwise, target)
    default: break
    }
    return Mismatch(place: id, expected: target, actual: actual)
  }

  private mutating func mismatch(
    _ items: NodeList<ExpressionID>, _ target: ValueType
  ) -> Mismatch? {
    for (index, item) in tree[items].enumerated() {
      if var found = mismatch(item, target) {
        found.path = "[\(index)]" + found.path
        return found
      }
    }
    return nil
  }

  private mutating func mismatch(
    _ id: ExpressionID, _ fields: NodeList<FieldSyntax>, _ target: ValueType
  ) -> Mismatch? {
    for field in tree[fields] {
      guard let wanted = table.field(target, named: Int32(field.name.symbol.index)) else {
        continue
      }
      if var found = mismatch(field.value, wanted.type) {
        found.path = ".\(tree[field.name.symbol])" + found.path
        return found
      }
    }
    for wanted in table.fields(target) where !wanted.isOptional {
      if tree[fields].contains(where: { Int32($0.name.symbol.index) == wanted.name }) { continue }
      return Mismatch(
        place: id, expected: target, actual: types[Int(id.index)], missing: wanted.name)
    }
    return nil
  }

  /// The object type that a record literal is meant to be: the only one, or the one whose single
  /// texts it repeats.
  private func closest(_ objects: [ValueType], to fields: NodeList<FieldSyntax>) -> ValueType? {
    if objects.count <= 1 { return objects.first }
    var best: (count: Int, object: ValueType)?
    for object in objects {
      var count = 0
      for field in tree[fields] {
        guard case .string(let text) = tree[field.value].kind,
          let wanted = table.field(object, named: Int32(field.name.symbol.index)),
          table.kind(wanted.type) == .literal
        else { continue }
        count += table.word(wanted.type, 0) == Int32(text.index) ? 1 : -1
      }
      if count > best?.count ?? 0 { best = (count, object) }
    }
    return best?.object
  }

  // MARK: Reporting

  /// Reports a mismatch: `lead` says who expects, `whole` what is expected of the whole value.
  mutating func report(
    _ problem: Mismatch, _ whole: ValueType, lead: String, notes: [DiagnosticNote] = []
  ) {
    guard isReporting else { return }
    let span = tree[problem.place].span
    let isEnum = wantsTexts(problem)
    let expected = table.text(whole, exact: isEnum && problem.path.isEmpty)
    var message = lead + expected
    if let missing = problem.missing {
      let at = problem.path.isEmpty ? "" : " in `\(problem.path)`"
      message += ": the field `\(table.name(missing))` is missing\(at)"
    } else if problem.path.isEmpty {
      message += ", got \(got(problem))"
    } else {
      message +=
        ": `\(problem.path.drop { $0 == "." })` must be "
        + "\(table.text(problem.expected, exact: isEnum)), got \(got(problem))"
    }
    let advice = self.advice(problem)
    report(.typeMismatch, message, at: span, advice, notes: notes)
  }

  private func wantsTexts(_ problem: Mismatch) -> Bool {
    table.members(problem.expected).contains { table.kind($0) == .literal }
  }

  private func got(_ problem: Mismatch) -> String {
    if wantsTexts(problem), table.kind(problem.actual) == .literal {
      return "incompatible literal \"\(table.name(table.word(problem.actual, 0)).prefix(40))\""
    }
    return table.text(problem.actual)
  }

  private func advice(_ problem: Mismatch) -> Advice {
    let place = problem.place
    let text = shortText(place)
    if let missing = problem.missing { return adviceOnMissing(missing, place) }
    if case .string(let symbol) = tree[place].kind {
      let known = table.members(problem.expected).filter { table.kind($0) == .literal }
        .map { table.name(table.word($0, 0)) }
      if let closest = Spelling.closest(to: tree[symbol], among: known) {
        return .replace(
          tree[place].span, by: "\"\(closest)\"", hint: "did you mean \"\(closest)\"?")
      }
    }
    let actual = table.kinds(problem.actual)
    let expected = table.kinds(problem.expected)
    if isResult(problem.actual), !expected.contains(.record) {
      return Advice("add `?` to the call to get its value")
    }
    if actual == .handle { return Advice("await it first: `(await \(text))?`") }
    let rest = actual.subtracting(.null)
    if actual.contains(.null), !expected.contains(.null), !rest.isEmpty, rest.isSubset(of: expected)
    {
      return Advice("it may be null here: test for null first, or give a default with `??`")
    }
    if expected == .string, actual.isSubset(of: .scalar) {
      return Advice("write `to_string(\(text))`")
    }
    if expected == .number, actual == .string {
      return Advice("write `to_int(\(text))` or `to_float(\(text))`")
    }
    if expected == .number, actual == .number {
      return Advice("write `to_int(\(text))`, `round(\(text))` or `floor_div(…)` for an int")
    }
    if expected == .list, !actual.contains(.list) { return Advice("write `[\(text)]`") }
    return Advice()
  }

  private func adviceOnMissing(_ missing: Int32, _ place: ExpressionID) -> Advice {
    let name = table.name(missing)
    guard case .record(let fields) = tree[place].kind else { return Advice("add `\(name)`") }
    for field in tree[fields] {
      let written = tree[field.name.symbol]
      if Spelling.closest(to: written, among: [name]) != nil {
        return .replace(
          field.name.span, by: name, hint: "did you mean `\(name)` instead of `\(written)`?")
      }
    }
    return Advice("add the field `\(name)`")
  }
}
