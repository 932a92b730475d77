extension EffectHandler {
  /// Performs a request. Throws if the task was cancelled before it could be answered in full.
  func outcome(
    of request: EffectRequest, concurrency: Int
  ) async throws(CancellationError) -> EffectOutcome {
    switch request {
    case .call(let call):
      do {
        return .call(.success(try await self.call(call)))
      } catch {
        return .call(.failure(try Self.text(of: error)))
      }
    case .batch(let calls):
      return .calls(try await settle(calls, concurrency) { try await $0.call($1) })
    case .awaitRuns(let runs):
      return .calls(try await settle(runs, concurrency) { try await $0.awaitRun($1) })
    default:
      do {
        return try await perform(request)
      } catch {
        return .refused(try Self.text(of: error))
      }
    }
  }

  /// The text of a handler's error. After a cancellation it is taken for its consequence.
  private static func text(of error: any Error) throws(CancellationError) -> String {
    if Task.isCancelled { throw CancellationError() }
    return error is CancellationError ? "the host cancelled it" : "\(error)"
  }

  /// The results of several items in their order, at most `concurrency` being worked on at a time.
  ///
  /// Works with so many tasks that each take the next item: a task for each item would cost more.
  private func settle<Item: Sendable>(
    _ items: [Item], _ concurrency: Int,
    _ perform: @escaping @Sendable (Self, Item) async throws -> HostValue
  ) async throws(CancellationError) -> [CallResult] {
    let places = Places(count: items.count)
    let results = await withTaskGroup(of: [(place: Int, result: CallResult)].self) { group in
      for _ in 0..<min(max(concurrency, 1), items.count) {
        group.addTask {
          var results: [(place: Int, result: CallResult)] = []
          while !Task.isCancelled, let place = await places.next() {
            do {
              results.append((place, .success(try await perform(self, items[place]))))
            } catch {
              guard let text = try? Self.text(of: error) else { break }
              results.append((place, .failure(text)))
            }
          }
          return results
        }
      }
      var results: [CallResult?] = Array(repeating: nil, count: items.count)
      for await part in group {
        for (place, result) in part { results[place] = result }
      }
      return results.compactMap { $0 }
    }
    guard results.count == items.count else { throw CancellationError() }
    return results
  }
}

/// The numbers from 0 below a count, given out once each.
private actor Places {
  private let count: Int
  private var taken = 0

  init(count: Int) {
    self.count = count
  }

  func next() -> Int? {
    guard taken < count else { return nil }
    taken += 1
    return taken - 1
  }
}
