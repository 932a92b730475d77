import LashJSON
import LashLang

/// Why bytes are no program that can be run.
public enum ProgramFormatError: Error, Hashable, Sendable, CustomStringConvertible {
  /// They do not begin as a stored program does.
  case notAProgram
  /// They are of a version of the format that is not read.
  case unknownVersion(found: UInt32, known: UInt32)
  /// They are cut off or altered: bytes before the damage, and what is wrong there.
  case damaged(offset: Int, reason: String)
  /// Their code could harm the machine that runs it.
  case refused(VerificationError)

  /// What is wrong, and what to do about it.
  public var description: String {
    switch self {
    case .notAProgram: "this is not a compiled program: it does not begin as one"
    case .unknownVersion(let found, let known):
      "the program has version \(found) of the format, this is version \(known): "
        + "compile it again from its source"
    case .damaged(let offset, let reason):
      "the compiled program is damaged at byte \(offset): \(reason)"
    case .refused(let error): "the compiled program is not safe to run: \(error)"
    }
  }
}

extension Program {
  /// Reads the stored form of a program. Safe on any bytes: what it accepts can be run.
  /// O(number of bytes).
  public init(decoding bytes: [UInt8]) throws(ProgramFormatError) {
    try self.init(unverified: bytes)
    do throws(VerificationError) {
      try Verifier.verify(self)
    } catch {
      throw .refused(error)
    }
  }

  /// Reads the stored form without asking whether its code is safe to run.
  init(unverified bytes: [UInt8]) throws(ProgramFormatError) {
    guard bytes.starts(with: ProgramCodec.magic) else { throw .notAProgram }
    var reader = ByteReader(bytes[ProgramCodec.magic.count...])
    let version: UInt32
    let program: Program?
    do throws(DamagedBytes) {
      version = try reader.fixed(UInt32.self)
      let isKnown = (ProgramCodec.oldestVersion...ProgramCodec.version).contains(version)
      program = isKnown ? try reader.program(of: version) : nil
    } catch {
      throw .damaged(offset: error.offset, reason: error.reason)
    }
    guard let program else {
      throw .unknownVersion(found: version, known: ProgramCodec.version)
    }
    self = program
  }
}

extension ByteReader {
  /// The two blocks of a program, up to the end of the bytes.
  fileprivate mutating func program(of version: UInt32) throws(DamagedBytes) -> Program {
    guard left <= ProgramCodec.maximumSize else {
      throw damaged("there are more than \(ProgramCodec.maximumSize) bytes")
    }
    var behaviour = ByteReader(try block("the program"))
    var origin = ByteReader(try block("its origin"))
    try finish("the program")
    var program = Program(source: SourceFile(name: "", bytes: []))
    try behaviour.behaviour(of: &program)
    try origin.origin(of: &program, version)
    return program
  }

  // MARK: What it does

  private mutating func behaviour(of program: inout Program) throws(DamagedBytes) {
    var known: Set<ExactText> = []
    for _ in 0..<(try count("keys")) {
      let key = try text("a key")
      guard known.insert(ExactText(key)).inserted else { throw damaged("a key stands twice") }
      program.keys.append(key)
    }
    for _ in 0..<(try count("constants")) { program.constants.append(try constant()) }
    for _ in 0..<(try count("shapes")) {
      program.shapes.append(try shape(keys: program.keys.count))
    }
    let bodies = try count(ofSize: 5, upTo: Int(UInt16.max), "bodies")
    for index in 0..<bodies { program.bodies.append(try body(isMain: index == 0)) }
    guard let main = program.bodies.first else { throw damaged("there is no main block") }
    for _ in 0..<(try count(ofSize: 3, upTo: Int(UInt16.max), "processes")) {
      program.processes.append(try process(bodies: program.bodies))
    }
    for _ in 0..<(try count(ofSize: 3, upTo: main.registerCount, "variables")) {
      program.variables.append(try variable(registers: main.registerCount))
    }
    try finish("the program")
  }

  private mutating func constant() throws(DamagedBytes) -> Constant {
    let start = offset
    switch ProgramCodec.ConstantTag(rawValue: try byte()) {
    case .integer: return .integer(try signed())
    case .double: return .double(Double(bitPattern: try fixed(UInt64.self)))
    case .string: return .string(try text("a text"))
    case .module: return .module(path: try text("a path"), authority: try text("an authority"))
    case .schema:
      let bytes = try block("a schema")
      do throws(JSONError) {
        return .schema(
          try JSONReader(maximumDepth: ProgramCodec.maximumSchemaDepth).read(Array(bytes)))
      } catch {
        throw DamagedBytes(offset: start, reason: "a schema is not JSON: \(error)")
      }
    case nil: throw DamagedBytes(offset: start, reason: "a constant is of an unknown kind")
    }
  }

  private mutating func shape(keys: Int) throws(DamagedBytes) -> [UInt32] {
    var shape: [UInt32] = []
    for _ in 0..<(try count("keys of a shape")) {
      shape.append(UInt32(try number(upTo: keys - 1, "a key's index")))
    }
    return shape
  }

  private mutating func body(isMain: Bool) throws(DamagedBytes) -> Program.Body {
    var body = Program.Body()
    let isNamed = try flag("the mark of a name")
    guard isNamed != isMain else { throw damaged("the main block, and no other, has no name") }
    if isNamed { body.name = try text("a name") }
    body.parameterCount = try number(upTo: Register.limit, "a number of parameters")
    body.registerCount = try number(upTo: Register.limit, "a number of registers")
    body.cost = UInt32(try number(upTo: Int(UInt32.max), "a cost"))
    let words = try count(ofSize: 8, "words of code")
    body.code.reserveCapacity(words)
    for _ in 0..<words { body.code.append(try fixed(UInt64.self)) }
    var position = 0
    while let instruction = Instruction(at: position, in: body.code) {
      for cache in instruction.caches { body.code[cache] = 0 }
      position = instruction.end
    }
    return body
  }

  private mutating func process(
    bodies: [Program.Body]
  ) throws(DamagedBytes) -> Program.ProcessEntry {
    let name = try text("a name")
    var parameters: [String] = []
    for _ in 0..<(try count(upTo: Register.limit, "parameters")) {
      parameters.append(try text("a parameter"))
    }
    let body = try number(upTo: bodies.count - 1, "a body's index")
    guard body > 0, bodies[body].parameterCount == parameters.count else {
      throw damaged("the body of a process has other parameters")
    }
    return Program.ProcessEntry(name: name, parameters: parameters, body: body)
  }

  private mutating func variable(registers: Int) throws(DamagedBytes) -> Program.Variable {
    Program.Variable(
      name: try text("a name"), register: try number(upTo: registers - 1, "a register"),
      isReadOnly: try flag("the mark of a read-only variable"))
  }

  // MARK: Where it comes from

  private mutating func origin(
    of program: inout Program, _ version: UInt32
  ) throws(DamagedBytes) {
    let name = try text("a name")
    program.sites = SiteTable(
      program.bodies, numbers: try siteNumbers(of: program.bodies, version))
    guard try flag("the mark of a source text") else {
      program.source = SourceFile(name: name, bytes: [])
      try finish("the origin")
      return
    }
    let text = try block("the source text")
    guard text.count <= SourceFile.maximumSize else { throw damaged("the source text is too long") }
    program.source = SourceFile(name: name, bytes: Array(text))
    for index in program.bodies.indices {
      program.bodies[index].spans = try spans(
        program.bodies[index].code.count, textSize: text.count)
    }
    try finish("the origin")
  }

  /// The number of each effect; in version 1 they are numbered as the code has them.
  private mutating func siteNumbers(
    of bodies: [Program.Body], _ version: UInt32
  ) throws(DamagedBytes) -> [UInt32] {
    var effects: UInt32 = 0
    SiteTable.forEachEffect(of: bodies) { _, _ in effects += 1 }
    if version < 2 { return Array(0..<effects) }
    guard try count("numbers of effects") == Int(effects) else {
      throw damaged("there are not as many numbers as effects")
    }
    var numbers: [UInt32] = []
    for _ in 0..<effects {
      numbers.append(UInt32(try number(upTo: Int(UInt32.max), "the number of an effect")))
    }
    return numbers
  }

  private mutating func spans(_ words: Int, textSize: Int) throws(DamagedBytes) -> [SourceSpan] {
    var spans: [SourceSpan] = []
    spans.reserveCapacity(words)
    var start: Int64 = 0
    while spans.count < words {
      let count = try number(upTo: words - spans.count, "a number of words")
      let step = try signed()
      let length = try number(upTo: textSize, "the length of a place")
      let (moved, overflow) = start.addingReportingOverflow(step)
      guard count > 0, !overflow, moved >= 0, moved <= Int64(textSize - length) else {
        throw damaged("a place lies outside of the source text")
      }
      start = moved
      spans.append(
        contentsOf: repeatElement(
          SourceSpan(start: UInt32(start), end: UInt32(start) + UInt32(length)), count: count))
    }
    return spans
  }
}
