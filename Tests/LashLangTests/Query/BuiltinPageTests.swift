import Testing

@testable import LashLang

@Suite struct BuiltinPageTests {
  /// The signature that people see agrees with the counts that the checker enforces (rule BLT-0).
  @Test(arguments: Builtin.allCases)
  func signatureHasTheParameters(_ builtin: Builtin) {
    let page = builtin.page
    #expect(page.signature.hasPrefix(builtin.rawValue + "("))
    let required = page.parameters.filter { !$0.hasSuffix("?") && !$0.hasSuffix("...") }
    #expect(required.count == builtin.minimumArguments, "\(page.signature)")
    if page.parameters.last?.hasSuffix("...") ?? false {
      #expect(builtin.maximumArguments == nil)
    } else {
      #expect(page.parameters.count == builtin.maximumArguments)
    }
    #expect(page.summary.hasSuffix("."))
  }
}
