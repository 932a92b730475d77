import Foundation
import LashJSON
import LashLang
import Testing

@testable import LashVM

/// That the stored form is what its version says.
@Suite("Format of stored programs")
struct ProgramFormatTests {
  /// If this fails, stored programs would mean something else than when they were written: raise
  /// `ProgramCodec.version`, add the fingerprint here, keep the fixtures of the old version.
  @Test("Opcodes, operands, builtins and tags are those of the version")
  func fingerprint() {
    let known: [UInt32: String] = [
      1: "658332b49420fdcc41cde38075e785f129203e10fd6357f244146b24439c8df4",
      // The numbers of effects came to the layout.
      2: "658332b49420fdcc41cde38075e785f129203e10fd6357f244146b24439c8df4",
    ]
    var parts: [String] = []
    for opcode in Opcode.allCases {
      parts.append("\(opcode.rawValue) \(opcode) \(InstructionFormat(opcode))")
    }
    for builtin in Builtin.allCases {
      parts.append(
        "\(builtin.rawValue) \(builtin.minimumArguments) \(builtin.maximumArguments ?? -1)")
    }
    for tag in ProgramCodec.ConstantTag.allCases { parts.append("\(tag) \(tag.rawValue)") }
    parts.append("\(PathStepKind.field) \(PathStepKind.index)")
    for code: UInt16 in 0..<8 {
      if let operation = PathUpdate.Operation(rawValue: code) {
        parts.append("\(operation) \(code)")
      }
    }
    let fingerprint = SHA256.hexHash(Array(parts.joined(separator: "\n").utf8))
    #expect(known[ProgramCodec.version] == fingerprint)
  }

  private static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/stored")

  /// `orders.lash`, compiled by each version; the expected values are worked out by hand. `LASH_RECORD=1`
  /// writes what the present version lacks.
  @Test(
    "A program of each version is read and runs", arguments: ["orders", "orders-stripped"],
    1...UInt8(ProgramCodec.version))
  func runs(name: String, version: UInt8) throws {
    let file = Self.fixtures.appendingPathComponent("v\(version)/\(name).lashb")
    if version == ProgramCodec.version, ProcessInfo.processInfo.environment["LASH_RECORD"] != nil,
      !FileManager.default.fileExists(atPath: file.path)
    {
      let source = Self.fixtures.appendingPathComponent("v1/orders.lash")
      let program = try compile(try String(contentsOf: source, encoding: .utf8))
      try Data(program.encoded(withSource: name == "orders")).write(to: file)
    }
    let bytes = [UInt8](try Data(contentsOf: file))
    let program = try Program(decoding: bytes)
    let again = try Program(decoding: program.encoded(withSource: name == "orders"))
    #expect(again.identity == program.identity && again.siteNumbers == program.siteNumbers)
    #expect(program.siteNumbers == [0])
    var machine = Machine(program)
    var printed: [String] = []
    var halt = machine.run()
    while case .suspended = halt, let request = machine.request() {
      if case .print(let value) = request { printed.append(value.text) }
      halt = machine.resume(with: .done)
    }
    #expect(printed == ["3 orders"])
    guard case .finished(let value) = halt else {
      Issue.record("\(halt)")
      return
    }
    #expect(value.text == "{total:42.5,names:[ann,bob],deep:[0,1,4,9]}")
  }
}
