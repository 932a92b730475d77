import LashJSON

/// The stable name of one effect of one run: equal in every replay, after every snapshot, and whatever
/// the compiler makes of the program (rule EFF-21).
///
/// Its text is `main:3#0` in a root run and `main:3#0/5#2` in a run that `main:3#0` started.
public struct EffectKey: Hashable, Sendable {
  /// The run that asks.
  public var run: RunKey
  /// Which effect of the program, and which execution of it in this run.
  public var point: EffectPoint

  /// The key of an effect.
  public init(run: RunKey, point: EffectPoint) {
    self.run = run
    self.point = point
  }
}

/// One execution of one effect within a run.
public struct EffectPoint: Hashable, Sendable {
  /// The number of the effect in the source order of its module, from 0. It does not depend on names of
  /// variables, layout or optimisation.
  public var site: Int
  /// How often the run had executed this effect before.
  public var occurrence: Int

  /// A point.
  public init(site: Int, occurrence: Int) {
    self.site = site
    self.occurrence = occurrence
  }
}

/// The name of a run: a root name such as `main`, or the text of the key of the `start` that began it.
///
/// Texts beyond ``longest`` bytes are replaced by a hash, so that runs can start runs without end.
public struct RunKey: Hashable, Sendable {
  /// The main block of a program.
  public static let main = RunKey(text: "main")
  /// The most bytes of a text.
  public static let longest = 160

  /// The name as text; this is the id of the run's handle.
  public let text: String

  private init(text: String) { self.text = text }

  /// A root run's name: 1 to 64 ASCII letters, digits, `_`, `-` and `.`; `nil` for any other text.
  public init?(root: String) {
    guard (1...64).contains(root.utf8.count), root.utf8.allSatisfy(Self.isRootByte) else {
      return nil
    }
    text = root
  }

  /// The run that the `start` with this key begins.
  public init(startedBy key: EffectKey) {
    let text = key.description
    self.text =
      text.utf8.count <= Self.longest
      ? text : "~" + SHA256.hexHash(Array(text.utf8)).prefix(32)
  }

  /// Reads the text of a run's name; `nil` if it is none. O(length).
  public init?(_ text: String) {
    guard text.utf8.count <= Self.longest else { return nil }
    if RunKey.isRoot(text[...]) || EffectKey(text) != nil {
      self.text = text
    } else {
      return nil
    }
  }

  /// Whether no `start` began it, as far as the text tells.
  var isRoot: Bool { RunKey.isRoot(text[...]) }

  fileprivate static func isRoot(_ text: Substring) -> Bool {
    if text.utf8.first == UInt8(ascii: "~") {
      return text.utf8.count == 33
        && text.utf8.dropFirst().allSatisfy {
          (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
        }
    }
    return (1...64).contains(text.utf8.count) && text.utf8.allSatisfy(isRootByte)
  }

  private static func isRootByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  fileprivate init(checked text: Substring) { self.text = String(text) }
}

extension RunKey: CustomStringConvertible {
  /// The name as text.
  public var description: String { text }
}

extension EffectKey: CustomStringConvertible {
  /// The key as text.
  public var description: String {
    "\(run.text)\(run.isRoot ? ":" : "/")\(point)"
  }

  /// Reads the text of a key; `nil` if it is none. O(length).
  public init?(_ text: String) {
    guard text.utf8.count <= 2 * RunKey.longest else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let first = parts[0].split(separator: ":", omittingEmptySubsequences: false)
    guard first.count == 2, RunKey.isRoot(first[0]) else { return nil }
    var points: [EffectPoint] = []
    for part in [first[1]] + parts.dropFirst() {
      guard let point = EffectPoint(part) else { return nil }
      points.append(point)
    }
    guard let last = points.last else { return nil }
    let end = text.lastIndex { $0 == "/" || $0 == ":" } ?? text.startIndex
    guard text[..<end].utf8.count <= RunKey.longest else { return nil }
    self.init(run: RunKey(checked: text[..<end]), point: last)
  }
}

extension EffectPoint: CustomStringConvertible {
  /// The point as text, such as `3#0`.
  public var description: String { "\(site)#\(occurrence)" }

  fileprivate init?(_ text: Substring) {
    let parts = text.split(separator: "#", omittingEmptySubsequences: false)
    guard parts.count == 2, let site = Self.number(parts[0]), let occurrence = Self.number(parts[1])
    else { return nil }
    self.init(site: site, occurrence: occurrence)
  }

  /// A number in its one form: digits without leading zeros.
  private static func number(_ text: Substring) -> Int? {
    guard let first = text.utf8.first, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      text.utf8.count == 1 || first != 0x30
    else { return nil }
    return Int(text)
  }
}
