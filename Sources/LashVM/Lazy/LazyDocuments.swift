import LashJSON

/// The JSON texts that lazy values of one machine read from, with their indexes.
struct LazyDocuments {
  struct Entry {
    let document: JSONDocument
    /// The block that stands for it in machine memory, not owned.
    let block: Object
    var index: JSONIndex?
    /// Directories of large arrays and objects, by their offset.
    var directories: [Int: JSONDirectory] = [:]
    /// The offsets of the directories, in the order in which they were made.
    var order: [Int] = []
    /// Where lazy strings are said to begin, while a snapshot is read.
    var strings: [Int] = []
    /// Bytes counted as machine memory for index and directories.
    var memory = 0
  }

  private(set) var entries: [Entry?] = []
  private var free: [Int] = []
  /// The documents by the length of their text.
  private var numbers: [Int: [Int]] = [:]

  /// The block of a document that is known already. The text decides, not the object: what a run costs must
  /// not depend on whether its host gives one object twice, nor on a snapshot in between.
  func block(of document: JSONDocument) -> Object? {
    for number in numbers[document.bytes.count] ?? [] {
      guard let entry = entries[number], entry.document.promisedHash == document.promisedHash,
        entry.document === document || entry.document.bytes == document.bytes
      else { continue }
      return entry.block
    }
    return nil
  }

  /// Adds a document and gives its number.
  mutating func add(_ document: JSONDocument, _ block: Object) -> Int {
    let number = free.popLast() ?? entries.count
    if number == entries.count { entries.append(nil) }
    entries[number] = Entry(document: document, block: block)
    numbers[document.bytes.count, default: []].append(number)
    return number
  }

  /// Forgets a document whose block is freed; the memory that was counted for it.
  mutating func remove(_ number: Int) -> Int {
    guard let entry = entries[number] else { return 0 }
    entries[number] = nil
    let length = entry.document.bytes.count
    numbers[length]?.removeAll { $0 == number }
    if numbers[length]?.isEmpty == true { numbers[length] = nil }
    free.append(number)
    return entry.memory
  }

  /// Notes where a lazy string is said to begin.
  mutating func note(string offset: Int, of number: Int) {
    entries[number]?.strings.append(offset)
  }

  /// Whether all strings that were noted begin where the texts have strings. Forgets the notes.
  mutating func checkStrings() -> Bool {
    for number in entries.indices {
      guard let entry = entries[number], !entry.strings.isEmpty else { continue }
      guard entry.index?.haveStrings(at: entry.strings.sorted()) ?? false else { return false }
      entries[number]?.strings = []
    }
    return true
  }

  mutating func set(_ index: JSONIndex, of number: Int, memory: Int) {
    entries[number]?.index = index
    entries[number]?.memory += memory
  }

  mutating func set(_ directory: JSONDirectory, at offset: Int, of number: Int, memory: Int) {
    entries[number]?.directories[offset] = directory
    entries[number]?.order.append(offset)
    entries[number]?.memory += memory
  }
}
