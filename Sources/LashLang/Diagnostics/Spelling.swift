/// Stand-in until the real one is merged.
enum Spelling {
  static func closest(to text: String, among candidates: some Sequence<String>) -> String? {
    let a = Array(text.unicodeScalars)
    var best: (String, Int)?
    for candidate in candidates {
      let b = Array(candidate.unicodeScalars)
      if abs(a.count - b.count) > 2 { continue }
      var row = Array(0...b.count)
      for i in 0..<a.count {
        var previous = row[0]
        row[0] = i + 1
        for j in 0..<b.count {
          let current = row[j + 1]
          row[j + 1] = min(row[j] + 1, current + 1, previous + (a[i] == b[j] ? 0 : 1))
          previous = current
        }
      }
      if row[b.count] <= max(1, a.count / 3), row[b.count] < best?.1 ?? .max { best = (candidate, row[b.count]) }
    }
    return best?.0
  }
}
