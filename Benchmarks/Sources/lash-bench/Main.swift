/// Measures what only a program that embeds the libraries can: each argument names a group of rows,
/// each row is a line `{"key": …, "value": …}` on standard output. A wrong result ends with status 1.
@main
enum Main {
  static func main() async throws {
    for group in CommandLine.arguments.dropFirst() {
      switch group {
      case "calls": try hostCalls()
      case "driver": try await driver()
      case "snapshots": try snapshots()
      case "lazy": try lazyValues()
      case "memory-empty", "memory-range", "memory-push": try memory(group)
      default: throw WrongResult("no group `\(group)`")
      }
    }
  }
}

/// Something did not come out as it must.
struct WrongResult: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Writes a row.
func report(_ key: String, _ value: Double) {
  print("{\"key\": \"\(key)\", \"value\": \(value)}")
}
