import LashJSON

/// The fuel that each case used when it was recorded. A case that runs again, in any build and any hard
/// mode, has to use the same (rule BND-3).
public struct FuelRecord: Sendable {
  private var units: [String: Int64] = [:]

  /// Reads a file `{"fuel": {case: units}}`.
  public init(_ path: String, in files: FileTree) throws(ConformanceError) {
    guard let bytes = files.read(path) else {
      throw ConformanceError(path, "no such file, or it cannot be read")
    }
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONReader().read(bytes)
    } catch {
      throw ConformanceError(path, "\(error)")
    }
    guard let cases = json["fuel"]?.objectValue else {
      throw ConformanceError(path, "expected {\"fuel\": {case: units}}")
    }
    for (id, value) in cases { units[id] = value.integerValue }
  }

  /// The record of what has been run.
  public init(of summary: ConformanceSummary) {
    for (id, fuel) in summary.fuel where fuel > 0 { units[id] = fuel }
  }

  /// The file: a line for each case that ran, in order of the ids.
  public var text: String {
    let lines = units.keys.sorted().map { id in
      "    \(JSONValue.string(id)): \(units[id] ?? 0)"
    }
    return "{\n  \"fuel\": {\n" + lines.joined(separator: ",\n") + "\n  }\n}\n"
  }

  /// Where a run differs from the record.
  public func problems(of summary: ConformanceSummary) -> [String] {
    summary.fuel.compactMap { id, fuel in
      let recorded = units[id] ?? 0
      return fuel == recorded ? nil : "FUEL \(id): \(fuel) units, recorded are \(recorded)"
    }
  }

  /// Cases that are recorded and no longer exist.
  public func leftovers(among ids: [String]) -> [String] {
    let existing = Set(ids)
    return units.keys.filter { !existing.contains($0) }.sorted()
  }
}
