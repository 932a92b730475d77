import Testing

@testable import LashLang

/// DIA-3, DIA-5.
@Suite struct DiagnosticBagTests {
  @Test func errorsAreBoundedAndWarningsAreNot() {
    var bag = DiagnosticBag()
    for index in 0..<60 as Range<UInt32> {
      bag.report(Diagnostic(.expected, "e", at: SourceSpan(start: index, end: index)))
      bag.report(Diagnostic(.missingAwait, "w", at: nil))
    }
    #expect(bag.isFull)
    #expect(bag.diagnostics.count { $0.code == .expected } == 50)
    #expect(bag.diagnostics.count { $0.code == .tooManyErrors } == 1)
    #expect(bag.diagnostics.count { $0.code == .missingAwait } == 60)
  }

  @Test func sortedByPlaceThenByOrder() {
    var bag = DiagnosticBag()
    for (message, start) in [("c", 5), ("d", nil), ("a", 1), ("b", 1)] as [(String, UInt32?)] {
      bag.report(Diagnostic(.expected, message, at: start.map { SourceSpan(start: $0, end: $0) }))
    }
    #expect(bag.sorted.map(\.message) == ["a", "b", "c", "d"])
  }

  @Test func codesAreDistinctAndGrouped() {
    let codes = DiagnosticCode.allCases.map(\.rawValue)
    #expect(Set(codes).count == codes.count)
    for code in DiagnosticCode.allCases {
      let group = code.rawValue.prefix(3)
      let stage: DiagnosticStage =
        switch group {
        case "E00", "E01": .parse
        case "R00": .runtime
        case "E05": code == .bodyTooLarge ? .check : .parse
        case "W01": code == .divisionComment ? .parse : .check
        default: .check
        }
      #expect(code.stage == stage)
      #expect(code.severity == (group.hasPrefix("W") ? .warning : .error))
    }
  }
}
