/// Items in the order in which they came, such as the runs that are to have their turn.
struct Queue<Item> {
  /// Those before `head` were taken.
  private var slots: [Item?] = []
  private var head = 0

  var isEmpty: Bool { head == slots.count }
  var count: Int { slots.count - head }

  /// The items in order.
  var items: some Sequence<Item> { slots[head...].lazy.compactMap { $0 } }

  mutating func append(_ item: Item) { slots.append(item) }

  /// Puts an item before all others.
  mutating func putBack(_ item: Item) {
    if head > 0 {
      head -= 1
      slots[head] = item
    } else {
      slots.insert(item, at: 0)
    }
  }

  /// Takes the oldest item. Amortised O(1).
  mutating func next() -> Item? {
    guard head < slots.count else { return nil }
    let item = slots[head].take()
    head += 1
    if head == slots.count || head > 1_024 && head * 2 > slots.count {
      slots.removeFirst(head)
      head = 0
    }
    return item
  }
}

/// Signals that a run has not waited for yet: of each name the oldest first.
struct SignalQueue {
  /// In the order in which the names came; none is empty.
  private var queues: [(name: String, payloads: Queue<HostValue>)] = []

  var count: Int { queues.reduce(0) { $0 + $1.payloads.count } }

  /// All signals; those of one name stand together.
  var signals: some Sequence<(name: String, payload: HostValue)> {
    queues.lazy.flatMap { queue in queue.payloads.items.lazy.map { (queue.name, $0) } }
  }

  /// Adds a signal. O(names that are queued).
  mutating func append(_ name: String, _ payload: HostValue) {
    let place = queues.firstIndex { $0.name == name } ?? queues.count
    if place == queues.count { queues.append((name, Queue())) }
    queues[place].payloads.append(payload)
  }

  /// Takes the oldest signal of a name, if there is one. O(names that are queued).
  mutating func take(_ name: String) -> HostValue? {
    guard let place = queues.firstIndex(where: { $0.name == name }) else { return nil }
    let payload = queues[place].payloads.next()
    if queues[place].payloads.isEmpty { queues.remove(at: place) }
    return payload
  }
}
