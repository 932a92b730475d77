import LashVM

/// The most memory that this process ever had, with a list of a million numbers and without one.
/// Each is asked of a fresh process, since the peak never falls.
func memory(_ group: String) throws {
  let count = 1_000_000
  let text =
    switch group {
    case "memory-range": "xs = range(\(count))\nfinish len(xs)"
    case "memory-push":
      "xs = []\nfor i in range(\(count)) { xs = push(xs, i) }\nfinish len(xs)"
    default: "finish \(count)"
    }
  var machine = Machine(try compile(text), bounds: bounds)
  try check(machine.run(), finishes: "\(count)")
  report(group.replacing("-", with: "_") + "_kb", try peakKilobytes())
}

/// `VmHWM` of Linux: the peak of this program alone. The maximum that `getrusage` knows would count
/// the process that started this one too.
private func peakKilobytes() throws -> Double {
  let status = try lines(of: "/proc/self/status")
  guard let line = status.first(where: { $0.hasPrefix("VmHWM:") }),
    let number = line.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
  else { throw WrongResult("no peak of memory in /proc/self/status") }
  return number
}
