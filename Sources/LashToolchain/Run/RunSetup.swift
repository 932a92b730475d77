import LashLang
import LashVM

/// All that a run depends on besides its source.
public struct RunSetup: Sendable {
  /// The answers to module operations, variables and signals.
  public var mock = MockFile()
  /// Whether operations that the mock lacks echo their argument.
  public var echoesUnknown = false
  /// The surface to check against; the mock's own if `nil`.
  public var host: HostSurface?
  /// Variables set besides those of the mock; they win over the mock's.
  public var globals: [HostField] = []
  /// Read-only bindings besides those of the mock; they win over the mock's.
  public var readOnlyGlobals: [HostField] = []
  /// What is run.
  public var entry = Entry.main
  /// The bounds of the run; started processes share its fuel.
  public var bounds = Bounds(memory: 256 << 20)
  /// The limits of all processes together; their fuel is at most that of `bounds`.
  public var limits = SchedulerLimits()
  /// How far processes go when the foreground has ended and its events are given.
  public var linger = Linger()
  /// Events that the host's sources give, in order, once the main block has ended.
  public var fires: [TriggerEvent] = []
  /// Whether prints, calls and events are kept for the report, which then is bounded.
  public var keepsAccount = true
  /// Takes the lines of a log of the run, if one is wanted; each has its line end.
  public var record: (@Sendable (String) -> Void)?
  /// What is done to a compiled program before it is run; tests store it and read it back, say.
  public var prepare: @Sendable (Program) -> Program = { $0 }
  /// How machines are put to the test, if at all.
  public var hardMode: HardMode?
  /// Bytes of snapshots that the hard mode takes of one machine before it takes them more and more
  /// seldom.
  public var hardSampleAfter = Int.max
  /// Nanoseconds of some steady clock, for the times of the statistics only.
  public var now: @Sendable () -> UInt64 = { 0 }
  /// Puts the mock's answers off until nothing else can go on, and then picks the next by its place among
  /// so many; `nil` lets the runs go on first. As hosts do that answer in any order.
  var picksAnswer: (@Sendable (_ count: Int) -> Int?)?
  /// Sees each machine whenever it halts.
  var onHalt: @Sendable (borrowing Machine) -> Void = { _ in }

  /// Where a run begins.
  public enum Entry: Sendable {
    /// The main block.
    case main
    /// A process of the module, with its arguments by name.
    case process(String, arguments: [HostField])
  }

  /// How far processes go on their own. What lives then is stopped: a process that repeats something for
  /// ever would keep the run from its end.
  public struct Linger: Hashable, Sendable {
    /// Virtual milliseconds, from 0; a day.
    public var time: Int64 = 86_400_000
    /// Effects of all together, from 0.
    public var effects = 100_000

    /// A day, and 100,000 effects.
    public init() {}
  }

  /// An event of a trigger source.
  public struct TriggerEvent: Sendable {
    /// The source's type or key, or a subscription's key or name.
    public var source: String
    /// What processes get for `trigger.event`.
    public var event: HostValue

    /// An event.
    public init(source: String, event: HostValue) {
      self.source = source
      self.event = event
    }
  }

  /// A host that offers the language alone.
  public init() {}

  /// The surface that programs are checked against.
  public var surface: HostSurface {
    var surface = host ?? mock.surface
    surface.acceptsAnyModule = surface.acceptsAnyModule || echoesUnknown
    if host != nil {
      surface.globals += mock.globals.map(\.key)
      surface.readOnlyGlobals += mock.projected.map(\.key)
    }
    surface.readOnlyGlobals += readOnlyGlobals.map(\.key)
    surface.globals.removeAll { name in readOnlyGlobals.contains { $0.key == name } }
    surface.globals += globals.map(\.key)
    return surface
  }

  /// The values of all bindings, each name once.
  var bindings: [HostField] {
    var bindings: [HostField] = []
    for field in mock.globals + mock.projected + globals + readOnlyGlobals {
      if let place = bindings.firstIndex(where: { $0.key == field.key }) {
        bindings[place] = field
      } else {
        bindings.append(field)
      }
    }
    return bindings
  }
}
