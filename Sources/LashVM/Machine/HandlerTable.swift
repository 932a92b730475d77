/// The handlers by opcode. An instruction without one of its own is executed by `slow`.
struct HandlerTable {
  private let handlers: UnsafeMutablePointer<Handler>

  /// Fills the 256 entries at `address`.
  static func install(at address: RawPointer) {
    let table = HandlerTable(handlers: address.bindMemory(to: Handler.self, capacity: 256))
    for opcode in 0..<256 {
      (table.handlers + opcode).initialize(to: slow)
    }
    table.installMoves()
    table.installArithmetic()
    table.installComparisons()
    table.installJumps()
    table.installLoops()
    table.installData()
    table.installPaths()
    table.installCalls()
    table.installEffects()
  }

  /// Makes every instruction stop the machine before it, with the status `running`.
  func pauseEverywhere() {
    for opcode in 0..<256 { handlers[opcode] = pause }
  }

  /// The handler of an instruction word.
  subscript(word: UInt64) -> Handler { handlers[Int(UInt8(truncatingIfNeeded: word))] }

  /// The table of a machine.
  init(of vm: VM) {
    handlers = (RawPointer(vm) - MachineState.tableSize)
      .bindMemory(to: Handler.self, capacity: 256)
  }

  private init(handlers: UnsafeMutablePointer<Handler>) { self.handlers = handlers }

  func set(_ opcode: Opcode, _ handler: Handler) {
    handlers[Int(opcode.rawValue)] = handler
  }
}
