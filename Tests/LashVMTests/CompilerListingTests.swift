import LashLang
import Testing

@testable import LashVM

/// Expected listings are derived by hand from the instruction set and the rules cited.
@Suite struct CompilerListingTests {
  @Test func straightLine() throws {
    let code = try listing("x = 1\ny = x + 2\nfinish y")
    #expect(
      code == [
        "loadInteger r0, 1", "addConstant r1, r0, 2", "copy r2, r1", "finish r2", "end",
      ])
  }

  @Test func whileIsTestedAtTheBottom() throws {
    let code = try listing("i = 0\nwhile i < 10 { i += 1 }")
    #expect(
      code == [
        "loadInteger r0, 0", "jump → 4", "charge 4", "addConstant r0, r0, 1",
        "jumpIfLessConstant r0, 10, → 2", "end",
      ])
  }

  @Test func endlessLoop() throws {
    let code = try listing("i = 0\nwhile true {\n  i += 1\n  if i > 3 { break }\n}\nfinish i")
    #expect(
      code == [
        "loadInteger r0, 0", "charge 5", "addConstant r0, r0, 1",
        "jumpIfNotGreaterConstant r0, 3, → 6", "charge 1", "jump → 7", "jump → 1", "copy r1, r0",
        "finish r1", "end",
      ])
  }

  @Test func countedLoop() throws {
    let code = try listing("n = 0\nfor i in range(5) { n = n + i }")
    #expect(
      code == [
        "loadInteger r0, 0", "loadInteger r1, 0", "loadInteger r2, 5", "loadInteger r3, 1",
        "rangeBegin r1, 3, → 7", "add r0, r0, r4", "rangeNext r1, 3, → 5", "end",
      ])
  }

  @Test func destructuringLoopWithBreak() throws {
    let code = try listing(
      "for k, v in rows { if v { break } }", host: .testing(globals: ["rows"]))
    #expect(
      code == [
        "copy r1, r0", "iterateBegin r1, 2, → 9", "unpack r4…r5, r3", "jumpIfFalse r5, → 8",
        "charge 1", "clear r1", "clear r3", "jump → 9", "iterateNext r1, 2, → 2", "clear r4",
        "clear r5", "end",
      ])
  }

  @Test func appendsInPlace() throws {
    let code = try listing("xs = [1, 2]\nxs = push(xs, 3)\nxs = xs + [4]\nxs += [5]")
    #expect(
      code == [
        "loadInteger r1, 1", "loadInteger r2, 2", "makeList r0, r1…r2", "loadInteger r1, 3",
        "push r0, r1", "loadInteger r1, 4", "push r0, r1", "loadInteger r1, 5", "push r0, r1",
        "end",
      ])
  }

  /// A name that may hold a text must not `push`: text + list is the text of both.
  @Test func addsListToUnknownByPlus() throws {
    let code = try listing("x = x + [1]", host: .testing(globals: ["x"]))
    #expect(
      code == ["loadInteger r1, 1", "makeList r1, r1", "add r0, r0, r1", "clear r1", "end"])
  }

  @Test func buildsTextInPlace() throws {
    let code = try listing("s = \"a\"\ns = s + \"b\" + s + \"c\"")
    #expect(
      code == [
        "loadConstant r0, \"a\"", "copy r1, r0", "addConstant r0, r0, \"b\"", "add r0, r0, r1",
        "clear r1", "addConstant r0, r0, \"c\"", "end",
      ])
  }

  @Test func updatesPathsInPlace() throws {
    let code = try listing(
      "r = {a: [1]}\nr.a = push(r.a, 2)\nr.n += 3\nr[k] = r[k] * 4\nr.n = r[k]",
      host: .testing(globals: ["k"]))
    #expect(
      code == [
        "loadInteger r2, 1", "makeList r2, r2", "makeRecord r0, r2, {a}", "loadInteger r2, 2",
        "updatePath r0.a, push, r2", "loadInteger r2, 3", "updatePath r0.n, add, r2",
        "loadInteger r2, 4", "updatePath r0[r1], multiply, r2", "index r2, r0, r1",
        "setPath r0.n, r2", "clear r2", "end",
      ])
  }

  @Test func conditionsJump() throws {
    let code = try listing(
      "a = 1\nif a == null or a > 2 and not a < 0 { a = 5 } else { a = 6 }")
    #expect(
      code == [
        "loadInteger r0, 1", "jumpIfNull r0, → 4", "jumpIfNotGreaterConstant r0, 2, → 7",
        "jumpIfLessConstant r0, 0, → 7", "charge 1", "loadInteger r0, 5", "jump → 9", "charge 1",
        "loadInteger r0, 6", "end",
      ])
  }

  @Test func conditionOnTemporaryLeavesNothingBehind() throws {
    let code = try listing("if r.a { x = 1 }", host: .testing(globals: ["r"]))
    #expect(
      code == [
        "field r2, r0, a", "takeJumpIfFalse r2, → 4", "charge 1", "loadInteger r1, 1", "end",
      ])
  }

  @Test func recursiveFunction() throws {
    let code = try listing(
      "fn f(n: int) -> int { n < 2 ? n : f(n - 1) + f(n - 2) }", body: 1)
    #expect(
      code == [
        "jumpIfNotLessConstant r0, 2, → 2", "ret r0, 1", "subtractConstant r1, r0, 1",
        "call r1, f", "subtractConstant r2, r0, 2", "call r2, f", "add r1, r1, r2", "ret r1, 1",
      ])
  }

  @Test func functionResults() throws {
    let code = try listing(
      "fn f(n: int) -> any {\n  if n { \"a\" } else if n > 1 { x = n }\n}", body: 1)
    #expect(
      code == [
        "jumpIfFalse r0, → 4", "charge 1", "loadConstant r2, \"a\"", "ret r2, 2",
        "jumpIfNotGreaterConstant r0, 1, → 9", "charge 1", "copy r1, r0", "loadNull r2",
        "ret r2, 2", "loadNull r2", "ret r2, 2",
      ])
  }

  @Test func comprehension() throws {
    let code = try listing("xs = [1, 2]\nys = [x * 2 for x in xs if x > 1]")
    #expect(
      code == [
        "loadInteger r2, 1", "loadInteger r3, 2", "makeList r0, r2…r3", "makeList r2, none",
        "copy r3, r0", "iterateBegin r3, 2, → 11", "jumpIfNotGreaterConstant r5, 1, → 10",
        "charge 1", "multiplyConstant r6, r5, 2", "appendItem r2, r6", "iterateNext r3, 2, → 6",
        "move r1, r2", "end",
      ])
  }

  @Test func swap() throws {
    let code = try listing("a = 1\nb = 2\na, b = b, a")
    #expect(
      code == [
        "loadInteger r0, 1", "loadInteger r1, 2", "copy r2, r1", "copy r3, r0", "move r0, r2",
        "move r1, r3", "end",
      ])
  }

  @Test func operation() throws {
    let code = try listing("y = await m.a({})?", host: .testing())
    #expect(
      code == [
        "loadConstant r1, m", "makeRecord r2, none, {}", "operation r1, 1, a", "unwrap r1, r1, 1",
        "move r0, r1", "end",
      ])
  }

  @Test func batch() throws {
    let code = try listing("r = await [m.a(1)?, 2]", host: .testing())
    #expect(
      code == [
        "batchBegin r2", "loadConstant r3, m", "loadInteger r4, 1",
        "batchAdd r3, r2, a, 1 arguments?",
        "loadInteger r4, 2", "makeList r1, r3…r4", "batchRun r1, r2", "move r0, r1", "end",
      ])
  }

  @Test func unwrapOfAwaitedAggregate() throws {
    let code = try listing("r = await hs?", host: .testing(globals: ["hs"]))
    #expect(
      code == ["copy r2, r1", "awaitValue r2", "unwrapEach r2, r2", "move r0, r2", "end"])
  }

  @Test func checksWhereAPathLeavesItUnset() throws {
    let code = try listing("if c { x = 1 }\nfinish x", host: .testing(globals: ["c"]))
    #expect(
      code == [
        "jumpIfFalse r0, → 3", "charge 1", "loadInteger r1, 1", "checkSet r1, x", "copy r2, r1",
        "finish r2", "end",
      ])
  }

  @Test func functionsClearWhatTheyCheck() throws {
    let code = try listing("fn f(c: bool) -> any {\n  if c { x = 1 }\n  x\n}", body: 1)
    #expect(
      code == [
        "clear r1", "jumpIfFalse r0, → 4", "charge 1", "loadInteger r1, 1", "checkSet r1, x",
        "ret r1, 2",
      ])
  }

  @Test func bindingsHideVariables() throws {
    let program = try compile("x = 1\nfor x in [2] { y = x }\nz = x")
    #expect(program.variables.map(\.name) == ["x", "y", "z"])
  }

  @Test func nanNeedsTheNegatedJump() throws {
    let code = try listing("a = 1\nif a >= b { a = 2 }", host: .testing(globals: ["b"]))
    #expect(code[1] == "jumpIfNotLessOrEqual r1, r0, → 4")
  }
}
