import LashJSON
import LashLang
import LashToolchain
import LashVM

extension Command {
  /// Commands for processes, signals, triggers and the clock.
  static let processCommands = [
    Command("runs", "", .nothing, "lists the runs of processes and the virtual clock") {
      (repl, _) throws(ConsoleError) in
      repl.showRuns()
    },
    Command(
      "signal", "RUN NAME JSON", .run, "sends a signal to a run, by its number in `:runs`"
    ) { (repl, text) throws(ConsoleError) in
      let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
      guard parts.count >= 2 else {
        throw ConsoleError("`:signal` needs a run, a name and a value: `:signal 1 approve true`")
      }
      guard let run = repl.runs.key(parts[0]) else {
        throw ConsoleError("there is no run `\(parts[0])`: `:runs` lists them")
      }
      let payload = try Repl.value(parts.count > 2 ? parts[2] : "null")
      guard repl.runs.signal(run, parts[1], payload) else {
        throw ConsoleError("the run `\(parts[0])` has ended")
      }
      repl.settle()
    },
    Command("cancel", "RUN", .run, "ends a run, as `cancel` does") {
      (repl, name) throws(ConsoleError) in
      guard let run = repl.runs.key(name) else {
        throw ConsoleError("there is no run `\(name)`: `:runs` lists them")
      }
      guard repl.runs.cancel(run, &repl.host) else {
        throw ConsoleError("the run `\(name)` has ended")
      }
      repl.settle()
    },
    Command(
      "fire", "SOURCE JSON", .text, "gives an event to the triggers of a source",
      details: "`:fire ui.button.pressed {\"button\": \"ok\"}` starts what is registered for it."
    ) { (repl, text) throws(ConsoleError) in
      let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
      guard let source = parts.first else {
        throw ConsoleError("`:fire` needs a source and an event: `:fire cron.Schedule {…}`")
      }
      let event = try Repl.value(parts.count > 1 ? parts[1] : "null")
      let deliveries = repl.host.answers.triggers.deliveries(of: source, event: event)
      guard !deliveries.isEmpty else {
        let known = repl.host.answers.triggers.sources
        let nearest = Spelling.closest(to: source, among: known)
        throw ConsoleError(
          "nothing is registered for `\(source)`"
            + (nearest.map { ": did you mean `\($0)`?" } ?? ""))
      }
      for delivery in deliveries {
        guard repl.runs.start(delivery, bounds: repl.bounds) else {
          throw ConsoleError("the process `\(delivery.target)` could not be started")
        }
      }
      repl.settle()
    },
    Command("advance", "DURATION", .text, "lets virtual time pass, such as `5m` or `1.5s`") {
      (repl, text) throws(ConsoleError) in
      let duration: Int64
      do throws(VirtualClock.Refusal) {
        duration = try VirtualClock.duration(.string(text))
      } catch {
        throw ConsoleError(error.message)
      }
      let (instant, isTooLate) = repl.runs.scheduler.now.addingReportingOverflow(duration)
      repl.advance(to: isTooLate ? .max : instant)
    },
  ]
}

extension Repl {
  /// A value that stands behind a command as JSON.
  static func value(_ text: String) throws(ConsoleError) -> HostValue {
    do throws(JSONError) {
      return HostValue(try JSONReader().read(text))
    } catch {
      throw ConsoleError("`\(text)` is no JSON: \(error) (a string is written \"…\")")
    }
  }

  fileprivate func settle() { advance(to: runs.scheduler.now) }

  fileprivate func advance(to instant: Int64) {
    runs.advance(to: instant, &host) { console.isInterrupted }
    tellFailures()
  }

  /// Tells of processes that failed since it was last asked, or were interrupted.
  func tellFailures() {
    for (run, text) in host.failures {
      let name = runs.processes.firstIndex { $0.run == run }.map { "run \($0 + 1)" } ?? "a run"
      report("\(name) failed: \(text.safeForTerminal)")
    }
    host.failures = []
    if runs.wasInterrupted {
      remark("the processes were interrupted and go on later; `:cancel RUN` ends one")
    }
  }

  fileprivate func showRuns() {
    let columns = console.columns ?? 100
    remark("clock: \(runs.scheduler.now) ms")
    for (place, run) in runs.processes.enumerated() {
      let line = "\(place + 1)  \(run.process ?? "")  \(run.state.text)"
      console.show(line.safeForTerminal.cut(columns: columns))
    }
  }
}
