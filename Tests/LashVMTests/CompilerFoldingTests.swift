import LashLang
import Testing

@testable import LashVM

@Suite struct CompilerFoldingTests {
  /// Values by Python: exact integers, IEEE doubles.
  @Test(arguments: [
    ("-5", "loadInteger r0, -5"),
    ("2 + 3 * 4", "loadInteger r0, 14"),
    ("7 % -3", "loadInteger r0, 1"),
    ("6 / 3", "loadInteger r0, 2"),
    ("1 / 4", "loadConstant r0, 0.25"),
    ("9007199254740993 + 1", "loadConstant r0, 9007199254740994"),
    ("\"a\" + \"b\"", "loadConstant r0, \"ab\""),
    ("-0", "loadInteger r0, 0"),
  ])
  func folds(_ source: String, _ instruction: String) throws {
    #expect(try listing("x = " + source).first == instruction)
  }

  /// What overflows, divides by zero or converts is left to the machine.
  @Test(arguments: [
    "9223372036854775807 + 1", "1 / 0", "5 % 0", "\"6\" * 7", "1 + null", "\"a\" + 1",
  ])
  func leavesToTheMachine(_ source: String) throws {
    #expect(try listing("x = " + source).count > 2)
  }

  /// Rule BND-3: an operator costs 1 whether it is folded or not.
  @Test func foldingKeepsTheCost() throws {
    #expect(try compile("x = 2 + 3 * 4").bodies[0].cost == 3)
  }
}
