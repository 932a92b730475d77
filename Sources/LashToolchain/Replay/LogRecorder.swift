import LashJSON
import LashLang
import LashVM

/// Writes a log, line by line, as a run goes on: what is lost in a crash is what happened after it.
package struct LogRecorder {
  private let output: (String) -> Void
  private var sum = LogLine.firstSum
  private var entries = 0
  /// The first thing that could not be written.
  package private(set) var problem: String?
  /// By run: what the host has answered, until the run gets it.
  private var answered: [String: (effect: Effect, outcome: EffectOutcome, delay: Int64)] = [:]

  /// A log of a run of `program`; each line, with its end, goes to `write`.
  package init(
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

  /// The host itself answers an effect.
  package mutating func note(_ effect: Effect, _ reply: HostReply) {
    switch reply {
    case .answer(let outcome): answered[effect.run.text] = (effect, outcome, 0)
    case .after(let delay, let outcome): answered[effect.run.text] = (effect, outcome, delay)
    case .later, .scheduler: break
    }
  }

  /// A run has ended: what it was answered and never got is written too, since it asked for it.
  package mutating func noteEnd(of run: RunKey) {
    guard let (effect, outcome, delay) = answered.removeValue(forKey: run.text) else { return }
    add(["dropped": .object(members(effect, outcome, delay, isFromHost: true))])
  }

  /// Writes an effect with its answer.
  package mutating func write(_ effect: Effect, _ outcome: EffectOutcome) {
    let answer = answered.removeValue(forKey: effect.run.text)
    entries += 1
    var line: JSONObject = ["n": .integer(Int64(entries))]
    for (key, value) in members(effect, outcome, answer?.delay ?? 0, isFromHost: answer != nil) {
      line[key] = value
    }
    add(.object(line))
  }

  private mutating func members(
    _ effect: Effect, _ outcome: EffectOutcome, _ delay: Int64, isFromHost: Bool
  ) -> JSONObject {
    var line = JSONObject()
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
    if delay > 0 { line["delay"] = .integer(delay) }
    if isFromHost, case .waitSignal = effect.request { line["host"] = true }
    return line
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
  package mutating func writeEnd(_ scheduler: borrowing Scheduler) {
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
