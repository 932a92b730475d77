import LashJSON
import LashLang

/// The operands of one instruction as texts. Wrong indexes of foreign bytecode show as `?`.
struct OperandText {
  let program: Program
  let instruction: Instruction
  /// Where it may jump, as text.
  let target: String?

  /// All operands that mean something, in order.
  var all: [String] {
    let format = InstructionFormat(instruction.opcode)
    switch instruction.opcode {
    case .setPath, .updatePath: return path
    case .makeList, .makeTuple, .interpolate:
      return [register(instruction.a), window(from: instruction.b, count: instruction.c)]
    case .makeRecord:
      let shape = program.shapes.element(at: Int(instruction.c))
      return [
        register(instruction.a), window(from: instruction.b, count: UInt16(shape?.count ?? 0)),
        keys(of: shape),
      ]
    case .unpack:
      return [window(from: instruction.a, count: instruction.c), register(instruction.b)]
    case .start:
      let shape = instruction.extra.first.flatMap {
        program.shapes.element(at: Int($0 & 0xFFFF_FFFF))
      }
      return [register(instruction.a), text(instruction.c, as: .process), keys(of: shape)]
    case .batchAdd:
      let extra = instruction.extra.first ?? 0
      return [
        register(instruction.a), register(instruction.b), text(instruction.c, as: .key),
        "\(extra & 0xFFFF) arguments" + (extra & 0x1_0000 != 0 ? "?" : ""),
      ]
    default: break
    }
    var texts = [text(instruction.a, as: format.a)]
    if let wide = format.wide {
      texts.append(text(as: wide))
    } else {
      texts.append(text(instruction.b, as: format.b))
      texts.append(text(instruction.c, as: format.c))
    }
    return texts.compactMap { $0.isEmpty ? nil : $0 }
  }

  private func text(_ operand: UInt16, as kind: InstructionFormat.Operand) -> String {
    switch kind {
    case .none: ""
    case .source, .target, .update, .taken, .window, .targets, .counter, .iterator, .collector,
      .batch:
      register(operand)
    case .constant: constant(Int(operand) / 8)
    case .key: key(UInt32(operand))
    case .shape: keys(of: program.shapes.element(at: Int(operand)))
    case .body: program.bodies.element(at: Int(operand)).map { $0.name ?? "main" } ?? "?"
    case .process: program.processes.element(at: Int(operand))?.name ?? "?"
    case .builtin: Builtin.allCases.element(at: Int(operand))?.rawValue ?? "?"
    case .number: String(operand)
    case .jump: target ?? "?"
    }
  }

  private func text(as kind: InstructionFormat.Wide) -> String {
    switch kind {
    case .constant: constant(Int(instruction.wide))
    case .key: key(instruction.wide)
    case .integer: String(Int32(bitPattern: instruction.wide))
    case .number: String(instruction.wide)
    case .jump: target ?? "?"
    }
  }

  private func register(_ offset: UInt16) -> String { "r\(offset / 8)" }

  private func window(from offset: UInt16, count: UInt16) -> String {
    count == 0
      ? "none" : count == 1 ? register(offset) : "r\(offset / 8)…r\(offset / 8 + count - 1)"
  }

  private func key(_ index: UInt32) -> String { program.keys.element(at: Int(index)) ?? "?" }

  private func keys(of shape: [UInt32]?) -> String {
    guard let shape else { return "?" }
    return "{" + shape.map(key).joined(separator: ", ") + "}"
  }

  private func constant(_ index: Int) -> String {
    switch program.constants.element(at: index) {
    case .integer(let value): String(value)
    case .double(let value): NumberText.text(value)
    case .string(let text): JSONValue.string(text).description
    case .module(let path, _): path
    case .schema(let schema): schema.description
    case nil: "?"
    }
  }

  /// Root, operand and steps of a path instruction.
  private var path: [String] {
    var steps = register(instruction.a)
    var words = instruction.extra
    while let word = words.popFirst() {
      if word & 0xFFFF == PathStepKind.field {
        steps += ".\(key(UInt32(truncatingIfNeeded: word >> 16)))"
        words = words.dropFirst()
      } else {
        steps += "[\(register(UInt16(truncatingIfNeeded: word >> 16)))]"
      }
    }
    guard instruction.opcode == .updatePath else { return [steps, register(instruction.b)] }
    let operation = PathUpdate.Operation(rawValue: instruction.c >> 8)
    return [steps, operation.map { "\($0)" } ?? "?", register(instruction.b)]
  }
}

extension Array {
  /// The element at `index`, if there is one.
  fileprivate func element(at index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}
