import Foundation
import FuzzTargets

// fuzz TARGET seeds FOLDER ROOT — writes seeds
// fuzz TARGET replay FILE… — says what each file reveals
// fuzz TARGET [options and folders of libFuzzer]

let arguments = CommandLine.arguments
guard arguments.count > 2, let target = FuzzTarget(rawValue: arguments[1]) else {
  print(
    "usage: fuzz json|program|snapshot|source seeds FOLDER ROOT | replay FILE… | CORPUS [-option=…]"
  )
  exit(64)
}
switch arguments[2] {
case "seeds":
  let folder = URL(fileURLWithPath: arguments[3])
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  for (index, seed) in target.seeds(root: arguments[4]).enumerated() {
    try Data(seed).write(to: folder.appendingPathComponent("seed-\(index)"))
  }
case "replay":
  for path in arguments[3...] {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    print("\(path): \(target.problem(bytes) ?? "nothing")")
  }
default: Campaign.run(target, [arguments[0]] + arguments[2...])
}
