/// Writes programs full of effects at random: calls, batches, processes, signals, sleeping, cancelling.
/// Nearly all check; some fail and some come to a deadlock.
struct EffectProgramGenerator {
  static let mock = """
    {"modules": {"m": {"echo": {"echo": "v"}, "fail": {"error": "no"}, "slow": {"echo": "v", "delay_ms": 7},
     "turn": {"seq": [{"value": 1}, {"value": {"k": [true, null]}, "delay_ms": 3}, {"error": "over"}]},
     "lazy": {"lazy": {"rows": [{"id": 1}, {"id": 2}]}}}}}
    """

  private var state: UInt64
  private var lines: [String] = []
  private var indent = ""
  private var isProcess = false
  /// The processes that the body may start.
  private var startable: [Int] = []

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// The program of a seed.
  static func program(seed: UInt64) -> String {
    var generator = EffectProgramGenerator(seed: seed)
    generator.write()
    return generator.lines.joined(separator: "\n") + "\n"
  }

  private mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % bound
  }

  private mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

  private mutating func write() {
    let processes = 1 + below(3)
    for number in 0..<processes {
      isProcess = true
      startable = Array((number + 1)..<max(processes, number + 1))
      add("process w\(number)(a: any, b: any) signals { s: any, t: any } {")
      indent = "  "
      body(statements: 2 + below(5))
      if below(3) > 0 { add(below(6) == 0 ? "fail \(value())" : "finish \(value())") }
      indent = ""
      add("}")
    }
    isProcess = false
    startable = Array(0..<processes)
    body(statements: 3 + below(7))
    add("finish [x0, x1, x2]")
  }

  private mutating func body(statements: Int) {
    for name in 0..<3 {
      add("x\(name) = (await m.echo({v: \(isProcess ? pick(["a", "b"]) : "\(name)")}))?")
    }
    for name in 0..<2 {
      add(startable.isEmpty ? "h\(name) = x0" : "h\(name) = \(start())")
    }
    for _ in 0..<statements { statement(depth: 2) }
  }

  private mutating func add(_ line: String) { lines.append(indent + line) }

  private mutating func start() -> String {
    "start w\(startable[below(startable.count)])(a: \(value()), b: \(value()))"
  }

  private mutating func block(_ header: String, depth: Int) {
    add(header + " {")
    indent += "  "
    for _ in 0..<(1 + below(2)) { statement(depth: depth - 1) }
    indent.removeLast(2)
    add("}")
  }

  private mutating func statement(depth: Int) {
    let x = "x\(below(3))"
    let h = "h\(below(2))"
    switch below(depth > 0 ? 20 : 17) {
    case 0: add("\(x) = (await m.echo({v: \(value())}))?")
    case 1: add("\(x) = (await m.fail({v: \(value())})).error")
    case 2: add("\(x) = await [m.echo({v: i})? for i in range(\(below(4)))]")
    case 3: add("\(x) = (await {a: m.echo({v: \(value())})?, b: [m.slow({v: 1})?, m.fail({})]}).a")
    case 4: add("\(x) = (await m.slow({v: \(value())}))?")
    case 5: add("sleep for \(below(20))")
    case 6, 7: add("\(isProcess ? pick(["yield", "wake"]) : "print") \(value())")
    case 8: if !startable.isEmpty { add("\(h) = \(start())") }
    case 9: if !startable.isEmpty { add("\(x) = (await \(h)).ok") }
    case 10: if !startable.isEmpty { add("\(x) = [r.ok for r in await [h0, h1]]") }
    case 11, 12:
      if !startable.isEmpty { add("signal_run(\(h), \"\(pick(["s", "t"]))\", \(value()))") }
    case 13: if !startable.isEmpty, below(3) == 0 { add("cancel \(h)") }
    case 14: if isProcess { add("\(x) = wait_signal(\"\(pick(["s", "s", "t"]))\")") }
    case 15: add("\(x) = (await m.turn({})).ok")
    case 16: add("\(x) = (await m.lazy({}))?.rows[\(below(3))]")
    case 17: block("if \(x)", depth: depth)
    case 18: block("for i in range(\(1 + below(3)))", depth: depth)
    default: block("for i in [1, 2]", depth: depth)
    }
  }

  private mutating func value() -> String {
    switch below(6) {
    case 0: "\(below(100))"
    case 1: "\"t\(below(10))\""
    case 2: "[x\(below(3)), \(below(5))]"
    case 3: "{k: x\(below(3)), n: 1.5}"
    case 4: "(x0, x1)"
    default: isProcess ? pick(["a", "b", "x0", "x1"]) : pick(["x0", "x1", "x2"])
    }
  }
}
