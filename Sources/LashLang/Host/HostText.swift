/// What a host offers, as compact signatures for people and for the prompts of models (rule HST-1).
///
///     module web
///       # Finds pages.
///       search({ query: str, limit: int? }) -> { hits: list[Hit] }
///
///     type Hit = { title: str, url: str }
///
/// The same surface always gives the same text: all is listed in the order of the surface. Lines
/// have at most 100 columns where that can be.
public struct HostText {
  private static let width = 100

  private let surface: HostSurface
  private var lines: [String] = []

  /// The signatures of `surface`, one line end after the last; empty if it offers nothing.
  public static func text(of surface: HostSurface) -> String {
    var writer = HostText(surface: surface)
    writer.addModules()
    writer.addTypes()
    writer.addTriggers()
    writer.addNames()
    writer.addAbilities()
    return writer.lines.map { $0 + "\n" }.joined()
  }

  private init(surface: HostSurface) { self.surface = surface }

  private mutating func separate() {
    if let last = lines.last, !last.isEmpty { lines.append("") }
  }

  // MARK: Modules

  /// Modules with the same authority and operations are listed together.
  private mutating func addModules() {
    var groups: [(key: String, modules: [HostModule], lines: [String])] = []
    for module in surface.modules {
      let listed = module.operations.flatMap(operation)
      let key = ([module.authority] + listed).joined(separator: "\n")
      if let place = groups.firstIndex(where: { $0.key == key }) {
        groups[place].modules.append(module)
      } else {
        groups.append((key, [module], listed))
      }
    }
    for group in groups {
      separate()
      let paths = group.modules.map(\.path).joined(separator: ", ")
      let authority = group.modules[0].authority
      let isPlain = group.modules.count == 1 && authority.lowercased() == paths.lowercased()
      lines.append("module \(paths)\(isPlain ? "" : ": \(authority)")")
      lines += group.lines
    }
  }

  private func operation(_ operation: HostOperation) -> [String] {
    let input = operation.input?.displayText ?? "any"
    var output = operation.output?.displayText ?? "any"
    if let field = operation.outputFromInput { output = "the type given as `\(field)`" }
    return comment(operation.summary, indent: 2)
      + wrapped("  \(name(operation.name))(", input, ") -> ", output)
  }

  /// An operation's name as it is written: quoted unless it is an identifier.
  private func name(_ name: String) -> String { TypeText.key(name) }

  private func comment(_ text: String?, indent: Int) -> [String] {
    guard let text else { return [] }
    let margin = String(repeating: " ", count: indent) + "#"
    var result: [String] = []
    var line = margin
    for word in text.split(whereSeparator: \.isWhitespace) {
      if line.count + word.count + 1 > Self.width, line != margin {
        result.append(line)
        line = margin
      }
      line += " " + word
    }
    return line == margin ? result : result + [line]
  }

  // MARK: Types

  private mutating func addTypes() {
    if !surface.types.isEmpty { separate() }
    for type in surface.types {
      lines += wrapped("type \(type.name) = ", type.type.displayText, "", "")
    }
  }

  private mutating func addTriggers() {
    if !surface.constructors.isEmpty || !surface.triggerSources.isEmpty { separate() }
    for constructor in surface.constructors {
      lines += wrapped(
        "constructor \(constructor.path)(", constructor.input.displayText, ") -> ",
        constructor.output)
    }
    for source in surface.triggerSources {
      lines.append("trigger source \(source.source) gives \(source.event)")
    }
  }

  private mutating func addNames() {
    let variables = comment("variables: ", surface.globals)
    let readOnly = comment("read-only: ", surface.readOnlyGlobals)
    if !variables.isEmpty || !readOnly.isEmpty { separate() }
    lines += variables + readOnly
  }

  private func comment(_ title: String, _ names: [String]) -> [String] {
    guard !names.isEmpty else { return [] }
    return comment(title + names.joined(separator: ", "), indent: 0).map {
      String($0.dropFirst(2))
    }
  }

  private mutating func addAbilities() {
    let abilities = surface.abilities
    let withheld = [
      ("processes", abilities.processes), ("sleep", abilities.sleep),
      ("process signals", abilities.processSignals), ("triggers", abilities.triggers),
      ("labels", surface.allowsLabels),
    ].filter { !$0.1 }.map(\.0)
    guard !withheld.isEmpty else { return }
    separate()
    lines.append("not granted: " + withheld.joined(separator: ", "))
  }

  // MARK: Lines

  /// A signature on one line, or with the fields of its record types on lines of their own.
  private func wrapped(
    _ head: String, _ first: String, _ middle: String, _ second: String
  ) -> [String] {
    let whole = head + first + middle + second
    let margin = head.prefix { $0 == " " }.count
    if whole.count <= Self.width { return [whole] }
    var result = broken(head, first, indent: margin)
    let last = result.removeLast()
    let tail = last + middle + second
    return tail.count <= Self.width
      ? result + [tail] : result + broken(last + middle, second, indent: margin)
  }

  /// A type behind a head: a record that is too long has a line for each field, at every depth.
  private func broken(_ head: String, _ type: String, indent: Int) -> [String] {
    var result: [String] = []
    var pending = [(head: head, type: type, indent: indent)]
    while let next = pending.popLast() {
      let whole = next.head + next.type
      guard whole.count > Self.width, let record = TypeParts(record: next.type) else {
        result.append(whole)
        continue
      }
      let margin = String(repeating: " ", count: next.indent)
      result.append(next.head + record.opening)
      pending.append((margin, record.closing, next.indent))
      for field in record.fields.reversed() {
        pending.append((margin + "  " + field.name, field.type, next.indent + 2))
      }
    }
    return result
  }
}

/// A type text that ends in a record, taken apart at the commas of that record: `list[{ a: T }]` is
/// `list[{`, the field `a: T,` and `}]`.
private struct TypeParts {
  var opening: String
  var fields: [(name: String, type: String)] = []
  var closing: String

  init?(record text: String) {
    guard let open = text.firstIndex(of: "{"), let close = text.lastIndex(of: "}"),
      text[..<open].allSatisfy({ $0 != "\"" }), text[close...].allSatisfy({ $0 != "\"" })
    else { return nil }
    opening = String(text[...open])
    closing = String(text[close...])
    var start = text.index(after: open)
    var place = start
    var depth = 0
    var isQuoted = false
    while place < close {
      switch text[place] {
      case "\"": isQuoted.toggle()
      case "\\" where isQuoted: place = text.index(after: place)
      case "{", "[", "<": if !isQuoted { depth += 1 }
      case "}", "]", ">":
        if !isQuoted { depth -= 1 }
        if depth < 0 { return nil }
      case "," where depth == 0 && !isQuoted:
        add(text[start..<place])
        start = text.index(after: place)
      default: break
      }
      place = text.index(after: place)
    }
    guard depth == 0 else { return nil }
    add(text[start..<close])
    if fields.isEmpty { return nil }
  }

  private mutating func add(_ part: Substring) {
    let text = part.drop { $0 == " " }
    guard !text.isEmpty else { return }
    let colon = text.firstIndex(of: ":").map { text.index(after: $0) } ?? text.startIndex
    let type = text[colon...].drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    fields.append(
      (String(text[..<colon]) + (colon > text.startIndex ? " " : ""), String(type) + ","))
  }
}
