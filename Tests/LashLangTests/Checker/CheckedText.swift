import LashJSON
import Testing

@testable import LashLang

/// A marked text that is parsed and checked; what the mark encloses is what must be blamed.
struct CheckedText {
  let marked: MarkedText
  let module: CheckedModule

  /// Unused variables are not named unless the text is a whole program, which few of the tests' are.
  init(_ text: String, _ host: HostSurface = .sample, isProgram: Bool = false) {
    marked = MarkedText(text)
    let parsed = Parser.parse(marked.source)
    module = CheckModule.check(
      parsed.tree, host: host, earlier: parsed.diagnostics, cell: isProgram ? nil : CellContext())
  }

  var problems: [Diagnostic] { module.diagnostics }

  /// The code of each problem, in source order.
  var codes: [DiagnosticCode] { problems.map(\.code) }

  /// The text after the first repair of the first problem.
  var repaired: String? {
    guard let fix = problems.first?.fixes.first else { return nil }
    var bytes = marked.source.bytes
    for edit in fix.edits.reversed() {
      bytes.replaceSubrange(Int(edit.span.start)..<Int(edit.span.end), with: Array(edit.text.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Expects exactly one problem: its code, the marked span, a part of its message and hint.
  func expectOnly(
    _ code: DiagnosticCode, _ message: String, hint: String? = nil, repaired: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(codes == [code], "\(problems)", sourceLocation: sourceLocation)
    guard let problem = problems.first else { return }
    #expect(problem.span == marked.spans.first, "\(problem)", sourceLocation: sourceLocation)
    #expect(problem.message.contains(message), "\(problem)", sourceLocation: sourceLocation)
    if let hint {
      #expect(
        problem.hint?.contains(hint) == true, "\(problem)", sourceLocation: sourceLocation)
    }
    if let repaired { #expect(self.repaired == repaired, sourceLocation: sourceLocation) }
  }
}

extension HostSurface {
  /// A host with a bit of everything.
  static var sample: HostSurface {
    var host = HostSurface()
    host.modules = [
      HostModule(
        path: "web", authority: "Web",
        operations: [HostOperation(name: "search"), HostOperation(name: "fetch")]),
      HostModule(
        path: "gmail.work", authority: "Gmail", operations: [HostOperation(name: "send")]),
      HostModule(
        path: "gmail.home", authority: "Gmail", operations: [HostOperation(name: "send")]),
      HostModule(
        path: "triggers", authority: "Triggers",
        operations: [HostOperation(name: "register"), HostOperation(name: "list")]),
    ]
    host.constructors = [
      HostConstructor(
        path: "cron.Schedule", input: .text("{ expr: str, tz: str? }"), output: "cron.Source"),
      HostConstructor(path: "Money", input: .text("float"), output: "Amount"),
    ]
    host.triggerSources = [HostTriggerSource(source: "cron.Source", event: "cron.Tick")]
    host.types = [
      HostNamedType(name: "Finding", type: .text("{ title: str, parent: Finding? }")),
      HostNamedType(name: "crm.Lead", type: .schema(["type": "integer"])),
    ]
    return host
  }

  /// The sample host with variables of an earlier cell.
  static func sample(globals: [String] = [], readOnly: [String] = []) -> HostSurface {
    var host = HostSurface.sample
    host.globals = globals
    host.readOnlyGlobals = readOnly
    return host
  }
}
