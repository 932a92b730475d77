import LashJSON
import LashLang
import Testing

@testable import LashVM

/// No program can tell a lazy value from the plain one: same results, same errors, same places.
@Suite("Lazy values")
struct LazyPropertyTests {
  @Test("Random programs on random values", arguments: [1, 2, 3, 4])
  func equivalence(_ seed: UInt64) throws {
    var reading = RandomReading(seed: seed)
    var finished = 0
    for round in 0..<150 {
      let text = reading.text()
      let source = reading.program()
      let value = HostValue(schema: try JSONReader().read(text))
      let program: Program
      do { program = try Self.compile(source) } catch { continue }
      let expected = Self.run(program, value)
      if expected.halt.hasPrefix("finished") { finished += 1 }
      let comment: Comment = "seed \(seed), round \(round)\nx = \(text)\n\(source)"
      let json = HostValue.lazyJSON(LazyJSON(JSONDocument(text)))
      let inPlace = Self.run(program, json)
      #expect(inPlace.halt == expected.halt, comment)
      let sliced = Self.run(program, json, isSliced: true)
      #expect(sliced.halt == expected.halt && sliced.fuel == inPlace.fuel, comment)
      for knowsCounts in [false, true] {
        let lent = Self.run(program, value, lending: true, knowsCounts: knowsCounts)
        #expect(lent.halt == expected.halt, comment)
      }
      guard round % 25 == 0 else { continue }
      let restored = Self.run(program, json, isSliced: true, isRestored: true)
      #expect(restored == inPlace, comment)
      let lent = Self.run(program, value, lending: true)
      let again = Self.run(program, value, lending: true, isSliced: true, isRestored: true)
      #expect(again == lent, comment)
    }
    #expect(finished > 15)
  }

  private static func compile(_ source: String) throws -> Program {
    let parsed = Parser.parse(SourceFile(name: "test.lash", text: source))
    let module = CheckModule.check(
      parsed.tree, host: .testing(globals: ["x"]), earlier: parsed.diagnostics)
    guard module.canRun else { throw HostFailure("") }
    return try CompileModule.program(of: module)
  }

  /// The outcome with its place, prints and answers included.
  private static func run(
    _ program: Program, _ value: HostValue, lending: Bool = false, knowsCounts: Bool = false,
    isSliced: Bool = false, isRestored: Bool = false
  ) -> (halt: String, fuel: Int) {
    var host = ReferenceHost()
    host.knowsCounts = knowsCounts
    let x = lending ? host.lend(value) : value
    // Sliced: one unit of fuel at a time.
    let bounds = isSliced ? Bounds(fuel: 1) : Bounds()
    var machine = Machine(program, bounds: bounds, globals: [HostField("x", x)])
    var log: [String] = []
    var halt: Halt?
    var answer: EffectOutcome?
    while true {
      if isRestored, let bytes = try? machine.snapshot(),
        let copy = try? Machine(restoring: bytes, program: program)
      {
        machine = copy
      }
      let next = answer.map { machine.resume(with: $0) } ?? machine.run()
      answer = nil
      switch next {
      case .outOfFuel where isSliced && machine.fuelUsed < 1_000_000:
        machine.addFuel(1)
        continue
      case .suspended:
        guard let request = machine.request() else { break }
        if case .print(let value) = request { log.append(host.plain(value).text) }
        answer = host.answer(request)
        continue
      default: halt = next
      }
      break
    }
    let text: String
    switch halt {
    case .finished(let value): text = "finished " + host.plain(value).text
    case .trapped(let trap):
      text = "trapped \(trap.span) \(trap.code) \(trap.message) \(trap.hint ?? "")"
    default: text = halt?.text ?? "none"
    }
    return ((log + [text]).joined(separator: "\n"), machine.fuelUsed)
  }
}
