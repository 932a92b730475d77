import LashLang
import Testing

@testable import LashVM

/// `sort` and `sort_by` against the order of (key, place), `unique` against comparing all with all.
struct SortPropertyTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func stableOrder(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    for count in [0, 1, 2, 3, 7, 64, 65, 500] {
      let keys = (0..<count).map { _ in random.below(max(count / 3, 1)) }
      let rows = keys.enumerated().map { #"{"k":\#($1),"n":\#($0)}"# }
      for isDescending in [false, true] {
        let places = keys.indices.sorted {
          keys[$0] == keys[$1] ? $0 < $1 : (keys[$0] < keys[$1]) != isDescending
        }
        let order = isDescending ? "desc" : "asc"
        try BuiltinLab.run { lab throws in
          let sorted = "[" + places.map { rows[$0] }.joined(separator: ",") + "]"
          let arguments = "[[" + rows.joined(separator: ",") + #"],"k","\#(order)"]"#
          #expect(
            try lab.call(.sortBy, lab.values(arguments)) == .value(sorted), "seed \(seed)")
          let numbers = "[[" + keys.map(String.init).joined(separator: ",") + #"],"\#(order)"]"#
          let inOrder = "[" + places.map { "\(keys[$0])" }.joined(separator: ",") + "]"
          #expect(try lab.call(.sort, lab.values(numbers)) == .value(inOrder), "seed \(seed)")
        }
      }
      try BuiltinLab.run { lab throws in
        let items = keys.map { $0 % 2 == 0 ? "[\($0)]" : "\"\($0)\"" }
        var first: [String] = []
        for item in items where !first.contains(item) { first.append(item) }
        let answer = lab.call(.unique, try lab.values("[[\(items.joined(separator: ","))]]"))
        #expect(answer == .value("[\(first.joined(separator: ","))]"), "seed \(seed)")
      }
    }
  }
}
