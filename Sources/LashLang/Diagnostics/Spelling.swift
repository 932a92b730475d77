/// Finds what a misspelt name was probably meant to be (rule DIA-4).
public enum Spelling {
  /// Longer names are not compared.
  private static let longest = 64
  /// No more candidates than this are compared.
  private static let mostCandidates = 5_000

  /// The candidate nearest to `name`: at most one edit in three letters away, an edit being one
  /// letter more, less or other, or two neighbours swapped. The first of equals wins.
  /// O(candidates · length²), both bounded.
  public static func closest(
    to name: String, among candidates: some Sequence<String>
  ) -> String? {
    let wanted = Array(name.unicodeScalars.prefix(longest + 1))
    guard wanted.count <= longest else { return nil }
    var best: String?
    var bound = min((wanted.count + 1) / 3, 3)
    for candidate in candidates.prefix(mostCandidates) where bound > 0 && candidate != name {
      let scalars = Array(candidate.unicodeScalars.prefix(longest + 1))
      guard scalars.count <= longest, abs(scalars.count - wanted.count) <= bound else { continue }
      let distance = edits(wanted, scalars)
      // A later candidate must be strictly nearer.
      if distance <= bound {
        best = candidate
        bound = distance - 1
      }
    }
    return best
  }

  /// The number of edits between two texts (optimal string alignment).
  private static func edits(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, leftScalar) in left.enumerated() {
      var current = [row + 1]
      for (column, rightScalar) in right.enumerated() {
        let isEqual = leftScalar == rightScalar
        var cost = min(
          last[column] + (isEqual ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, leftScalar == right[column - 1], left[row - 1] == rightScalar {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
