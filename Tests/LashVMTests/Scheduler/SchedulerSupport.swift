import LashLang
import Testing

@testable import LashVM

/// A host whose operation `m.a` echoes, at once, and `m.b` after as many milliseconds as its argument
/// says. It keeps what it hears as text, one line each.
struct TestHost: SchedulerHost {
  var heard: [String] = []
  var settled: [String] = []
  var endings: [String] = []
  var observesEffects = true
  /// Whether calls of `m.a` are put off.
  var putsOff = false

  mutating func perform(_ effect: Effect) -> HostReply {
    switch effect.request {
    case .call(let call):
      heard.append("\(effect.run) \(Drive.text(effect.request))")
      let argument = call.arguments.first ?? .null
      if call.operation == "b", case .integer(let delay) = argument {
        return .after(milliseconds: delay, .call(.success(argument)))
      }
      return putsOff ? .later : .answer(.call(.success(argument)))
    case .batch(let calls):
      heard.append("\(effect.run) \(Drive.text(effect.request))")
      return .answer(.calls(calls.map { .success($0.arguments.first ?? .null) }))
    case .print, .yield, .wake:
      heard.append("\(effect.now) \(effect.run) \(Drive.text(effect.request))")
      return .answer(.done)
    default: return .scheduler
    }
  }

  mutating func settled(_ effect: Effect, _ outcome: EffectOutcome) {
    settled.append("\(effect.key?.description ?? "read") \(Drive.text(effect.request))")
  }

  mutating func ended(_ run: RunKey, process: String?, _ ending: RunEnding) {
    endings.append("\(run) \(ending.text)")
  }
}

extension RunEnding {
  var text: String {
    switch outcome {
    case .finished(let value): "finished \(value.text)"
    case .failed(let value): "failed \(value.text)"
    case .fellOff: "fell off"
    case .trapped(let trap): "\(trap.code.rawValue) \(trap.message)"
    case .exhausted(let bound): "out of \(bound)"
    case .cancelled: "cancelled"
    }
  }
}

extension SchedulerHalt {
  var text: String {
    switch self {
    case .done: "done"
    case .ended: "ended"
    case .paused: "paused"
    case .deadlock(let blocked):
      "deadlock: " + blocked.map(\.description).joined(separator: "; ")
    case .waitingForHost: "waiting for the host"
    case .sleeping(let instant): "sleeping until \(instant)"
    }
  }
}

/// Runs a program to its end; what the host heard, how the main block ended, and how it all stopped.
func schedule(
  _ source: String, limits: SchedulerLimits = SchedulerLimits(), bounds: Bounds = Bounds()
) throws -> (heard: [String], main: String, halt: String, scheduler: SchedulerFacts) {
  var scheduler = Scheduler(limits: limits)
  var host = TestHost()
  scheduler.start(try compile(source, host: .testing()), bounds: bounds)
  let halt = scheduler.run(&host)
  return (
    host.heard, scheduler.ending(of: .main)?.text ?? "lives", halt.text,
    SchedulerFacts(now: scheduler.now, endings: host.endings, settled: host.settled)
  )
}

struct SchedulerFacts {
  var now: Int64
  var endings: [String]
  var settled: [String]
}
