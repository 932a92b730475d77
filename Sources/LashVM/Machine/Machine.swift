import LashLang

/// A program in the course of being run: a value that its holder steps.
///
/// It never waits, never reads a clock and never calls out. `run` goes on until the program ends,
/// asks its host for something, or exhausts a bound; the host answers with `resume`.
public struct Machine: ~Copyable {
  private let program: Program

  /// A machine at the start of the main block of `program`, its variables set from `globals`.
  public init(_ program: Program, bounds: Bounds = Bounds(), globals: [HostField] = []) {
    self.program = program
  }

  /// A machine at the start of a process (index into `Program.processes`).
  public init(
    _ program: Program, process: Int, arguments: [HostField], bounds: Bounds = Bounds()
  ) {
    self.program = program
  }

  /// Runs until the program halts. After `.suspended` use `resume`; after a final halt it gives
  /// that halt again.
  public mutating func run() -> Halt { .fellOff }

  /// Answers the pending request and goes on. An answer of a wrong shape traps (`R0005`).
  public mutating func resume(with outcome: EffectOutcome) -> Halt { .fellOff }

  /// What the machine waits for; `nil` unless it is suspended. O(size of the values).
  public func request() -> EffectRequest? { nil }

  /// Raises the fuel bound by `units`, so that `run` can go on after `.outOfFuel`.
  public mutating func addFuel(_ units: Int) {}

  /// Fuel used so far.
  public var fuelUsed: Int { 0 }
  /// Bytes of machine memory in use.
  public var memoryUsed: Int { 0 }
  /// The most bytes of machine memory that were in use.
  public var memoryPeak: Int { 0 }

  /// The variables of the main block that have a value, in order of first mention.
  public func variables() -> [HostField] { [] }

  /// The expression or statement that is being run.
  public var position: SourceSpan { .none }
}
