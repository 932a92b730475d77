import LashJSON
import LashLang

/// Shows bytecode to people and tools.
///
/// Instructions are numbered in each body; registers are `r0`…, jumps `→ 7` name the instruction
/// they go to. Constants, keys and names are shown in place.
public enum Disassembler {
  /// The listing of a program, its source lines in between. O(size of the program).
  public static func text(of program: Program) -> String {
    var text = ""
    for body in program.bodies {
      if !text.isEmpty { text += "\n" }
      text += title(of: body) + "\n"
      var shownLine = -1
      for line in lines(of: body, in: program) {
        let sourceLine = program.source.lines.line(of: line.span.start)
        if sourceLine != shownLine {
          shownLine = sourceLine
          text += "  ; \(sourceLine + 1): \(sourceText(sourceLine, of: program.source))\n"
        }
        text += line.text + "\n"
      }
    }
    return text
  }

  /// The listing as JSON: `{"bodies": [{"name", "registers", "cost", "code": [{"op", "operands",
  /// "start", "end"}]}]}`, positions in bytes; the main block's name is null.
  public static func json(of program: Program) -> JSONValue {
    let bodies = program.bodies.map { body -> JSONValue in
      let code = lines(of: body, in: program).map { line -> JSONValue in
        [
          "op": .string(line.name), "operands": .array(line.operands.map { .string($0) }),
          "start": .integer(Int64(line.span.start)), "end": .integer(Int64(line.span.end)),
        ]
      }
      return [
        "name": body.name.map { .string($0) } ?? .null,
        "parameters": .integer(Int64(body.parameterCount)),
        "registers": .integer(Int64(body.registerCount)), "cost": .integer(Int64(body.cost)),
        "code": .array(code),
      ]
    }
    return ["bodies": .array(bodies)]
  }

  /// One instruction as it is shown.
  struct Line {
    let number: Int
    let name: String
    let operands: [String]
    let span: SourceSpan

    /// `number name operands`, in columns.
    var text: String {
      let number = String(number)
      let left = String(repeating: " ", count: max(0, 6 - number.utf8.count)) + number + "  " + name
      guard !operands.isEmpty else { return left }
      let gap = String(repeating: " ", count: max(1, 26 - left.utf8.count))
      return left + gap + operands.joined(separator: ", ")
    }
  }

  /// The instructions of one body.
  static func lines(of body: Program.Body, in program: Program) -> [Line] {
    var instructions: [Instruction] = []
    var numbers: [Int: Int] = [:]
    var position = 0
    while let instruction = Instruction(at: position, in: body.code) {
      numbers[position] = instructions.count
      instructions.append(instruction)
      position = instruction.end
    }
    numbers[position] = instructions.count
    return instructions.enumerated().map { number, instruction in
      let target = instruction.target.map { numbers[$0].map { "→ \($0)" } ?? "→ ?" }
      return Line(
        number: number, name: "\(instruction.opcode)",
        operands: OperandText(program: program, instruction: instruction, target: target).all,
        span: body.spans.indices.contains(instruction.position)
          ? body.spans[instruction.position] : .none)
    }
  }

  private static func title(of body: Program.Body) -> String {
    "\(body.name ?? "main"): \(body.parameterCount) parameters, \(body.registerCount) registers, "
      + "cost \(body.cost)"
  }

  /// A source line, its white space at both ends left out.
  private static func sourceText(_ line: Int, of source: SourceFile) -> String {
    var bytes = source.bytes[source.lines.range(ofLine: line, in: source.bytes)]
    while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
    while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
