import LashJSON
import LashLang
import LashToolchain
import LashVM

/// What a person wrote as the answer of an operation: JSON, an expression, or `fail TEXT`.
enum Answer {
  case value(HostValue)
  case failure(String)
  /// Why it is none.
  case wrong(String)

  private static let fuel = 1_000_000

  init(_ line: String, _ type: HostType?, types: [HostNamedType]) {
    let text = line.trimmed
    if text == "fail" || text.hasPrefix("fail ") {
      let reason = text.dropFirst(4).trimmed
      self = .failure(reason.isEmpty ? "failed" : reason)
      return
    }
    guard !text.isEmpty else {
      self = .wrong("an answer is a value, such as null, \"text\" or {items: [1, 2]}")
      return
    }
    if let json = try? JSONReader().read(text) {
      self = Self.check(HostValue(json), type, types)
    } else {
      switch Self.run("finish \(text)", [], HostSurface()) {
      case .value(let value): self = Self.check(value, type, types)
      case let other: self = other
      }
    }
  }

  /// A value that the type admits, or what is wrong with it.
  private static func check(
    _ value: HostValue, _ type: HostType?, _ types: [HostNamedType]
  ) -> Answer {
    guard let type else { return .value(value) }
    var surface = HostSurface()
    surface.types =
      types.filter { $0.name != "LashAnswer" }
      + [HostNamedType(name: "LashAnswer", type: type)]
    surface.globals = ["answer"]
    return run("finish validate(answer, LashAnswer)", [HostField("answer", value)], surface)
  }

  private static func run(
    _ text: String, _ globals: [HostField], _ surface: HostSurface
  ) -> Answer {
    let compilation = Compile.program(SourceFile(name: "answer", text: text), surface: surface)
    guard let program = compilation.program else {
      let problem = compilation.diagnostics.first { $0.severity == .error }
      return .wrong(problem?.message ?? "this is no value")
    }
    var machine = Machine(program, bounds: Bounds(fuel: fuel), globals: globals)
    switch machine.run() {
    case .finished(let value): return .value(value)
    case .trapped(let trap): return .wrong(trap.message)
    default: return .wrong("this is no value")
    }
  }
}

extension StringProtocol {
  /// The text without white space around it.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
