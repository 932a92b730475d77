import Foundation
import LashLang
import LashToolchain

/// The graph of a text, and the examples that all graphs are tried with.
enum GraphFixture {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func graph(_ text: String, _ surface: HostSurface? = nil) -> WorkflowGraph? {
    var any = HostSurface()
    any.acceptsAnyModule = true
    let source = SourceFile(name: "g.lash", text: text)
    return Compile.program(source, surface: surface ?? any).module.map { WorkflowGraph($0) }
  }

  /// The programs of the folder `examples` by name.
  static func examples() throws -> [(name: String, text: String)] {
    let folder = root.appendingPathComponent("examples")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.filter { $0.hasSuffix(".lash") }.map { name in
      (name, try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
    }
  }

  /// The examples of the language's specification that parse.
  static func specification() throws -> [(name: String, text: String)] {
    let file = root.appendingPathComponent("spec/language.md")
    let parts = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "```lash\n")
    return parts.dropFirst().enumerated().map { index, part in
      ("block \(index)", part.components(separatedBy: "```")[0])
    }
  }

  /// Everything that has a form of its own in a graph.
  static let everything = """
    @label(title: "Wait for \\"stop\\" & <go>", description: "until told")
    process watch(path: str, mail: Gmail) signals { stop: any } -> int {
      while true {
        s = wait_signal("stop")
        yield {s: s}
        if s == null { break }
        if s == 1 { continue } else if s == 2 { fail "two" } else { wake s }
      }
      await mail.send({body: path})?
      finish 1
    }
    fn twice(n: int) -> int {
      if n > 0 { n * 2 } else { 0 }
    }
    xs = await [web.get({id: i})? for i in range(3)]
    if xs { } else { print "none" }
    @label(title: "Go through all")
    for x in xs {
      for y in [1, 2] { print twice(y) }
    }
    h = start watch(path: "ü 漢字 😀", mail: gmail.work)
    if len(xs) > 2 {
      signal_run(h, "stop", {now: true})
      cancel h
    }
    r = await h
    while false { }
    finish r
    """
}
