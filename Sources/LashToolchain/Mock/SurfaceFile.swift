import LashLang

/// Reads what a host offers from a file of either kind: a host file or a mock.
public enum SurfaceFile {
  /// Reads the file; an error says why it is neither.
  public static func read(_ bytes: [UInt8]) throws(MockError) -> HostSurface {
    let problem: MockError
    do throws(MockError) {
      return try MockFile(bytes: bytes).surface
    } catch {
      problem = error
    }
    do throws(MockError) {
      return try HostFile.read(bytes)
    } catch {
      // The one that the file comes nearer to is worth mending.
      let isNearer = (error.path ?? "").utf8.count > (problem.path ?? "").utf8.count
      throw isNearer ? error : problem
    }
  }
}
