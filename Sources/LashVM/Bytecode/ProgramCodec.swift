import LashJSON
import LashLang

/// The stored form of a program (`spec/bytecode-format.md`): what it does in one block, over which
/// its identity is taken, and in a second one what points back to its source.
enum ProgramCodec {
  /// First bytes of a file: no text begins so, and a line-end conversion destroys it.
  static let magic: [UInt8] = [0x00, 0x6C, 0x61, 0x73, 0x68, 0x62, 0x0D, 0x0A]
  /// The version that is written. It grows when the layout, an opcode, an operand or the order of
  /// builtins changes; a test keeps a fingerprint of these.
  static let version: UInt32 = 2
  /// Version 1, which is read too, lacks the numbers of effects: they are taken from the code.
  static let oldestVersion: UInt32 = 1

  /// The most that is read, in bytes.
  static let maximumSize = 64 << 20
  /// Nesting of a schema constant; types nest 100 deep, two levels each.
  static let maximumSchemaDepth = 256

  /// First bytes of constants.
  enum ConstantTag: UInt8, CaseIterable {
    case integer = 0
    case double = 1
    case string = 2
    case module = 3
    case schema = 4
  }
}

extension Program {
  /// Whether `bytes` begin as a stored program does, of whatever version, or are cut off before they can
  /// tell.
  public static func isEncoded(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: ProgramCodec.magic)
      || !bytes.isEmpty && ProgramCodec.magic.starts(with: bytes)
  }

  /// The stored form. Without source it is smaller and keeps the text to itself; run-time errors
  /// then have no places. A program that was read without stays so. O(size of the program).
  public func encoded(withSource: Bool = true) -> [UInt8] {
    let withSource = withSource && bodies.allSatisfy { $0.spans.count == $0.code.count }
    var writer = ByteWriter()
    writer.raw(ProgramCodec.magic)
    writer.fixed(ProgramCodec.version)
    writer.block(encodedBehaviour())
    var origin = ByteWriter()
    origin.text(source.name)
    origin.number(sites.points.count)
    for number in sites.numbersInCode { origin.number(UInt64(number)) }
    origin.byte(withSource ? 1 : 0)
    if withSource {
      origin.block(source.bytes)
      for body in bodies { origin.spans(body.spans) }
    }
    writer.block(origin.bytes)
    return writer.bytes
  }

  /// The block of what it does, over which the identity is taken.
  func encodedBehaviour() -> [UInt8] {
    var writer = ByteWriter()
    writer.number(keys.count)
    for key in keys { writer.text(key) }
    writer.number(constants.count)
    for constant in constants { writer.constant(constant) }
    writer.number(shapes.count)
    for shape in shapes {
      writer.number(shape.count)
      for key in shape { writer.number(Int(key)) }
    }
    writer.number(bodies.count)
    for body in bodies { writer.body(body) }
    writer.number(processes.count)
    for process in processes {
      writer.text(process.name)
      writer.number(process.parameters.count)
      for parameter in process.parameters { writer.text(parameter) }
      writer.number(process.body)
    }
    writer.number(variables.count)
    for variable in variables {
      writer.text(variable.name)
      writer.number(variable.register)
      writer.byte(variable.isReadOnly ? 1 : 0)
    }
    return writer.bytes
  }
}

extension ByteWriter {
  fileprivate mutating func constant(_ constant: Constant) {
    switch constant {
    case .integer(let value):
      byte(ProgramCodec.ConstantTag.integer.rawValue)
      signed(value)
    case .double(let value):
      byte(ProgramCodec.ConstantTag.double.rawValue)
      fixed(value.bitPattern)
    case .string(let value):
      byte(ProgramCodec.ConstantTag.string.rawValue)
      text(value)
    case .module(let path, let authority):
      byte(ProgramCodec.ConstantTag.module.rawValue)
      text(path)
      text(authority)
    case .schema(let schema):
      byte(ProgramCodec.ConstantTag.schema.rawValue)
      text(schema.description)
    }
  }

  /// Inline caches are empty in a program; machines fill those of their own copies.
  fileprivate mutating func body(_ body: Program.Body) {
    byte(body.name == nil ? 0 : 1)
    if let name = body.name { text(name) }
    number(body.parameterCount)
    number(body.registerCount)
    number(UInt64(body.cost))
    number(body.code.count)
    for word in body.code { fixed(word) }
  }

  /// Runs of equal spans: their length, how far the start moved, and the length of the span.
  fileprivate mutating func spans(_ spans: [SourceSpan]) {
    var position = 0
    var last: Int64 = 0
    while position < spans.count {
      let span = spans[position]
      var end = position + 1
      while end < spans.count, spans[end] == span { end += 1 }
      number(end - position)
      signed(Int64(span.start) - last)
      number(UInt64(span.end - span.start))
      last = Int64(span.start)
      position = end
    }
  }
}
