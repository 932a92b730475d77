/// A call in progress: where to go on, and the caller's window.
struct CallFrame: BitwiseCopyable {
  /// The instruction after the call.
  var pc: Code
  /// The caller's window as a byte offset from the start of the stack.
  var base: Int
}

/// A body as the `call` instruction needs it.
struct BodyEntry: BitwiseCopyable {
  var code: Code
  /// Bytes of its register window.
  var windowSize: Int
  /// Fuel charged on entry.
  var cost: Int
}

/// How a machine stands when its handlers return. Stored in snapshots, so the numbers are fixed.
enum Status: UInt8, CaseIterable {
  case running = 0
  case finished = 1
  case failed = 2
  case fellOff = 3
  case suspended = 4
  case outOfFuel = 5
  case outOfMemory = 6
  case outOfDepth = 7
  case trapped = 8
}

/// Instruction and cache words.
typealias Code = UnsafeMutablePointer<UInt64>
typealias RawPointer = UnsafeMutableRawPointer
/// What the handlers know of their machine.
typealias VM = UnsafeMutablePointer<MachineState>

/// The registers, frames and memory of one machine, at a fixed address.
///
/// The handler table lies in the `MachineState.tableSize` bytes before it, so that one register serves
/// for both. Invariants while `status` is not `running`: `pc` names the next instruction to execute and
/// `base` the current window; every register of every live window holds a value that it owns, or is
/// unset; slots above the live windows hold unset values or stale numbers.
struct MachineState {
  static let tableSize = 256 * MemoryLayout<Handler>.stride
  /// The most bytes of registers, whatever the depth: more ends the run as too deep.
  static let maximumStack = 256 << 20

  var pc: Code
  var base: RawPointer
  /// Fuel left; may be negative by the cost of one block.
  var fuel: Int
  var status = Status.fellOff

  var stack: RawPointer
  var stackEnd: RawPointer
  var frames: UnsafeMutablePointer<CallFrame>
  /// The next free frame.
  var frame: UnsafeMutablePointer<CallFrame>
  /// Number of frames that there is room for.
  var frameCapacity: Int
  /// The most frames (`Bounds.depth`).
  var depth: Int

  var code: Code
  var bodies: UnsafeMutablePointer<BodyEntry>
  var constants: UnsafeMutablePointer<Value>
  let heap: Heap

  /// The values of the halt: the result of `finish` or `fail`. Owned.
  var result = Value.null
  /// The shapes of the program's literals, by their number; `Shape.none` where none fits.
  var literalShapes: UnsafeMutablePointer<UInt32>
  /// How often each site of the program was executed, in the order of `SiteTable.numbers`.
  var occurrences: UnsafeMutablePointer<Int>
  /// How many keys and shapes there were once the program was loaded: the same for all its machines.
  var loadedKeys = 0
  var loadedShapes = 0
  let program: Program
}

/// A handler: executes one instruction and goes on to the next by a tail call.
///
/// Exactly six integer arguments, so that all travel in registers: next word, this word, window,
/// machine, fuel left, constants.
typealias Handler =
  @convention(c) (
    _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
    _ constants: RawPointer
  ) -> Void

@inline(__always) func machine(_ vm: RawPointer) -> VM {
  vm.assumingMemoryBound(to: MachineState.self)
}

extension VM {
  /// A state at an address of its own, behind its handler table.
  static func make(_ state: consuming MachineState) -> VM {
    let memory = RawPointer.allocate(
      byteCount: MachineState.tableSize + MemoryLayout<MachineState>.size, alignment: 16)
    HandlerTable.install(at: memory)
    let vm = (memory + MachineState.tableSize).bindMemory(to: MachineState.self, capacity: 1)
    vm.initialize(to: state)
    return vm
  }

  /// Frees the state and all that it holds.
  func destroy() {
    pointee.unload()
    deinitialize(count: 1)
    (RawPointer(self) - MachineState.tableSize).deallocate()
  }
}

/// The register, or constant, at a byte offset.
@inline(__always) func slot(_ base: RawPointer, _ offset: Int) -> UnsafeMutablePointer<Value> {
  (base + offset).assumingMemoryBound(to: Value.self)
}

extension UInt64 {
  /// Operands of an instruction word.
  @inline(__always) var a: Int { Int(UInt16(truncatingIfNeeded: self >> 16)) }
  @inline(__always) var b: Int { Int(UInt16(truncatingIfNeeded: self >> 32)) }
  @inline(__always) var c: Int { Int(self >> 48) }
  @inline(__always) var jump: Int { Int(Int64(bitPattern: self) >> 48) }
  @inline(__always) var wide: Int { Int(self >> 32) }
  @inline(__always) var wideJump: Int { Int(Int64(bitPattern: self) >> 32) }
}
