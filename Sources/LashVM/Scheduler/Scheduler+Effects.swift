import LashLang

// Processes, signals and sleeping, as far as the host leaves them to the scheduler.

extension Scheduler {
  /// Asks the host for an effect, or does it; the run's standing tells what came of it.
  mutating func perform(_ effect: Effect, of place: Int, _ host: inout some SchedulerHost) {
    let run = runs[place]
    if case .waitSignal(let name) = effect.request, let payload = takeSignal(name, of: run) {
      run.standing = .answered(.value(payload))
      return
    }
    switch host.perform(effect) {
    case .answer(let outcome): run.standing = .answered(outcome)
    case .after(let milliseconds, let outcome): setTimer(place, clock.after(milliseconds), outcome)
    case .later:
      run.standing = .waitingForHost
      waitingForHost += 1
    case .scheduler: performHere(effect, of: place, &host)
    }
  }

  private mutating func performHere(
    _ effect: Effect, of place: Int, _ host: inout some SchedulerHost
  ) {
    let run = runs[place]
    switch effect.request {
    case .call: run.standing = .answered(.call(.failure("this host has no operations")))
    case .batch(let calls):
      run.standing = .answered(
        .calls(calls.map { _ in .failure("this host has no operations") }))
    case .awaitRuns(let handles): waitForRuns(handles, place)
    case .start(let process, let arguments):
      run.standing = .answered(start(process, arguments, effect, of: run))
    case .cancel(let handle):
      guard let target = self.place(of: handle) else {
        return refuse(run, "cancel", handle)
      }
      run.standing = .answered(.done)
      if runs[target].ending == nil { end(target, .cancelled, &host) }
    case .signal(let handle, let name, let payload):
      guard let target = self.place(of: handle) else {
        return refuse(run, "signal_run", handle)
      }
      run.standing = .answered(.done)
      if runs[target].ending == nil { deliver(name, payload.withoutLazyParts, to: target) }
    case .sleepFor(let value), .sleepUntil(let value):
      sleep(effect.request, value, place)
    case .waitSignal(let name): run.standing = .waitingForSignal(name)
    case .yield, .wake: run.standing = .answered(.done)
    case .print, .lazyRead:
      run.standing = .answered(
        .refused("\(effect.request.name) failed: this host does not offer it"))
    }
  }

  private func refuse(_ run: ScheduledRun, _ effect: String, _ handle: HostValue) {
    let reason =
      if case .run(let handle) = handle {
        "unknown run `\(handle.id)`"
      } else {
        "expected a run handle, got \(handle.kind)"
      }
    run.standing = .answered(.refused("\(effect) failed: \(reason)"))
  }

  private func place(of handle: HostValue) -> Int? {
    guard case .run(let handle) = handle else { return nil }
    return places[handle.id]
  }

  // MARK: Processes

  private mutating func start(
    _ process: String, _ arguments: [HostField], _ effect: Effect, of run: ScheduledRun
  ) -> EffectOutcome {
    guard
      let index = programs[run.program].processes.firstIndex(where: { $0.name == process }),
      let effectKey = effect.key
    else { return .refused("process start failed: the module has no process `\(process)`") }
    guard living < limits.living else {
      return .refused("process start failed: more than \(limits.living) processes at a time")
    }
    guard starts < limits.starts else {
      return .refused("process start failed: more than \(limits.starts) processes")
    }
    let key = RunKey(startedBy: effectKey)
    guard places[key.text] == nil else {
      return .refused("process start failed: there is a run `\(key.text)` already")
    }
    starts += 1
    let plain = arguments.map { HostField($0.key, $0.value.withoutLazyParts) }
    begin(index, of: run.program, plain, key, run.bounds, isStarted: true)
    return .value(.run(RunHandle(id: key.text, process: process)))
  }

  /// Waits until all of the runs have ended; a run that is not known counts as failed.
  private mutating func waitForRuns(_ handles: [RunHandle], _ place: Int) {
    var unfinished = 0
    for handle in handles {
      guard let awaited = places[handle.id], runs[awaited].ending == nil,
        runs[awaited].waiters.last != place
      else { continue }
      runs[awaited].waiters.append(place)
      unfinished += 1
    }
    runs[place].standing =
      unfinished == 0 ? .answered(.calls(results(of: handles))) : .waitingForRuns(unfinished)
  }

  /// One of the runs that a run waits for has ended.
  mutating func runEnded(awaitedBy place: Int) {
    guard case .waitingForRuns(let unfinished) = runs[place].standing else { return }
    guard unfinished == 1 else {
      runs[place].standing = .waitingForRuns(unfinished - 1)
      return
    }
    var handles: [RunHandle] = []
    if case .awaitRuns(let awaited)? = runs[place].machine?.request() { handles = awaited }
    ready(place, with: .calls(results(of: handles)))
  }

  private func results(of handles: [RunHandle]) -> [CallResult] {
    handles.map { handle in
      places[handle.id].flatMap { runs[$0].ending?.result }
        ?? .failure("unknown run `\(handle.id)`")
    }
  }

  // MARK: Signals

  private mutating func takeSignal(_ name: String, of run: ScheduledRun) -> HostValue? {
    guard let payload = run.signals.take(name) else { return nil }
    hold(-payload.estimatedSize, run)
    return payload
  }

  /// Gives a signal to a run that waits for it, or queues it.
  mutating func deliver(_ name: String, _ payload: HostValue, to place: Int) {
    if case .waitingForSignal(name) = runs[place].standing {
      ready(place, with: .value(payload))
    } else {
      hold(payload.estimatedSize, runs[place])
      runs[place].signals.append(name, payload)
    }
  }

  /// Counts bytes of values that the scheduler keeps for a run.
  mutating func hold(_ bytes: Int, _ run: ScheduledRun) {
    run.heldValues += bytes
    memory += bytes
  }

  // MARK: Sleeping

  private mutating func sleep(_ request: EffectRequest, _ value: HostValue, _ place: Int) {
    do throws(VirtualClock.Refusal) {
      let instant =
        if case .sleepFor = request {
          clock.after(try VirtualClock.duration(value))
        } else {
          max(clock.now, try VirtualClock.instant(value))
        }
      setTimer(place, instant, .done)
    } catch {
      runs[place].standing = .answered(.refused("sleep failed: \(error.message)"))
    }
  }

  private mutating func setTimer(_ place: Int, _ instant: Int64, _ outcome: EffectOutcome) {
    lastTimer += 1
    timers.insert(TimerQueue.Timer(instant: instant, number: lastTimer, run: place))
    runs[place].standing = .waitingForTimer(lastTimer, outcome)
  }
}

extension HostValue {
  /// The value as it goes from one run to another: lazy JSON is made plain, since a part of a text would keep
  /// the whole alive, and a stored scheduler does not know which values read from one text.
  var withoutLazyParts: HostValue { (try? plain()) ?? self }

  /// About the bytes that it takes; lazy values count little. O(size), iterative.
  var estimatedSize: Int {
    var size = 0
    var open = [self]
    while let value = open.popLast() {
      size += 32
      switch value {
      case .string(let text): size += text.utf8.count
      case .list(let items), .tuple(let items): open += items
      case .record(let fields):
        for field in fields {
          size += 16 + field.key.utf8.count
          open.append(field.value)
        }
      case .descriptor(_, let value): open.append(value)
      case .result(.success(let value)): open.append(value)
      case .result(.failure(let text)): size += text.utf8.count
      default: break
      }
    }
    return size
  }
}
