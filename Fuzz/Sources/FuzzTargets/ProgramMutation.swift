import LashJSON

@testable import LashVM

/// Changes compiled programs so that most of them still have the form of one.
enum ProgramMutation {
  /// `nil` if the bytes are no program.
  static func mutated(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8]? {
    guard var program = try? Program(unverified: bytes) else { return nil }
    for _ in 0...dice.roll(3) { change(&program, &dice) }
    for index in program.bodies.indices { program.bodies[index].spans = [] }
    return program.encoded(withSource: false)
  }

  private static func change(_ program: inout Program, _ dice: inout Dice) {
    let index = dice.roll(program.bodies.count)
    var loose = LooseCode(program.bodies[index].code)
    switch dice.roll(16) {
    case 0:
      program.bodies[index].registerCount = max(
        0, nudged(program.bodies[index].registerCount, &dice))
    case 1: program.bodies[index].cost = UInt32(dice.roll(3))
    case 2: changeConstant(&program, &dice)
    case 3: changeShape(&program, &dice)
    case 4: loose.remove(dice.roll(loose.count))
    case 5: loose.copy(dice.roll(loose.count), to: dice.roll(loose.count + 1))
    case 6: loose.swap(dice.roll(loose.count), dice.roll(loose.count))
    case 7: loose.retarget(dice.roll(loose.count), to: dice.roll(loose.count))
    case 8:
      // An instruction of another body.
      let other = LooseCode(program.bodies[dice.roll(program.bodies.count)].code)
      loose.insert(other, dice.roll(other.count), at: dice.roll(loose.count + 1))
    case 9, 10: loose.changeOpcode(dice.roll(loose.count), &dice)
    default: loose.changeOperand(dice.roll(loose.count), program, &dice)
    }
    program.bodies[index].code = loose.words
  }

  static func nudged(_ value: Int, _ dice: inout Dice) -> Int { value + dice.roll(5) - 2 }

  private static func changeConstant(_ program: inout Program, _ dice: inout Dice) {
    let made: Constant =
      switch dice.roll(7) {
      case 0: .integer(Int64(bitPattern: dice.next()))
      case 1: .integer(Int64(dice.roll(5)) - 2)
      case 2: .double(Double(bitPattern: dice.next()))
      case 3: .string(String(repeating: "a", count: dice.roll(40)))
      case 4: .string([">8", ",.2f", "é", "", "2"][dice.roll(5)])
      case 5: .module(path: "m", authority: "M")
      default:
        .schema([
          "type": "object", "properties": ["a": ["$variable": .integer(Int64(dice.roll(3)))]],
        ])
      }
    if dice.roll(3) == 0 || program.constants.isEmpty {
      program.constants.append(made)
    } else {
      program.constants[dice.roll(program.constants.count)] = made
    }
  }

  private static func changeShape(_ program: inout Program, _ dice: inout Dice) {
    guard !program.keys.isEmpty else { return }
    let keys = (0..<dice.roll(4)).map { _ in UInt32(dice.roll(program.keys.count)) }
    if dice.roll(2) == 0 || program.shapes.isEmpty {
      program.shapes.append(keys)
    } else {
      program.shapes[dice.roll(program.shapes.count)] = keys
    }
  }
}

/// Code whose jumps name instructions, so that these can be moved about.
struct LooseCode {
  private struct Piece {
    var words: [UInt64]
    var target: Int?
    var isShort = false
  }

  private var pieces: [Piece] = []

  var count: Int { pieces.count }

  /// Takes code apart up to the first thing that is no instruction.
  init(_ code: [UInt64]) {
    var numbers: [Int: Int] = [:]
    var found: [Instruction] = []
    var position = 0
    while let instruction = Instruction(at: position, in: code) {
      numbers[position] = found.count
      found.append(instruction)
      position = instruction.end
    }
    pieces = found.map { instruction in
      Piece(
        words: Array(code[instruction.position..<instruction.end]),
        target: instruction.target.flatMap { numbers[$0] },
        isShort: InstructionFormat(instruction.opcode).c == .jump)
    }
  }

  /// The code, distances filled in.
  var words: [UInt64] {
    var places: [Int] = []
    var place = 0
    for piece in pieces {
      places.append(place)
      place += piece.words.count
    }
    places.append(place)
    var words: [UInt64] = []
    for (index, piece) in pieces.enumerated() {
      var copy = piece.words
      if let target = piece.target {
        let distance = places[min(target, pieces.count)] - places[index] - 1
        let low: UInt64 = piece.isShort ? 0xFFFF_FFFF_FFFF : 0xFFFF_FFFF
        let shift: UInt64 = piece.isShort ? 48 : 32
        copy[0] = copy[0] & low | UInt64(bitPattern: Int64(distance)) << shift
      }
      words += copy
    }
    return words
  }

  mutating func remove(_ index: Int) {
    guard pieces.indices.contains(index), pieces.count > 1 else { return }
    pieces.remove(at: index)
    shift(from: index + 1, by: -1)
  }

  mutating func copy(_ index: Int, to place: Int) { insert(self, index, at: place) }

  mutating func insert(_ other: LooseCode, _ index: Int, at place: Int) {
    guard other.pieces.indices.contains(index) else { return }
    var piece = other.pieces[index]
    piece.target = piece.target.map { min($0, pieces.count) }
    pieces.insert(piece, at: min(place, pieces.count))
    shift(from: place + 1, by: 1)
  }

  mutating func swap(_ first: Int, _ second: Int) {
    guard pieces.indices.contains(first), pieces.indices.contains(second) else { return }
    pieces.swapAt(first, second)
  }

  mutating func retarget(_ index: Int, to target: Int) {
    guard pieces.indices.contains(index), pieces[index].target != nil else { return }
    pieces[index].target = target
  }

  mutating func changeOpcode(_ index: Int, _ dice: inout Dice) {
    guard pieces.indices.contains(index) else { return }
    let all = Opcode.allCases
    let old = Opcode(rawValue: UInt8(truncatingIfNeeded: pieces[index].words[0]))
    // Of the same form, mostly.
    let alike = all.filter { old.map(InstructionFormat.init) == InstructionFormat($0) }
    let new =
      dice.roll(4) > 0 && alike.count > 1
      ? alike[dice.roll(alike.count)] : all[dice.roll(all.count)]
    pieces[index].words[0] = pieces[index].words[0] & ~0xFF | UInt64(new.rawValue)
    let format = InstructionFormat(new)
    pieces[index].isShort = format.c == .jump
    if format.c == .jump || format.wide == .jump {
      pieces[index].target = pieces[index].target ?? dice.roll(pieces.count)
    } else {
      pieces[index].target = nil
    }
    let length = 1 + format.extraWords
    while pieces[index].words.count < length { pieces[index].words.append(UInt64(dice.roll(3))) }
  }

  mutating func changeOperand(_ index: Int, _ program: Program, _ dice: inout Dice) {
    guard pieces.indices.contains(index) else { return }
    let word = dice.roll(8) == 0 ? dice.roll(pieces[index].words.count) : 0
    let shift = UInt64(16 * (1 + dice.roll(3)))
    let old = Int(pieces[index].words[word] >> shift & 0xFFFF)
    let new: Int =
      switch dice.roll(6) {
      case 0: ProgramMutation.nudged(old, &dice)
      case 1: dice.roll(70)
      case 2: 8 * dice.roll(max(program.constants.count, 1))
      default: 8 * dice.roll(12)
      }
    let mask: UInt64 = 0xFFFF << shift
    pieces[index].words[word] =
      pieces[index].words[word] & ~mask | UInt64(UInt16(truncatingIfNeeded: new)) << shift
  }

  private mutating func shift(from place: Int, by distance: Int) {
    for index in pieces.indices {
      if let target = pieces[index].target, target >= place {
        pieces[index].target = max(0, target + distance)
      }
    }
  }
}
