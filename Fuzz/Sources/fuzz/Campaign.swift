import Foundation
import FuzzTargets

/// Drives one target by libFuzzer, whose functions are linked in by `-sanitize=fuzzer`.
enum Campaign {
  nonisolated(unsafe) fileprivate static var target = FuzzTarget.json

  /// Fuzzes until libFuzzer ends the process.
  static func run(_ target: FuzzTarget, _ arguments: [String]) -> Never {
    self.target = target
    var count = CInt(arguments.count)
    var texts: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = .allocate(
      capacity: arguments.count + 1)
    for (index, argument) in arguments.enumerated() { texts[index] = strdup(argument) }
    texts[arguments.count] = nil
    exit(
      runDriver(&count, &texts) { start, size in
        let bytes = [UInt8](UnsafeBufferPointer(start: start, count: size))
        if let problem = Campaign.target.problem(bytes) { fatalError("found: \(problem)") }
        return 0
      })
  }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@_silgen_name("LLVMFuzzerMutate")
private func mutateBlindly(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ limit: Int) -> Int

/// Changes an input in place, keeping its form where the target knows how; gives its new size.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(
  _ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ limit: Int, _ seed: CUnsignedInt
) -> Int {
  let bytes = [UInt8](UnsafeBufferPointer(start: data, count: size))
  guard let mutated = Campaign.target.mutated(bytes, seed: UInt64(seed)), mutated.count <= limit
  else { return mutateBlindly(data, size, limit) }
  data.update(from: mutated, count: mutated.count)
  return mutated.count
}
