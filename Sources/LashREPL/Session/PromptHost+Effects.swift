import LashJSON
import LashLang
import LashToolchain
import LashVM

/// The host as the scheduler sees it: operations, prints and events; the rest is the scheduler's.
extension PromptHost: SchedulerHost {
  mutating func perform(_ effect: Effect) -> HostReply {
    switch effect.request {
    case .call(let call): return send([call]) { .call($0[0]) }
    case .batch(let calls): return send(calls) { .calls($0) }
    case .print(let value):
      show?.printed(value)
      return .answer(.done)
    case .yield(let value), .wake(let value):
      show?.event(of: effect, value)
      return .answer(.done)
    case .waitSignal(let name):
      guard answers.listsSignal(name), let payload = answers.takeSignal(name) else {
        return .scheduler
      }
      return .answer(.value(payload))
    case .lazyRead:
      return .answer(.refused("lazy read failed: the prompt keeps no values"))
    case .awaitRuns, .start, .cancel, .sleepFor, .sleepUntil, .signal: return .scheduler
    }
  }

  /// Sends calls that run concurrently; where the person would not answer, the run is to stop.
  private mutating func send(
    _ batch: [ModuleCall], _ outcome: ([CallResult]) -> EffectOutcome
  ) -> HostReply {
    let surface = surface
    let isAsked = batch.map { asksPerson && !mock.answers($0) }
    let (found, delay) = answers.reply(to: zip(batch, isAsked).filter { !$0.1 }.map(\.0))
    var mocked = found[...]
    var results: [CallResult] = []
    for (call, isAsked) in zip(batch, isAsked) {
      let result: CallResult
      if isAsked {
        let operation = surface.module(at: call.path)?.operation(named: call.operation)
        guard let given = show?.ask(call, operation, surface.types) else {
          isRefused = true
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

  mutating func ended(_ run: RunKey, process: String?, _ ending: RunEnding) {
    // Main blocks are shown by the session itself.
    if process != nil, case .failure(let text) = ending.result { failures.append((run, text)) }
  }
}
