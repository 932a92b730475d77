extension SourceFormatter {
  /// What formatting changes, as small edits in order; nothing if the text is formatted already.
  ///
  /// The formatter changes only what stands between tokens, so both texts are walked side by side
  /// and an edit replaces what differs between two tokens. O(text).
  public static func edits(of source: SourceFile) -> [SourceEdit] {
    let new = format(source).bytes
    let old = source.bytes
    var edits: [SourceEdit] = []
    var left = 0
    var right = 0
    while left < old.count || right < new.count {
      if left < old.count, right < new.count, old[left] == new[right] {
        left += 1
        right += 1
        continue
      }
      // Back to the token before, then on to the one behind, on both sides.
      while left > 0, right > 0, isGap(old[left - 1]), old[left - 1] == new[right - 1],
        left > Int(edits.last?.span.end ?? 0)
      {
        left -= 1
        right -= 1
      }
      let leftEnd = old[left...].firstIndex { !isGap($0) } ?? old.count
      let rightEnd = new[right...].firstIndex { !isGap($0) } ?? new.count
      guard leftEnd > left || rightEnd > right else { return [whole(old, new)] }
      edits.append(edit(old, left..<leftEnd, new, right..<rightEnd))
      left = leftEnd
      right = rightEnd
    }
    return apply(edits, to: old) == new ? edits : [whole(old, new)]
  }

  /// The text after some edits, which are in order and do not overlap.
  public static func apply(_ edits: [SourceEdit], to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var place = 0
    for edit in edits {
      result += bytes[place..<Int(edit.span.start)]
      result += Array(edit.text.utf8)
      place = Int(edit.span.end)
    }
    return result + bytes[place...]
  }

  private static func isGap(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09...0x0D, UInt8(ascii: ";"), UInt8(ascii: ","): true
    default: false
    }
  }

  /// One edit without what is the same at both ends.
  private static func edit(
    _ old: [UInt8], _ left: Range<Int>, _ new: [UInt8], _ right: Range<Int>
  ) -> SourceEdit {
    var (left, right) = (left, right)
    while !left.isEmpty, !right.isEmpty, old[left.lowerBound] == new[right.lowerBound] {
      left = left.lowerBound + 1..<left.upperBound
      right = right.lowerBound + 1..<right.upperBound
    }
    while !left.isEmpty, !right.isEmpty, old[left.upperBound - 1] == new[right.upperBound - 1] {
      left = left.lowerBound..<left.upperBound - 1
      right = right.lowerBound..<right.upperBound - 1
    }
    return SourceEdit(
      span: SourceSpan(start: UInt32(left.lowerBound), end: UInt32(left.upperBound)),
      text: String(decoding: new[right], as: UTF8.self))
  }

  private static func whole(_ old: [UInt8], _ new: [UInt8]) -> SourceEdit {
    SourceEdit(
      span: SourceSpan(start: 0, end: UInt32(old.count)), text: String(decoding: new, as: UTF8.self)
    )
  }
}
