import LashJSON
import LashLang
import LashVM

/// Writes a log, line by line, as a run goes on: what is lost in a crash is what happened after it.
struct LogRecorder {
  private let output: (String) -> Void
  private var sum = LogLine.firstSum
  private var entries = 0
  /// The first thing that could not be written.
  private(set) var problem: String?
  /// By run: virtual milliseconds that the host takes for its answer.
  private var delays: [String: Int64] = [:]
  /// Runs whose `wait_signal` the host has answered.
  private var signalled: Set<String> = []

  /// A log of a run of `program`; each line, with its end, goes to `write`.
  init(
    _ program: Program, _ entry: RunSetup.Entry, globals: [HostField], bounds: Bounds,
    limits: SchedulerLimits, to write: @escaping (String) -> Void
  ) {
    output = write
    var header: JSONObject = [
      "lash_log": .integer(EffectLog.version),
      "program": .string(SHA256.hexText(program.identity)),
      "file": .string(program.source.name),
    ]
    do throws(JSONError) {
      if case .process(let name, let arguments) = entry {
        header["process"] = .string(name)
        header["arguments"] = try JSONValue(exactly: .record(arguments))
      }
      header["globals"] = try JSONValue(exactly: .record(globals))
    } catch {
      problem = error.reason
    }
    header["bounds"] = [
      "fuel": .integer(Int64(bounds.fuel)), "memory": .integer(Int64(bounds.memory)),
      "depth": .integer(Int64(bounds.depth)),
    ]
    header["limits"] = [
      "fuel": .integer(Int64(limits.fuel)), "memory": .integer(Int64(limits.memory)),
      "living": .integer(Int64(limits.living)), "starts": .integer(Int64(limits.starts)),
      "slice": .integer(Int64(limits.slice)),
    ]
    header["code"] = .string(SHA256.hexText(program.encoded()))
    add(.object(header))
  }

  /// The host takes time for an answer.
  mutating func note(delay: Int64, of run: RunKey) { delays[run.text] = delay }

  /// The host itself answers a `wait_signal`.
  mutating func noteSignal(of run: RunKey) { signalled.insert(run.text) }

  /// Writes an effect with its answer.
  mutating func write(_ effect: Effect, _ outcome: EffectOutcome) {
    var line: JSONObject = ["n": .integer(Int64(entries + 1))]
    if let key = effect.key {
      line["key"] = .string(key.description)
    } else {
      line["run"] = .string(effect.run.text)
    }
    line["now"] = .integer(effect.now)
    line["fuel"] = .integer(Int64(effect.fuel))
    do throws(JSONError) {
      line["request"] = try JSONValue(exactly: effect.request)
      line["answer"] = try JSONValue(exactly: outcome)
    } catch {
      if problem == nil { problem = error.reason }
    }
    if let delay = delays.removeValue(forKey: effect.run.text) { line["delay"] = .integer(delay) }
    if signalled.remove(effect.run.text) != nil { line["host"] = true }
    entries += 1
    add(.object(line))
  }

  /// Writes that a run was started from outside.
  mutating func write(
    start run: RunKey, process: String, arguments: [HostField], now: Int64
  ) {
    entries += 1
    do throws(JSONError) {
      add([
        "n": .integer(Int64(entries)), "now": .integer(now),
        "start": [
          "run": .string(run.text), "process": .string(process),
          "arguments": try JSONValue(exactly: .record(arguments)),
        ],
      ])
    } catch {
      if problem == nil { problem = error.reason }
    }
  }

  /// Writes the end of the run.
  mutating func writeEnd(_ scheduler: borrowing Scheduler) {
    add([
      "end": [
        "entries": .integer(Int64(entries)), "now": .integer(scheduler.now),
        "fuel": .integer(Int64(scheduler.fuelUsed)), "state": .string(scheduler.stateHash),
      ]
    ])
  }

  private mutating func add(_ object: JSONValue) {
    let (text, sum) = LogLine.sealed(object, after: self.sum)
    self.sum = sum
    output(text + "\n")
  }
}

extension Scheduler {
  /// SHA-256 of the snapshot, in hexadecimal; what stands against one if there is none.
  var stateHash: String {
    do throws(SchedulerSnapshotError) {
      return SHA256.hexHash(try snapshot())
    } catch {
      return "\(error)"
    }
  }
}
