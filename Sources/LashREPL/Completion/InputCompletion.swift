/// What may stand at the cursor.
public struct InputCompletion: Sendable {
  /// One text that may stand there.
  public struct Candidate: Hashable, Sendable {
    /// The whole word.
    public var text: String
    /// What goes on after it, such as `(`: one ASCII character, none if that is open.
    public var suffix: UInt8?

    /// A candidate.
    public init(_ text: String, suffix: Character? = nil) {
      self.text = text
      self.suffix = suffix?.asciiValue
    }
  }

  /// The candidates in the order of their texts, each once; all begin with what was typed.
  public var candidates: [Candidate] = []
  /// Whether the name of a file stands here, which the host of the prompt completes.
  public var isFile = false

  /// Nothing.
  public init() {}

  init(_ candidates: some Sequence<Candidate>, typed: String) {
    var seen: Set<String> = []
    let matching = candidates.filter { $0.text.hasPrefix(typed) && seen.insert($0.text).inserted }
    self.candidates = matching.sorted { $0.text < $1.text }
  }

  static var file: InputCompletion {
    var completion = InputCompletion()
    completion.isFile = true
    return completion
  }
}
