import LashJSON
import LashLang
import Synchronization

/// Compiled programs by the text and the surface that they came from, the latest used first to stay.
///
/// The same text against the same surface is compiled once while it is kept; texts with errors are kept
/// as well. Safe to share between threads; two that ask for the same at once may both compile it.
public final class CompiledModules: Sendable {
  /// A surface with its hash, worked out once.
  public struct Surface: Sendable {
    /// The surface.
    public let surface: HostSurface
    let hash: [UInt8]

    /// Takes a surface. O(its size).
    public init(_ surface: HostSurface) {
      self.surface = surface
      hash = SHA256.hash(Array(surface.description.utf8))
    }
  }

  private struct State {
    var programs: [[UInt8]: (compilation: Compilation, used: Int)] = [:]
    var clock = 0
    var hits = 0
  }

  /// The most programs that are kept.
  public let capacity: Int
  private let state = Mutex(State())

  /// An empty cache for up to `capacity` programs.
  public init(capacity: Int = 64) { self.capacity = max(1, capacity) }

  /// How often a program was found instead of being compiled.
  public var hits: Int { state.withLock { $0.hits } }

  /// The program of a text, compiled unless it is kept. Names of texts count, since messages show them.
  /// O(size of the text), and O(capacity) when one must go.
  public func program(_ source: SourceFile, against surface: Surface) -> Compilation {
    var hasher = SHA256()
    hasher.update(surface.hash)
    hasher.update(SHA256.hash(Array(source.name.utf8)))
    hasher.update(source.bytes)
    let key = hasher.finalize()
    let kept = state.withLock { (state) -> Compilation? in
      state.clock += 1
      guard let found = state.programs[key] else { return nil }
      state.programs[key]?.used = state.clock
      state.hits += 1
      return found.compilation
    }
    if let kept { return kept }
    let compilation = Compile.program(source, surface: surface.surface)
    state.withLock { state in
      state.clock += 1
      state.programs[key] = (compilation, state.clock)
      guard state.programs.count > capacity else { return }
      // The times of use differ, so the order of the table does not matter.
      if let oldest = state.programs.min(by: { $0.value.used < $1.value.used })?.key {
        state.programs[oldest] = nil
      }
    }
    return compilation
  }
}
