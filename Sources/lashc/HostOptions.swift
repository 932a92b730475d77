import ArgumentParser
import LashJSON
import LashSystem
import LashToolchain
import LashVM

/// The options that describe the host of a program.
struct HostOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The mock host: a file, or its JSON text (it begins with `{`).", valueName: "file|json"))
  var mock: String?

  @Flag(help: "Module calls that the mock lacks echo their argument.")
  var autoMock = false

  @Option(help: ArgumentHelp("A host surface in JSON Schema terms: types only.", valueName: "file"))
  var host: String?

  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Sets a variable before the run.", valueName: "name=json"))
  var variables: [String] = []

  @Option(
    name: .customLong("bind"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Binds a read-only value, which is read in place.", valueName: "name=file.json"))
  var bindings: [String] = []

  /// Whether none is given.
  var isEmpty: Bool {
    mock == nil && !autoMock && host == nil && variables.isEmpty && bindings.isEmpty
  }

  /// Reads the files and texts into a setup.
  func setup() throws -> RunSetup {
    var setup = RunSetup()
    setup.now = System.now
    setup.echoesUnknown = autoMock
    if let mock { setup.mock = try Self.readMock(mock) }
    if let host {
      let bytes = try System.read(host)
      do throws(MockError) {
        setup.host = try HostFile.read(bytes)
      } catch {
        throw CannotRead(path: host, reason: "it is no host file: \(error)")
      }
    }
    for text in variables {
      let (name, json) = try Self.pair(text, "--set", "name=json")
      do throws(JSONError) {
        setup.globals.append(HostField(name, HostValue(try JSONReader().read(json))))
      } catch {
        throw ValidationError(
          "`--set \(text)`: the value is no JSON, \(error) (a string is written \"…\")")
      }
    }
    for text in bindings {
      let (name, path) = try Self.pair(text, "--bind", "name=file.json")
      let bytes = try System.read(path)
      do throws(JSONError) {
        // Checked here, so that a bad file is reported as one; the program reads the text in place.
        _ = try JSONIndex(bytes)
        setup.readOnlyGlobals.append(HostField(name, .lazyJSON(LazyJSON(JSONDocument(bytes)))))
      } catch {
        throw CannotRead(path: path, reason: "it is no JSON: \(error)")
      }
    }
    return setup
  }

  private static func readMock(_ text: String) throws -> MockFile {
    let isInline = text.drop { $0.isWhitespace }.first == "{"
    let bytes = isInline ? Array(text.utf8) : try System.read(text)
    do throws(MockError) {
      return try MockFile(bytes: bytes)
    } catch {
      if isInline { throw ValidationError("`--mock` is no mock: \(error)") }
      throw CannotRead(path: text, reason: "it is no mock: \(error)")
    }
  }

  private static func pair(
    _ text: String, _ option: String, _ form: String
  ) throws -> (name: String, value: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts[0].unicodeScalars.first,
      first == "_" || first.properties.isAlphabetic && first.isASCII,
      parts[0].unicodeScalars.allSatisfy({
        $0 == "_" || $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
      })
    else { throw ValidationError("`\(option) \(text)`: expected \(form)") }
    return (String(parts[0]), String(parts[1]))
  }
}

/// The options that bound a run.
struct BoundOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Fuel units, about one an operation.", valueName: "n"))
  var fuel: Int?

  @Option(help: ArgumentHelp("Bytes of memory.", valueName: "bytes"))
  var memory: Int?

  @Option(help: ArgumentHelp("Nested calls of functions.", valueName: "n"))
  var depth: Int?

  /// Sets the bounds that were given.
  func apply(to bounds: inout Bounds) throws {
    let given = [fuel, memory, depth]
    for (place, (name, range)) in Bounds.ranges.enumerated() {
      guard let value = given[place] else { continue }
      guard bounds.set(name, to: value) else {
        throw ValidationError(
          "`--\(name) \(value)`: expected \(range.lowerBound) to \(range.upperBound)")
      }
    }
  }
}

/// A program given as a file, on standard input, or in the command line.
struct SourceOptions: ParsableArguments {
  @Argument(help: "The program; `-` reads standard input.")
  var file: String?

  @Option(
    name: .customShort("e"), parsing: .unconditional,
    help: ArgumentHelp("The program itself.", valueName: "text"))
  var text: String?

  func validate() throws {
    if file != nil, text != nil { throw ValidationError("give a file or `-e`, not both") }
  }
}
