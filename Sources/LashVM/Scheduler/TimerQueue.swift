/// Timers by instant and then by the order in which they were set: a binary heap.
struct TimerQueue {
  struct Timer: Hashable {
    var instant: Int64
    /// Grows with each timer that is set.
    var number: UInt64
    /// The run that it wakes.
    var run: Int

    fileprivate func isBefore(_ other: Timer) -> Bool {
      (instant, number) < (other.instant, other.number)
    }
  }

  private var heap: [Timer] = []

  /// The timer that is due first.
  var first: Timer? { heap.first }

  /// All timers, in no useful order.
  var timers: [Timer] { heap }

  /// Adds a timer. O(log n).
  mutating func insert(_ timer: Timer) {
    heap.append(timer)
    var place = heap.count - 1
    while place > 0, heap[place].isBefore(heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Takes the first timer away. O(log n).
  mutating func removeFirst() -> Timer? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < heap.count && heap[child].isBefore(heap[least]) {
        least = child
      }
      if least == place { return first }
      heap.swapAt(place, least)
      place = least
    }
  }
}
