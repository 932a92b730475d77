/// The bounds of one machine (rules BND-1 …).
public struct Bounds: Hashable, Sendable {
  /// Fuel units for the whole run; one unit is about one source operation.
  public var fuel: Int
  /// Bytes of machine memory, at most 4 GiB.
  public var memory: Int
  /// Frames of nested `fn` calls, at most 100,000.
  public var depth: Int

  /// The given bounds; the defaults are safe for a library.
  public init(fuel: Int = 100_000_000, memory: Int = 64 << 20, depth: Int = 1_000) {
    self.fuel = fuel
    self.memory = memory
    self.depth = depth
  }

  /// The bounds with memory and depth brought into their ranges.
  var clamped: Bounds {
    Bounds(fuel: fuel, memory: min(memory, 4 << 30), depth: min(max(depth, 1), 100_000))
  }
}
