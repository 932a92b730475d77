import LashJSON
import LashLang

/// A compiled module: immutable, sendable, shared by any number of machines.
public struct Program: Sendable {
  /// The text it was compiled from, for positions; empty if it was stored without.
  public internal(set) var source: SourceFile
  /// The main block first, then functions, then processes.
  public internal(set) var bodies: [Body] = []
  /// Constants that instructions name.
  public internal(set) var constants: [Constant] = []
  /// Interned texts that instructions name: record keys, operation, signal, process and variable names.
  public internal(set) var keys: [String] = []
  /// Key lists of record literals and `start` arguments, as indexes into `keys`.
  public internal(set) var shapes: [[UInt32]] = []
  /// Variables of the main block, by register, so that a host can read and set them.
  public internal(set) var variables: [Variable] = []
  /// Index into `bodies` of each process, in the order of declaration.
  public internal(set) var processes: [ProcessEntry] = []
  /// Which instructions are which effects of the text. Not part of the identity.
  var sites = SiteTable()
  /// The 32 bytes that name what it does: SHA-256 over code and all that code names, not over the
  /// source text. Snapshots are bound to it. O(size of the code) the first time.
  public var identity: [UInt8] { knownIdentity.bytes { SHA256.hash(encodedBehaviour()) } }

  private var knownIdentity = ProgramIdentity()

  init(source: SourceFile) {
    self.source = source
  }

  /// One body of code.
  public struct Body: Sendable {
    /// The function's or process's name; `nil` for the main block.
    public var name: String?
    /// Number of parameters, in registers 0….
    public var parameterCount = 0
    /// Number of registers.
    public var registerCount = 0
    /// Fuel charged on entry.
    public var cost: UInt32 = 0
    /// Instruction and cache words.
    public var code: [UInt64] = []
    /// The place to blame for each word.
    public var spans: [SourceSpan] = []
  }

  /// A variable of the main block.
  public struct Variable: Sendable {
    /// Its name.
    public var name: String
    /// Its register.
    public var register: Int
    /// Whether it is a read-only binding of the host.
    public var isReadOnly: Bool
  }

  /// A process that can be run as an entry of its own.
  public struct ProcessEntry: Sendable {
    /// Its name.
    public var name: String
    /// Its parameters in register order.
    public var parameters: [String]
    /// Index into `bodies`.
    public var body: Int
  }
}

/// A constant of a program.
public enum Constant: Sendable {
  /// An integral number.
  case integer(Int64)
  /// Any other number.
  case double(Double)
  /// Text.
  case string(String)
  /// A module authority.
  case module(path: String, authority: String)
  /// A JSON Schema, maybe with `{"$variable": n}` holes for `makeType`.
  case schema(JSONValue)
}
