import LashLang
import LashToolchain
import LashVM

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Nanoseconds of CPU time of this process, all threads.
func cpuTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// The middle one of an odd number of times.
func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }

/// The median CPU nanoseconds of `count` runs of `body`, after one to warm up.
func median(of count: Int, _ body: () throws -> Void) rethrows -> Double {
  try body()
  var times: [Double] = []
  for _ in 0..<count {
    let begun = cpuTime()
    try body()
    times.append(cpuTime() - begun)
  }
  return median(times)
}

/// The bytecode of a text, against a host that has any module.
func compile(_ text: String) throws -> Program {
  var surface = HostSurface()
  surface.acceptsAnyModule = true
  let compilation = Compile.program(SourceFile(name: "benchmark", text: text), surface: surface)
  guard let program = compilation.program else {
    throw WrongResult("does not compile: \(compilation.diagnostics)")
  }
  return program
}

/// Bounds that no benchmark reaches.
let bounds = {
  var bounds = Bounds(memory: 2 << 30)
  bounds.fuel = 1_000_000_000_000
  return bounds
}()

/// Refuses a halt other than `finish` with a value of this text.
func check(_ halt: Halt, finishes text: String) throws {
  guard case .finished(let value) = halt, try value.text() == text else {
    throw WrongResult("expected \(text), got \(halt)")
  }
}

/// The lines of a short text file of the system.
func lines(of path: String) throws -> [String] {
  guard let file = fopen(path, "r") else { throw WrongResult("cannot read \(path)") }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 1 << 16)
  let count = fread(&bytes, 1, bytes.count, file)
  let text = String(decoding: bytes[..<count], as: UTF8.self)
  return text.replacing("\t", with: " ").split(separator: "\n").map(String.init)
}

/// The median wall nanoseconds of `count` runs of `body`, after one to warm up; for work that waits
/// or uses several threads.
func medianWall(of count: Int, _ body: () async throws -> Void) async rethrows -> Double {
  try await body()
  var times: [Double] = []
  let clock = ContinuousClock()
  for _ in 0..<count {
    let duration = try await clock.measure { try await body() }
    let parts = duration.components
    times.append(Double(parts.seconds) * 1e9 + Double(parts.attoseconds) / 1e9)
  }
  return median(times)
}
