import LashJSON
import LashToolchain
import LashVM

/// A host's answer of 10 MB of JSON of which a program reads one field, then a second: as a value
/// decoded in full, and read in place. Each run has a document of its own, so that its index is
/// made anew.
func lazyValues() throws {
  let count = 100_000
  let rows = (0..<count).map { row in
    """
    {"id":\(row),"name":"user \(row)","tags":["a","bc"],"score":\(row).5,"note":"some text, \
    long enough to be passed over"}
    """
  }
  let text = Array("{\"total\":\(count),\"rows\":[\(rows.joined(separator: ","))]}".utf8)
  let program = try compile(
    """
    r = await db.query({})?
    print r.rows[-1].name
    finish r.rows[\(count / 2)].name
    """)

  /// The nanoseconds until the first field is there, and from then until the second is.
  func run(_ answer: () throws -> HostValue) throws -> (first: Double, second: Double) {
    var machine = Machine(program, bounds: bounds)
    guard case .suspended = machine.run() else { throw WrongResult("lazy: no call") }
    let begun = cpuTime()
    let halt = machine.resume(with: .call(.success(try answer())))
    let first = cpuTime() - begun
    guard case .suspended = halt, case .print(let value)? = machine.request(),
      try value.text() == "user \(count - 1)"
    else { throw WrongResult("lazy: the first field") }
    let printed = cpuTime()
    let end = machine.resume(with: .done)
    let second = cpuTime() - printed
    try check(end, finishes: "user \(count / 2)")
    return (first, second)
  }

  var full: [Double] = []
  var first: [Double] = []
  var second: [Double] = []
  for _ in 0..<7 {
    full.append(try run { HostValue(try JSONReader().read(text)) }.first)
    let lazy = try run { .lazyJSON(LazyJSON(JSONDocument(text))) }
    first.append(lazy.first)
    second.append(lazy.second)
  }
  let whole = median(full)
  report("lazy_full_ms", whole / 1e6)
  report("lazy_first_ratio", median(first) / whole)
  report("lazy_second_ratio", median(second) / whole)
}
