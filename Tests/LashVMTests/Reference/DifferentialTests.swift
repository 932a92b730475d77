import Foundation
import LashLang
import Testing

@testable import LashVM

/// The machine against the reference evaluator, on programs made at random.
///
/// `LASH_DIFFERENTIAL_SECONDS` sets how long (8), `LASH_DIFFERENTIAL_SEED` the first seed (1).
@Suite("Machine and reference")
struct DifferentialTests {
  @Test("Random programs come to the same in both, in every way of running them")
  func random() throws {
    let environment = ProcessInfo.processInfo.environment
    let seconds = Double(environment["LASH_DIFFERENTIAL_SECONDS"] ?? "") ?? 8
    let first = UInt64(environment["LASH_DIFFERENTIAL_SEED"] ?? "") ?? 1
    let end = Date().addingTimeInterval(seconds)
    var tally = DifferentialRun.Tally()
    var seed = first
    while tally.failures < 5, tally.programs < 300 || Date() < end {
      var run = DifferentialRun(seed: seed)
      for problem in run.problems(&tally) {
        Issue.record("seed \(seed): \(problem)\n\(run.source)")
      }
      seed += 1
    }
    print("differential: seeds \(first)…\(seed - 1), \(tally)")
    // Most programs must say something.
    #expect(tally.refused * 2 < tally.programs, "\(tally.refusal)")
    #expect(tally.endless * 3 < tally.programs)
    #expect(tally.finished * 8 > tally.programs)
    #expect(tally.failed * 8 > tally.programs)
  }
}

/// One program in both.
struct DifferentialRun {
  let seed: UInt64
  let source: String

  /// What became of the programs.
  struct Tally: CustomStringConvertible {
    var programs = 0
    var refused = 0
    var endless = 0
    var finished = 0
    var fellOff = 0
    var failed = 0
    var failures = 0
    /// Why the last refused program was.
    var refusal = ""

    /// What stopped programs, with the beginning of the place.
    var messages: [String: Int] = [:]

    var description: String {
      "\(programs) programs: \(finished) finished, \(fellOff) fell off, \(failed) failed, "
        + "\(endless) too long, \(refused) refused"
        + messages.sorted { $0.value > $1.value }.prefix(5).map { "\n  \($0.value) \($0.key)" }
        .joined()
    }
  }

  init(seed: UInt64) {
    self.seed = seed
    source = ProgramGenerator.program(seed: seed)
  }

  /// How the two differ; empty if they do not.
  mutating func problems(_ tally: inout Tally) -> [String] {
    tally.programs += 1
    let parsed = Parser.parse(SourceFile(name: "random.lash", text: source))
    let module = CheckModule.check(parsed.tree, host: HostSurface(), earlier: parsed.diagnostics)
    guard module.canRun, let program = try? CompileModule.program(of: module) else {
      tally.refused += 1
      tally.refusal = "seed \(seed): \(module.diagnostics.first?.message ?? "")\n\(source)"
      return []
    }
    var reference = ReferenceEvaluator(module)
    let outcome = reference.run()
    switch outcome {
    case .finished: tally.finished += 1
    case .fellOff: tally.fellOff += 1
    case .failed: tally.failed += 1
    case .endless:
      tally.endless += 1
      return []
    }
    let expected = Self.text(outcome) + Self.text(reference.variables)
    var problems: [String] = []
    var machine = Machine(program)
    let actual = Self.end(&machine)
    if case .trapped(let trap) = machine.run() {
      let bytes = Array(source.utf8)[Int(trap.span.start)..<Int(trap.span.end)]
      let text = String(decoding: bytes, as: UTF8.self)
      tally.messages["\(trap.message.prefix(30)): \(text.prefix(14))", default: 0] += 1
    }
    if actual != expected { problems.append("expected \(expected)\ngot      \(actual)") }
    problems += HeapAudit.problems(of: machine)
    problems += sliced(program, actual, fuel: machine.fuelUsed)
    problems += starved(program, actual, peak: machine.memoryPeak)
    tally.failures += problems.isEmpty ? 0 : 1
    return problems
  }

  /// Fuel in slices must give the same end and the same count.
  private func sliced(_ program: Program, _ expected: String, fuel: Int) -> [String] {
    var random = SeededGenerator(seed: seed)
    var machine = Machine(program, bounds: Bounds(fuel: 0))
    var problems: [String] = []
    var halt = machine.run()
    while case .outOfFuel = halt {
      if machine.fuelUsed > fuel {
        return ["\(machine.fuelUsed) units in slices, \(fuel) in one run"]
      }
      problems += HeapAudit.problems(of: machine)
      machine.addFuel(Int.random(in: 1...max(1, fuel / 3), using: &random))
      halt = machine.run()
    }
    let actual = Self.end(&machine)
    if actual != expected { problems.append("in slices \(actual)\nin one run \(expected)") }
    if machine.fuelUsed != fuel {
      problems.append("\(machine.fuelUsed) units in slices, \(fuel) in one run")
    }
    return problems
  }

  /// With less memory than it needs a program ends cleanly.
  private func starved(_ program: Program, _ expected: String, peak: Int) -> [String] {
    var random = SeededGenerator(seed: seed ^ 0xFEED)
    var problems: [String] = []
    for limit in [peak, peak - 16, Int.random(in: 0...peak, using: &random)] {
      var machine = Machine(program, bounds: Bounds(memory: limit))
      let actual = Self.end(&machine)
      let isOut = actual.hasPrefix("out of memory")
      if limit == peak ? actual != expected : !isOut && peak > 16 {
        problems.append("with \(limit) of \(peak) bytes: \(actual)")
      }
      problems += HeapAudit.problems(of: machine).map { "with \(limit) of \(peak) bytes: \($0)" }
    }
    return problems
  }

  // MARK: Text

  private static func end(_ machine: inout Machine) -> String {
    var halt = machine.run()
    while case .suspended = halt { halt = machine.resume(with: .done) }
    let outcome =
      switch halt {
      case .finished(let value): text(value)
      case .trapped(let trap): "\(trap.code.rawValue) at \(trap.span.start)–\(trap.span.end)"
      default: halt.text
      }
    let variables = machine.variables().sorted { $0.key < $1.key }
    return outcome + variables.map { "\n  \($0.key) = \(text($0.value))" }.joined()
  }

  private static func text(_ outcome: ReferenceOutcome) -> String {
    switch outcome {
    case .finished(let value): text(value)
    case .fellOff: "fell off"
    case .failed(let failure):
      "\(failure.code.rawValue) at \(failure.span?.start ?? 0)–\(failure.span?.end ?? 0)"
    case .endless: "endless"
    }
  }

  private static func text(_ variables: [String: ReferenceValue]) -> String {
    variables.sorted { $0.key < $1.key }.map { "\n  \($0.key) = \(text($0.value))" }.joined()
  }

  private static func text(_ value: ReferenceValue) -> String {
    switch value {
    case .tuple(let items): "(" + items.map(text).joined(separator: ",") + ")"
    case .list(let items): "[" + items.map(text).joined(separator: ",") + "]"
    case .record(let record):
      "{"
        + record.fields.map { "\(ReferenceValue.quoted($0.key)):\(text($0.value))" }
        .joined(separator: ",") + "}"
    case .double(let double): ReferenceValue.numberText(double)
    default: value.jsonForm
    }
  }

  private static func text(_ value: HostValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .integer(let integer): "\(integer)"
    case .double(let double): ReferenceValue.numberText(double)
    case .string(let string): ReferenceValue.quoted(string)
    case .tuple(let items): "(" + items.map(text).joined(separator: ",") + ")"
    case .list(let items): "[" + items.map(text).joined(separator: ",") + "]"
    case .record(let fields):
      "{"
        + fields.map { "\(ReferenceValue.quoted($0.key)):\(text($0.value))" }
        .joined(separator: ",") + "}"
    default: "sealed"
    }
  }
}
