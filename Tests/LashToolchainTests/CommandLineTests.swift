import Foundation
import LashJSON
import Testing

/// The built binary, seen from outside: exit statuses and streams as documented.
@Suite("The command line")
struct CommandLineTests {
  struct Answer {
    var status: Int32
    var out: String
    var err: String
  }

  /// `lashc` lies beside the test bundle.
  private static let binary = URL(fileURLWithPath: CommandLine.arguments[0])
    .resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("lashc")

  private static let folder: URL = {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lashc-tests-\(ProcessInfo.processInfo.processIdentifier)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }()

  private func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let url = Self.folder.appendingPathComponent(name)
    try Data(bytes).write(to: url)
    return url.path
  }

  private func lashc(_ arguments: [String], input: String = "") throws -> Answer {
    // Files instead of pipes: none can fill up while the other is read.
    let streams = try (0..<3).map { _ in
      URL(fileURLWithPath: try file(UUID().uuidString, Array(input.utf8)))
    }
    let process = Process()
    process.executableURL = Self.binary
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: streams[0])
    for url in streams[1...] { try Data().write(to: url) }
    process.standardOutput = try FileHandle(forWritingTo: streams[1])
    process.standardError = try FileHandle(forWritingTo: streams[2])
    try process.run()
    process.waitUntilExit()
    return Answer(
      status: process.terminationStatus, out: try String(contentsOf: streams[1], encoding: .utf8),
      err: try String(contentsOf: streams[2], encoding: .utf8))
  }

  @Test(
    "Exit status, standard output and what standard error says",
    arguments: [
      (["run", "-e", "print \"a\"\nfinish {b: [1]}"], 0, "a\n{\"b\":[1]}\n", ""),
      (["run", "-e", ""], 0, "", ""),
      (["run", "-e", "-1"], 0, "", ""),
      (["run", "-e", "finish x", "--set", "x=-2"], 0, "-2\n", ""),
      (["run", "-e", "finish await m.op(1)?", "--auto-mock"], 0, "1\n", ""),
      (["run", "-e", "finish 1", "--stats"], 0, "1\n", "fuel "),
      (["run", "-e", "x = json_parse(\"{\")"], 1, "", "error[R"),
      (["run", "-e", "x = ="], 2, "", "error[E"),
      (
        ["run", "-e", "process p(n: int) { fail n }", "--process", "p", "--args", "{\"n\": 4}"], 1,
        "", "4"
      ),
      (["run", "-e", "while true { x = 1 }", "--fuel", "100"], 3, "", "out of fuel"),
      (["check", "-e", "x = nosuch"], 2, "", "E0201"),
      (["check", "-e", "x = 1"], 0, "", ""),
      (["dump", "-e", "x", "--stage", "tree", "--svg"], 64, "", "--stage graph"),
      (["dump", "-e", "x", "--stage", "graph", "--svg", "--json"], 64, "", "one of"),
      (["dump", "-e", "x", "--stage", "kinds"], 64, "", "types"),
      (
        ["dump", "-e", "1 + [2]", "--stage", "types"], 2,
        "(binary + 0..7: any\n  (number 1 0..1: int)\n"
          + "  (list 4..7: list[int]\n    (number 2 5..6: int)))\n", "E0304"
      ),
      (["dump", "-e", "x = =", "--stage", "types"], 2, "", "error[E"),
      (["run"], 64, "", "give a file"),
      (["run", "-e", "1", "--nosuch"], 64, "", "nosuch"),
      (["run", "-e", "1", "--mock", "{\"modules\": 1}"], 64, "", "$.modules"),
      (["run", "-e", "1", "--set", "x"], 64, "", "name=json"),
      (["run", "-e", "1", "--set", "x=y"], 64, "", "no JSON"),
      (["run", "-e", "1", "--args", "{}"], 64, "", "--process"),
      (["run", "-e", "1", "--memory", "5"], 64, "", "--memory 5"),
      (["run", "/no/such/file.lash"], 66, "", "cannot read `/no/such/file.lash`"),
      (["run", "/"], 66, "", "cannot read `/`"),
      (["check", "/no/such/file.lash"], 66, "", "cannot read"),
      (["run", "-e", "1", "--mock", "/no/such.json"], 66, "", "/no/such.json"),
      (["run", "-e", "1", "--host", "/no/such.json"], 66, "", "/no/such.json"),
      (["run", "-e", "1", "--bind", "x=/no/such.json"], 66, "", "/no/such.json"),
      (["test", "/no/such"], 66, "", "/no/such"),
      (["bench", "-e", "x = ="], 2, "", "error[E"),
      (["bench", "-e", "while true { x = 1 }", "--fuel", "100"], 3, "", "out of fuel"),
      (["bench", "-e", "1", "--runs", "0"], 64, "", "--runs 0"),
      (["bench", "/no/such.lash"], 66, "", "cannot read"),
    ] as [([String], Int32, String, String)])
  func statuses(arguments: [String], status: Int32, out: String, err: String) throws {
    let answer = try lashc(arguments)
    #expect(answer.status == status, "\(answer)")
    #expect(answer.out == out)
    #expect(err.isEmpty ? answer.err.isEmpty : answer.err.contains(err), "\(answer.err)")
  }

  @Test("Help is no error")
  func help() throws {
    let answer = try lashc(["run", "--help"])
    #expect(answer.status == 0 && answer.out.contains("--auto-mock") && answer.err.isEmpty)
  }

  @Test("What was measured, as one object")
  func bench() throws {
    let answer = try lashc(["bench", "-e", "print 1\nfinish 40 + 2", "--runs", "3", "--json"])
    #expect(answer.status == 0 && answer.err.isEmpty)
    let object = try json(answer.out)
    #expect(object["runs"] == 3 && object["outcome"] == "finish" && object["value"] == 42)
    for part in ["parse", "check", "codegen", "total"] {
      #expect(object["compile_ns"]?[part]?["median"] != nil, "\(part)")
    }
    #expect(object["run_ns"]?["minimum"] != nil)
  }

  @Test(
    "With --json standard output is one object, whatever happens",
    arguments: [
      (["-e", "print 1\nfinish 2"], 0, "finish"), (["-e", "x = ="], 2, "error"),
      (["/no/such"], 66, "error"), (["-e", "1", "--mock", "{"], 64, "error"),
      (["-e", "1", "--mock", "/no/such"], 66, "error"),
    ] as [([String], Int32, String)])
  func oneObject(arguments: [String], status: Int32, outcome: String) throws {
    let answer = try lashc(["run", "--json"] + arguments)
    #expect(answer.status == status)
    #expect(answer.out.split(separator: "\n").count == 1)
    #expect(try json(answer.out)["outcome"]?.stringValue == outcome)
  }

  @Test("Hostile files give an error, never a crash")
  func hostile() throws {
    let texts: [(String, [UInt8], [Int32])] = [
      ("binary", Array(0...255), [2]), ("utf8", [0x78, 0x3D, 0xFF, 0xFE], [2]),
      ("brackets", Array(repeating: 0x28, count: 10_000_000), [2]),
      ("string", [0x78, 0x3D, 0x22, 0x61], [2]), ("nul", [0, 0, 0], [2]), ("empty", [], [0]),
    ]
    for (name, bytes, statuses) in texts {
      let answer = try lashc(["run", try file(name, bytes)])
      #expect(statuses.contains(answer.status), "\(name): \(answer.status)")
      #expect(answer.status == 0 || answer.err.contains("error[E"), "\(name)")
    }
    for unit in ["[", "a?", "1+", "\"", "f\"{", "{a:", "if a { ", "a.b", "f(", "not ", "x = =\n"] {
      let bytes = Array(String(repeating: unit, count: 20_001).utf8)
      let answer = try lashc(["run", try file("repeated", bytes)])
      #expect(answer.status == 2 && answer.err.contains("error[E"), "\(unit): \(answer.status)")
    }
    let name = try lashc(["run", try file("name", Array(repeating: 0x61, count: 1_000_000))])
    #expect(name.status == 2 && name.err.utf8.count < 5000)
    let mock = try lashc(["run", "-e", "1", "--mock", try file("mock.json", Array("[1,".utf8))])
    #expect(mock.status == 66 && mock.err.contains("it is no mock: not JSON"))
  }

  @Test("A batch answers each line, good or bad, and ends well")
  func batch() throws {
    let long = String(repeating: "b", count: 10_000_000)
    let input = """
      {"id": 1, "source": "finish 1"}
      nonsense

      {"id": 2, "source": "finish len('\(long)')"}
      {"id": 3, "source": "finish m.x()?", "auto": true}
      """
    let answer = try lashc(["run", "--jsonl"], input: input)
    #expect(answer.status == 0)
    let objects = try answer.out.split(separator: "\n").map { try json(String($0)) }
    #expect(objects.map { $0["id"] } == [1, .null, 2, 3])
    #expect(objects.map { $0["value"] } == [1, .null, 10_000_000, .null])
    #expect(objects[1]["outcome"] == "error")
  }

  @Test("A program is built, and what was built is run, shown and refused if it is damaged")
  func build() throws {
    let text = "print n\nx = n + 1\nfinish await m.op(x)?"
    let options = ["--auto-mock", "--set", "n=1"]
    let source = try file("built.lash", Array(text.utf8))
    let built = try file("built.lashb", [])
    #expect(try lashc(["build", source, "-o", built] + options).status == 0)
    let answer = try lashc(["run", built] + options)
    #expect(answer.status == 0 && answer.out == "1\n2\n" && answer.err.isEmpty, "\(answer)")
    let failing = try lashc(["run", built, "--auto-mock", "--set", "n=[]"])
    #expect(failing.status == 1 && failing.err.contains("built.lash:2:5"), "\(failing)")
    let shown = try lashc(["dump", built, "--stage", "bytecode"])
    #expect(
      try shown.out == lashc(["dump", source, "--stage", "bytecode"] + options).out
        && shown.status == 0)
    #expect(try lashc(["dump", built, "--stage", "tree"]).status == 64)

    #expect(try lashc(["build", "-o", built, "--strip", source] + options).status == 0)
    let stripped = try lashc(["run", built, "--json", "--auto-mock", "--set", "n=[]"])
    let diagnostic = try json(stripped.out)["diagnostics"]?.arrayValue?.first
    #expect(stripped.status == 1 && diagnostic?["code"]?.stringValue == "R0002")
    #expect(diagnostic?["span"]?.isNull != false, "\(stripped)")

    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: built)))
    bytes.removeLast()
    let damaged = try lashc(["run", try file("damaged.lashb", bytes)])
    #expect(damaged.status == 66 && damaged.err.contains("damaged at byte"), "\(damaged)")
    let object = try lashc(["run", "--json", try file("damaged.lashb", bytes)])
    #expect(try object.status == 66 && json(object.out)["outcome"]?.stringValue == "error")

    for length in [0, 1, 7, 8, 12, 100] {
      let short = try lashc(["run", try file("short.lashb", Array(bytes.prefix(length)))])
      #expect(short.status == 66 && short.err.contains("short.lashb"), "\(length): \(short)")
    }
    let nameless = try lashc(["run", try file("short", Array(bytes.prefix(5)))])
    #expect(nameless.status == 66, "\(nameless)")
    let again = try lashc(["build", built, "-o", try file("again.lashb", [])])
    #expect(again.status == 66 && again.err.contains("compiled already"), "\(again)")

    let broken = try file("broken.lash", Array("x = ".utf8))
    let kept = [UInt8](try Data(contentsOf: URL(fileURLWithPath: built)))
    #expect(try lashc(["build", broken, "-o", built]).status == 2)
    #expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: built))) == kept)
    #expect(try lashc(["build", source, "-o", "/no/such/folder/x"] + options).status == 73)
    #expect(try lashc(["build", source] + options).status == 64)
  }

  @Test("Building prints the identity of the module and keeps it where it is told to")
  func identity() throws {
    let built = try file("identity.lashb", [])
    let store = Self.folder.appendingPathComponent("store").path
    let first = try lashc(["build", "-e", "x = 1\nfinish x", "-o", built, "--store", store])
    let second = try lashc(["build", "-e", "y = 1 # remark\nfinish y", "--store", store])
    #expect(first.status == 0 && first.out.hasPrefix("module:1:") && first.out.utf8.count == 74)
    #expect(second.out == first.out)
    let other = try lashc(["build", "-e", "finish 2", "--store", store])
    #expect(other.status == 0 && other.out != first.out)
    #expect(try FileManager.default.contentsOfDirectory(atPath: store).count == 2)
    #expect(try lashc(["build", "-e", "finish 2", "--store", "/no/such/x"]).status == 73)
  }

  @Test(
    "A graph is shown as text, JSON, Mermaid or a picture",
    arguments: [
      ([], "main\n  "), (["--json"], "{\"version\":1"), (["--mermaid"], "flowchart TD\n"),
      (["--svg"], "<?xml version=\"1.0\""),
    ])
  func graph(options: [String], begins: String) throws {
    let answer = try lashc(["dump", "-e", "x = 1\nfinish x", "--stage", "graph"] + options)
    #expect(answer.status == 0 && answer.out.hasPrefix(begins), "\(answer)")
    let unresolved = try lashc(["dump", "-e", "finish nosuch", "--stage", "graph"] + options)
    #expect(unresolved.status == 2 && unresolved.out.hasPrefix(begins))
    #expect(try lashc(["dump", "-e", "finish (", "--stage", "graph"] + options).out.isEmpty)
  }

  @Test("A log that cannot be written is told of, after the run")
  func fullDisk() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let answer = try lashc(["run", "-e", "print 1\nfinish 2", "--record", "/dev/full"])
    #expect(answer.status == 73 && answer.out == "1\n2\n", "\(answer)")
    #expect(answer.err.contains("/dev/full"), "\(answer)")
  }

  @Test("A log is laid over the graph of its program, and refused over that of another")
  func overlay() throws {
    let text = "if n > 1 { print n }\nfinish n"
    let source = try file("overlay.lash", Array(text.utf8))
    let log = try file("overlay.log", [])
    let ran = try lashc(["run", source, "--set", "n=2", "--record", log])
    #expect(ran.status == 0 && ran.out == "2\n2\n")
    let graph = ["dump", "--stage", "graph", "--log", log]
    for options in [[], [source, "--set", "n=2"]] {
      let answer = try lashc(graph + options)
      #expect(
        answer.status == 0 && answer.out.contains("if n > 1  ×1 · yes ×1 · no not run"),
        "\(answer)")
    }
    for form in ["--json", "--mermaid", "--svg"] {
      let plain = try lashc(["dump", source, "--set", "n=2", "--stage", "graph", form])
      let answer = try lashc(graph + [form])
      #expect(answer.status == 0 && answer.out.utf8.count > plain.out.utf8.count, "\(answer)")
    }
    let other = try lashc(graph + ["-e", "print 1"])
    #expect(
      other.status == 66 && other.out.isEmpty
        && other.err.contains("it was recorded from another program than `-e`"), "\(other)")
    #expect(try lashc(graph + ["-e", "print ("]).status == 66)
    let damaged = try file("damaged.log", Array("{}".utf8))
    let refused = try lashc(["dump", "--stage", "graph", "--log", damaged])
    #expect(refused.status == 66 && refused.err.contains("line 1: "), "\(refused)")
    #expect(try lashc(["dump", source, "--stage", "tree", "--log", log]).status == 64)
  }

  @Test("A program on standard input, stages, and a suite")
  func others() throws {
    #expect(try lashc(["run", "-"], input: "finish \"in\"").out == "in\n")
    for stage in ["tokens", "tree", "types", "bytecode"] {
      let answer = try lashc(["dump", "-e", "x = 1", "--stage", stage])
      #expect(answer.status == 0 && !answer.out.isEmpty, "\(stage)")
      let object = try lashc(["dump", "-e", "x = 1", "--stage", stage, "--json"])
      #expect(throws: Never.self) { try json(object.out) }
    }
    let suite = try file("suite.lash", Array("#! case a\n#! finish 1\nfinish 1\n".utf8))
    #expect(try lashc(["test", suite]).out == "1 cases: 1 passed, 0 failed\n")
    #expect(try json(lashc(["test", suite, "--json"]).out)["passed"] == 1)
    let wrong = try file("wrong.lash", Array("#! case a\n#! finish 2\nfinish 1\n".utf8))
    #expect(try lashc(["test", wrong]).status == 1)
  }
}
