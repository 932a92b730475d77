/// The bounds of one machine (rules BND-1 …).
public struct Bounds: Hashable, Sendable {
  /// Fuel units for the whole run, from 0 to 2^62; one unit is about one source operation.
  public var fuel: Int
  /// Bytes of machine memory, from 0 to 4 GiB.
  public var memory: Int
  /// Frames of nested `fn` calls, at most 100,000.
  public var depth: Int
  /// How the machine's memory is put to the test.
  package var trial = HeapTrial.none

  /// The given bounds; the defaults are safe for a library.
  public init(fuel: Int = 100_000_000, memory: Int = 64 << 20, depth: Int = 1_000) {
    self.fuel = fuel
    self.memory = memory
    self.depth = depth
  }

  /// Far below overflow, so that sums with it are safe.
  static let greatestFuel = 1 << 62

  /// The bounds brought into their ranges.
  var clamped: Bounds {
    var bounds = self
    bounds.fuel = min(max(fuel, 0), Self.greatestFuel)
    bounds.memory = min(max(memory, 0), 4 << 30)
    bounds.depth = min(max(depth, 1), 100_000)
    return bounds
  }
}
