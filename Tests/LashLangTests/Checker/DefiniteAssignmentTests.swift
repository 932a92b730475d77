import Testing

@testable import LashLang

/// Rule EXP-2: a name that only some paths assign is a warning.
@Suite struct DefiniteAssignmentTests {
  /// Every path assigns what is read.
  @Test(arguments: [
    "if c { x = 1 } else { x = 2 }\nfinish x",
    "if c { x = 1 } else if d { x = 2 } else { x = 3 }\nfinish x",
    "if c { x = 1 } else { finish 0 }\nfinish x",
    "if c { finish 0 } else { x = 1 }\nfinish x",
    "while true {\n  x = 1\n  if c { break }\n}\nfinish x",
    "while true {\n  if c {\n    x = 1\n    break\n  } else {\n    x = 2\n    break\n  }\n}\nfinish x",
    "while true {\n  if c {\n    x = 1\n    break\n  }\n}\nfinish x",
    "while true {\n  for i in [1] { break }\n  x = 1\n  break\n}\nfinish x",
    "for i in [1] {\n  if c { continue } else { x = 1 }\n  print x\n}",
    "if c { if d { x = 1 } else { x = 2 } } else { x = 3 }\nfinish x",
    "a, b = (1, 2)\nfinish a + b",
    "finish 0\nprint c",
  ])
  func surelySet(text: String) {
    let codes = CheckedText(text, .sample(globals: ["c", "d"])).codes
    #expect(codes.filter { $0 != .unreachableCode } == [])
  }

  /// The marked read may meet the variable unset.
  @Test(arguments: [
    "if c { x = 1 }\nfinish ⟦x⟧",
    "if c { x = 1 } else if d { x = 2 }\nfinish ⟦x⟧",
    "for i in [1] { x = i }\nfinish ⟦x⟧",
    "while c { x = 1 }\nfinish ⟦x⟧",
    "while true {\n  if c { break }\n  x = 1\n  if d { break }\n}\nfinish ⟦x⟧",
    "while true {\n  if c {\n    x = 1\n    break\n  }\n  if d { break }\n}\nfinish ⟦x⟧",
    "for i in [1] {\n  if i > 1 { print ⟦x⟧ }\n  x = i\n}",
    "for i in [1] {\n  ⟦x⟧ += 1\n  x = i\n}",
    "if c { r = {} }\n⟦r⟧.a = 1",
    "while true {\n  while true {\n    if c {\n      x = 1\n      break\n    }\n    if d { break }\n  }\n"
      + "  print ⟦x⟧\n  break\n}",
  ])
  func perhapsUnset(text: String) {
    CheckedText(text, .sample(globals: ["c", "d"])).expectOnly(
      .maybeUnset, "may have no value here", hint: "give it a value first")
  }

  @Test func oneWarningAName() {
    let text = CheckedText("if c { x = 1 }\nprint x\nprint x", .sample(globals: ["c"]))
    #expect(text.codes == [.maybeUnset])
    #expect(!text.module.hasErrors)
  }

  @Test func bodiesAreSeparate() {
    let text = "process p(a: int) {\n  if a > 1 { x = 1 }\n  finish ⟦x⟧\n}\nx = 1\nfinish x"
    CheckedText(text).expectOnly(.maybeUnset, "`x`")
  }
}
