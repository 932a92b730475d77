import LashLang
import Testing

@testable import LashVM

/// What instructions rely on without looking must be checked when a machine is restored. These tests
/// put other values into the hidden registers of a suspended machine, as a forger of bytes could.
@Suite("Hidden state of restored machines")
struct HiddenStateTests {
  /// Whether a machine is refused whose register `change` has altered, suspended at its first effect.
  private func isRefused(
    _ source: String, role: HiddenRegisters.Role,
    _ change: (UnsafeMutablePointer<Value>, Heap) throws -> Void
  ) throws -> Bool {
    let program = try compile(source, host: .testing())
    var machine = Machine(program)
    guard case .suspended = machine.run() else {
      Issue.record("not suspended")
      return false
    }
    let vm = machine.vm
    let hidden = HiddenRegisters(program.bodies[0].code)
    let position = vm.pointee.pc - vm.pointee.bodies[0].code
    let use = try #require(hidden.uses(at: position).first { $0.role == role })
    _ = try Machine(restoring: machine.snapshot(), program: program)
    try change(slot(vm.pointee.stack, use.register * 8), vm.pointee.heap)
    do throws(SnapshotError) {
      _ = try Machine(restoring: machine.snapshot(), program: program)
      return false
    } catch {
      guard case .damaged = error else { return false }
      return true
    }
  }

  @Test("A loop over a range has numbers below 2^53 in its counter")
  func counter() throws {
    let loop = "for i in range(5) { print i }"
    #expect(
      try isRefused(loop, role: .counter) { slot, heap in
        slot[0] = Value(try heap.makeString("x"))
      })
    #expect(
      try isRefused(loop, role: .counter) { slot, heap in
        slot[2] = Value(try heap.makeList(capacity: 0))
      })
    #expect(try isRefused(loop, role: .counter) { slot, _ in slot[1] = .null })
    #expect(try isRefused(loop, role: .counter) { slot, _ in slot[1] = Value(double: .nan) })
    #expect(try isRefused(loop, role: .counter) { slot, _ in slot[1] = Value(double: 1e9) })
    #expect(try isRefused(loop, role: .counter) { slot, _ in slot[0] = Value(double: 1e300) })
    #expect(try isRefused(loop, role: .counter) { slot, _ in slot[1] = .unset })
  }

  @Test("A loop over a list has a list and a position in it")
  func iterator() throws {
    let loop = "for x in [1, 2] { for y in (3, 4) { print y } }"
    #expect(try isRefused(loop, role: .iterator) { slot, _ in slot[0] = .unset })
    #expect(
      try isRefused(loop, role: .iterator) { slot, heap in
        slot[0] = Value(try heap.makeString("abc"))
      })
    for position in [-1, 0.5, 3, .infinity, .nan] {
      #expect(
        try isRefused(loop, role: .iterator) { slot, _ in
          slot[1] = Value(double: position)
        })
    }
    #expect(try isRefused(loop, role: .iterator) { slot, _ in slot[1] = .true })
  }

  @Test("A list in the making has no other owner")
  func collector() throws {
    let loop = "xs = [(await m.a(x))? for x in [1, 2]]"
    #expect(try isRefused(loop, role: .collector) { slot, _ in slot[0] = .null })
    #expect(
      try isRefused(loop, role: .collector) { slot, heap in
        // The first variable gets the list too.
        heap.retain(slot[0])
        let variable = slot - 1
        variable[0] = slot[0]
      })
  }

  @Test("A batch in the making is a list of calls")
  func batch() throws {
    let batch = "xs = await [m.a(1), m.b(2)]"
    #expect(try isRefused(batch, role: .batch) { slot, _ in slot[0] = .null })
    #expect(
      try isRefused(batch, role: .batch) { slot, heap in
        slot[0] = Value(try heap.makeList(capacity: 0))
      })
    #expect(
      try isRefused(batch, role: .batch) { slot, _ in
        slot[0].object.values[0].object.values[1] = Value(double: 1e6)
      })
    #expect(
      try isRefused(batch, role: .batch) { slot, _ in
        slot[0].object.values[0].object.values[2] = .null
      })
    #expect(
      try isRefused(batch, role: .batch) { slot, heap in
        slot[0].object.values[1] = Value(try heap.makeBlock(.tuple, count: 0))
      })
  }

  @Test("State that is not needed any more is not asked for")
  func afterwards() throws {
    let source = """
      for i in range(3) { if i == 1 { break } }
      for x in [1] { y = x }
      z = [q for q in (1, 2)]
      print z
      """
    let program = try compile(source)
    let hidden = HiddenRegisters(program.bodies[0].code)
    var machine = Machine(program)
    #expect(machine.run().text == "suspended")
    #expect(hidden.uses(at: machine.vm.pointee.pc - machine.vm.pointee.bodies[0].code).isEmpty)
    #expect(hidden.uses(at: 0).isEmpty)
  }
}
