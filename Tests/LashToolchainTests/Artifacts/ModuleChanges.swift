import LashJSON
import Testing

@testable import LashLang

/// A program with other names for all variables and parameters of functions.
struct Renaming {
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
    // Types may name variables that hold types.
    for index in tree.types.indices {
      switch module.typeResolutions[index] {
      case .variable, .constant:
        guard case .name(let names) = tree.types[index].kind, let name = tree[names].first else {
          continue
        }
        places.insert(name.span)
      default: break
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
    // Names of parameters of processes and of variables from outside count.
    var kept = Set(module.host.globals + module.host.readOnlyGlobals)
    for process in module.processes {
      for parameter in tree[process.parameters] {
        kept.insert(tree.source.text(parameter.name.span))
      }
    }
    bytes = tree.source.bytes
    for place in places.sorted(by: { $0.start > $1.start }) {
      // Another order of names, in case some order counted.
      let name = tree.source.text(place)
      guard !kept.contains(name) else { continue }
      let new = "z\(SHA256.hexHash(Array(name.utf8)).prefix(12))"
      bytes.replaceSubrange(Int(place.start)..<Int(place.end), with: Array(new.utf8))
    }
  }
}

/// One change of what a program does.
struct Mutation: CustomStringConvertible {
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
