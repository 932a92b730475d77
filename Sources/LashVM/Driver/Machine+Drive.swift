extension Machine {
  /// Fuel that an effect counts for in a slice, besides its own: about what suspending costs.
  private static let effectCost = 50

  /// Runs to the next halt that is no suspension, with every effect performed by `handler`.
  ///
  /// A batch has at most `concurrency` calls in flight; answers keep their order. After each `slice`
  /// units of fuel (a million take some milliseconds) other tasks get their turn. No thread is ever blocked.
  ///
  /// When the task is cancelled, so are the handler's calls, and this throws as soon as they end. The
  /// machine then waits where it was, for `drive` or `resume`; a batch begins anew.
  @concurrent
  public mutating func drive(
    _ handler: some EffectHandler, concurrency: Int = 64, slice: Int = 1_000_000
  ) async throws(CancellationError) -> Halt {
    var answer: EffectOutcome?
    var share = slice
    var left = share
    while true {
      let isCancelled = Task.isCancelled
      if isCancelled, answer == nil { throw CancellationError() }
      // An answer that came in spite of the cancellation is kept: its effect has happened.
      let before = fuelUsed
      let halt = advance(with: answer, fuel: isCancelled ? 0 : left)
      answer = nil
      let used = fuelUsed - before
      left -= used + Self.effectCost
      if left <= 0 || halt == nil {
        await Task.yield()
        // What one slice does not cover is given two.
        share = used > 0 ? slice : min(max(share, 1), 1 << 60) * 2
        left = share
      }
      guard let halt else { continue }
      guard case .suspended = halt, let request = request() else { return halt }
      if isCancelled { throw CancellationError() }
      answer = try await handler.outcome(of: request, concurrency: concurrency)
    }
  }
}
