import LashJSON
import LashLang
import LashToolchain
import LashVM

/// The host as the scheduler sees it: operations, prints and events; the rest is the scheduler's.
extension PromptHost: SchedulerHost {
  mutating func perform(_ effect: Effect) -> HostReply {
    let reply = reply(to: effect)
    recorder?.note(effect, reply)
    return reply
  }

  private mutating func reply(to effect: Effect) -> HostReply {
    switch effect.request {
    case .call(let call): return send([call], effect) { .call($0[0]) }
    case .batch(let calls): return send(calls, effect) { .calls($0) }
    case .print(let value):
      screen?.printed(value)
      return .answer(.done)
    case .yield(let value), .wake(let value):
      screen?.event(of: effect, value)
      return .answer(.done)
    case .waitSignal(let name):
      return answers.takeSignal(name).map { .answer(.value($0)) } ?? .scheduler
    case .lazyRead:
      return .answer(.refused("lazy read failed: the prompt keeps no values"))
    case .awaitRuns, .start, .cancel, .sleepFor, .sleepUntil, .signal: return .scheduler
    }
  }

  /// Sends calls that run concurrently; where the person would not answer, the run is to stop.
  private mutating func send(
    _ batch: [ModuleCall], _ effect: Effect, _ outcome: ([CallResult]) -> EffectOutcome
  ) -> HostReply {
    var plain: [ModuleCall] = []
    do throws(JSONError) {
      for call in batch { plain.append(try call.plain()) }
    } catch {
      return .answer(.refused("\(effect.request.name) failed: \(error.reason)"))
    }
    let isAsked = plain.map { asksPerson && !mock.answers($0) }
    let (found, delay) = answers.reply(to: zip(plain, isAsked).filter { !$0.1 }.map(\.0))
    var mocked = found[...]
    var results: [CallResult] = []
    for (call, isAsked) in zip(plain, isAsked) {
      let result: CallResult
      if isAsked {
        let surface = surface
        let operation = surface.module(at: call.path)?.operation(named: call.operation)
        guard let given = screen?.ask(call, operation, surface.types) else {
          refuse(effect.run)
          return .later
        }
        result = given
      } else {
        result = mocked.removeFirst()
      }
      calls.append(Call(cell: cell, call: call, result: result))
      results.append(result)
    }
    return delay > 0
      ? .after(milliseconds: delay, outcome(results)) : .answer(outcome(results))
  }

  var observesEffects: Bool { recorder != nil }

  mutating func settled(_ effect: Effect, _ outcome: EffectOutcome) {
    recorder?.write(effect, outcome)
  }

  mutating func ended(_ run: RunKey, process: String?, _ ending: RunEnding) {
    recorder?.noteEnd(of: run)
    // Main blocks are shown by the session itself.
    if process != nil, case .failure(let text) = ending.result { failures.append((run, text)) }
  }
}
