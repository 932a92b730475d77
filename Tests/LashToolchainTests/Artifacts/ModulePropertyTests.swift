import LashJSON
import LashToolchain
import Testing

@testable import LashLang

/// Identities of generated programs: renaming and formatting keep them, changes of behaviour do not.
@Suite struct ModulePropertyTests {
  private static let seeds: Range<UInt64> = 1..<150

  private func check(_ bytes: [UInt8], _ surface: HostSurface) -> CheckedModule? {
    let parsed = Parser.parse(SourceFile(name: "g.lash", bytes: bytes))
    guard !parsed.hasErrors else { return nil }
    let module = CheckModule.check(parsed.tree, host: surface, earlier: parsed.diagnostics)
    return module.hasErrors ? nil : module
  }

  @Test func renamingAndFormattingKeepTheIdentity() throws {
    for seed in Self.seeds {
      var generator = ProgramGenerator(seed: seed)
      let text = generator.program()
      let surface = try MockFile(bytes: Array(generator.mock.utf8)).surface
      let module = try #require(check(Array(text.utf8), surface), "seed \(seed)")
      let renamed = Renaming(module).bytes
      #expect(renamed != module.tree.source.bytes, "seed \(seed)")
      let other = try #require(check(renamed, surface), "seed \(seed)")
      #expect(other.identity == module.identity, "seed \(seed):\n\(text)")
      let spaced = text.replacing("\n", with: "  # remark\n\n\n")
      let formatted = SourceFormatter.format(SourceFile(name: "", text: spaced)).bytes
      let again = try #require(check(formatted, surface), "seed \(seed)")
      #expect(again.identity == module.identity, "seed \(seed):\n\(text)")
      // The program's own checker sees the same in what it needs only.
      let alone = try #require(
        check(Array(text.utf8), HostRequirements(of: module).surface), "seed \(seed)")
      #expect(alone.identity == module.identity, "seed \(seed):\n\(text)")
    }
  }

  @Test func changesOfBehaviourChangeTheIdentity() throws {
    var tried = 0
    for seed in Self.seeds {
      var generator = ProgramGenerator(seed: seed)
      let text = generator.program()
      let surface = try MockFile(bytes: Array(generator.mock.utf8)).surface
      let module = try #require(check(Array(text.utf8), surface), "seed \(seed)")
      var random = SplitMix(state: seed)
      for mutation in Mutation.all(of: module.tree) where random.next() % 16 == 0 {
        guard let other = check(mutation.bytes(in: text), surface) else { continue }
        tried += 1
        #expect(
          other.identity != module.identity, "seed \(seed): \(mutation) in\n\(text)")
      }
    }
    #expect(tried > 200)
  }

  @Test func artifactsOfGeneratedProgramsAreReadBack() throws {
    for seed in Self.seeds.prefix(40) {
      var generator = ProgramGenerator(seed: seed)
      let text = generator.program()
      let surface = try MockFile(bytes: Array(generator.mock.utf8)).surface
      let module = try #require(check(Array(text.utf8), surface), "seed \(seed)")
      let artifact = ModuleArtifact(module)
      let read = try ModuleArtifact(decoding: artifact.encoded())
      #expect(read.identity == artifact.identity, "seed \(seed)")
      #expect(read.requirements.missing(in: surface).isEmpty, "seed \(seed)")
    }
  }
}

/// A program with other names for all variables and parameters of functions. Those of processes, which
/// their callers write, stay; the generator gives each name once.
private struct Renaming {
  private(set) var bytes: [UInt8]

  init(_ module: CheckedModule) {
    let tree = module.tree
    var places: Set<SourceSpan> = []
    for index in tree.expressions.indices {
      let id = ExpressionID(UInt32(index))
      if case .name = tree[id].kind, module[id] == .variable { places.insert(tree[id].span) }
      if case .comprehension(_, let clauses) = tree[id].kind {
        for clause in tree[clauses] {
          if case .iterate(let names, _) = clause {
            for name in tree[names] { places.insert(name.span) }
          }
        }
      }
    }
    for target in tree.targets { places.insert(target.root.span) }
    for statement in tree.statements {
      if case .iterate(let names, _, _) = statement.kind {
        for name in tree[names] { places.insert(name.span) }
      }
    }
    for function in module.functions {
      for parameter in tree[function.parameters] { places.insert(parameter.name.span) }
    }
    let kept = Set(
      module.processes.flatMap { tree[$0.parameters].map { tree[$0.name.symbol] } })
    places = places.filter { !kept.contains(tree.source.text($0)) }
    bytes = tree.source.bytes
    for place in places.sorted(by: { $0.start > $1.start }) {
      // Another order of names, in case some order counted.
      let name = tree.source.text(place)
      let new = "z\(SHA256.hexHash(Array(name.utf8)).prefix(6))"
      bytes.replaceSubrange(Int(place.start)..<Int(place.end), with: Array(new.utf8))
    }
  }
}

/// One change of what a program does.
private struct Mutation: CustomStringConvertible {
  var place: SourceSpan
  var text: String

  var description: String { "\(place.start)..\(place.end) becomes `\(text)`" }

  func bytes(in source: String) -> [UInt8] {
    var bytes = Array(source.utf8)
    bytes.replaceSubrange(Int(place.start)..<Int(place.end), with: Array(text.utf8))
    return bytes
  }

  static func all(of tree: SyntaxTree) -> [Mutation] {
    var result: [Mutation] = []
    for expression in tree.expressions {
      let span = expression.span
      let text = tree.source.text(span)
      switch expression.kind {
      case .integer(let value): result.append(Mutation(place: span, text: "\(value &+ 1)"))
      case .string: result.append(Mutation(place: span, text: text + " + \"changed\""))
      case .bool(let value): result.append(Mutation(place: span, text: value ? "false" : "true"))
      case .conditional(let condition, let then, let otherwise):
        let parts = [condition, then, otherwise].map { tree.source.text(tree[$0].span) }
        result.append(
          Mutation(place: span, text: "(not (\(parts[0])) ? (\(parts[1])) : (\(parts[2])))"))
      case .list(let items) where items.count > 0:
        result.append(Mutation(place: span, text: "[\(text)[0]]"))
      default: break
      }
    }
    for id in tree[tree.main.statements].dropLast() {
      result.append(Mutation(place: tree[id].span, text: ""))
      let text = tree.source.text(tree[id].span)
      result.append(Mutation(place: tree[id].span, text: "\(text)\nprint \"more\""))
    }
    return result
  }
}
