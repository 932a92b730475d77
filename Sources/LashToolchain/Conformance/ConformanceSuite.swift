import LashJSON

/// Files as a suite reads them; who has a file system supplies it.
public struct FileTree: Sendable {
  /// The names in a folder, or `nil` if the path is no folder.
  public var list: @Sendable (String) -> [String]?
  /// The bytes of a file, or `nil` if it cannot be read.
  public var read: @Sendable (String) -> [UInt8]?

  /// A tree of two functions.
  public init(
    list: @escaping @Sendable (String) -> [String]?, read: @escaping @Sendable (String) -> [UInt8]?
  ) {
    self.list = list
    self.read = read
  }
}

/// Cases found in files and folders, and those that are known to disagree.
public struct ConformanceSuite: Sendable {
  /// The cases in the order of their files.
  public private(set) var cases: [ConformanceCase] = []
  /// Cases that are expected to disagree, each with the reason.
  public private(set) var known: [String: String] = [:]

  /// Finds the cases of `paths`: files, or folders that are searched for `.lash` files in order of
  /// their names. `.jsonl` and `.md` files have to be named. A program beside a `.expected.json` is an example; `KNOWN.md` lists what is known.
  public init(_ paths: [String], in files: FileTree) throws(ConformanceError) {
    for path in paths {
      try add(path.hasSuffix("/") ? String(path.dropLast()) : path, files, isNamed: true)
    }
    var places: [String: String] = [:]
    for one in cases {
      if let other = places.updateValue(one.place, forKey: one.id) {
        throw ConformanceError(one.place, "`\(one.id)` exists twice, see \(other)")
      }
    }
    for id in known.keys.sorted() where places[id] == nil {
      throw ConformanceError("KNOWN.md", "there is no case `\(id)`")
    }
  }

  /// The suite with the first of every `count` cases only, `count` at least 1.
  public func sample(ofEvery count: Int) -> ConformanceSuite {
    var sample = self
    sample.cases = cases.indices.filter { $0 % count == 0 }.map { cases[$0] }
    return sample
  }

  private mutating func add(
    _ path: String, _ files: FileTree, isNamed: Bool
  ) throws(ConformanceError) {
    if let names = files.list(path) {
      for name in names.sorted() where !name.hasPrefix(".") {
        try add("\(path)/\(name)", files, isNamed: false)
      }
    } else if path.hasSuffix(".lash") {
      try addProgram(path, files)
    } else if path.hasSuffix("/KNOWN.md") {
      try addKnown(String(decoding: try Self.read(path, files), as: UTF8.self), path)
    } else if isNamed {
      let bytes = try Self.read(path, files)
      if path.hasSuffix(".jsonl") {
        cases += try ConformanceFile.cases(jsonLines: bytes, path: path)
      } else if path.hasSuffix(".md") {
        cases += try SpecificationExamples.cases(bytes, path: path)
      } else {
        throw ConformanceError(
          path, "cases are read from folders and from `.lash`, `.jsonl` and `.md` files")
      }
    }
  }

  private mutating func addProgram(_ path: String, _ files: FileTree) throws(ConformanceError) {
    let bytes = try Self.read(path, files)
    let stem = path.dropLast(5)
    if let expected = files.read("\(stem).expected.json") {
      cases.append(
        try ConformanceFile.example(
          bytes, path: path, mock: files.read("\(stem).mock.json"), expected: expected))
      return
    }
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    cases += try ConformanceFile.cases(bytes, path: path) { name in
      files.read(folder.isEmpty ? name : "\(folder)/\(name)")
    }
  }

  /// Takes the lines of the form ``- `case-id`: reason``.
  private mutating func addKnown(_ text: String, _ path: String) throws(ConformanceError) {
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    where line.hasPrefix("- `") {
      let parts = line.dropFirst(3).split(separator: "`", maxSplits: 1)
      let reason = parts.count == 2 ? parts[1].drop { $0 == ":" || $0 == " " } : ""
      guard let id = parts.first, !reason.isEmpty else {
        throw ConformanceError("\(path):\(index + 1)", "expected - `case-id`: reason")
      }
      known[String(id)] = String(reason)
    }
  }

  private static func read(
    _ path: String, _ files: FileTree
  ) throws(ConformanceError) -> [UInt8] {
    guard let bytes = files.read(path) else {
      throw ConformanceError(path, "no such file, or it cannot be read")
    }
    return bytes
  }
}
