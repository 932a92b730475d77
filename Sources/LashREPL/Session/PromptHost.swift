import LashJSON
import LashLang
import LashToolchain
import LashVM

/// The host of a session: operations answer from a mock that may change between programs, and the
/// person may answer those that it lacks.
struct PromptHost {
  /// The mock as JSON; it grows at the prompt.
  private(set) var mockText: JSONObject = [:]
  private(set) var mock = MockFile()
  var answers: MockHost
  /// Types of operations that need not have an answer, and the host file that they are from.
  private(set) var offered: (file: [UInt8], surface: HostSurface)?
  /// Whether the person answers what the mock lacks.
  var asksPerson = false
  /// Every call of the session with its answer.
  var calls: [Call] = []
  /// The number of the program that runs.
  var cell = 0
  /// The run whose operation the person would not answer: it is to stop.
  private(set) var refusing: RunKey?
  /// Writes down what the program does, if that is wanted.
  var recorder: LogRecorder?
  /// Processes that failed, until they were told of.
  var failures: [(run: RunKey, text: String)] = []
  /// Who shows what programs print, and asks.
  weak var screen: (any HostScreen)?

  /// One call.
  struct Call {
    var cell: Int
    var call: ModuleCall
    var result: CallResult
  }

  init() {
    answers = MockHost(mock)
  }

  // MARK: Mock

  /// Replaces the mock by that of a file.
  mutating func load(_ bytes: [UInt8]) throws(MockError) {
    let mock = try MockFile(bytes: bytes)
    // It was read, so it is an object.
    take((try? JSONReader().read(bytes).objectValue) ?? [:], mock)
  }

  /// Takes the types of a host file.
  mutating func offer(_ file: [UInt8]) throws(MockError) {
    offered = (file, try SurfaceFile.read(file))
  }

  /// Sets how one operation answers, named by its whole path.
  mutating func setAnswer(_ path: String, _ answer: JSONValue) throws(MockError) {
    guard let dot = path.lastIndex(of: "."), dot != path.startIndex else {
      throw MockError(at: nil, "name the operation by its path, such as `web.search`")
    }
    let module = String(path[..<dot])
    let operation = String(path[path.index(after: dot)...])
    var modules = mockText["modules"]?.objectValue ?? [:]
    var operations = modules[module]?.objectValue ?? [:]
    operations[operation] = Self.answer(answer)
    modules[module] = .object(operations)
    var text = mockText
    text["modules"] = .object(modules)
    take(text, try MockFile(.object(text)))
  }

  /// Removes an operation from the mock, or a module, or all; whether there was such a thing.
  mutating func removeAnswer(_ path: String?) -> Bool {
    guard let path else {
      take([:], MockFile())
      return true
    }
    var modules = mockText["modules"]?.objectValue ?? [:]
    var isFound = modules.removeValue(forKey: path) != nil
    if let dot = path.lastIndex(of: "."), dot != path.startIndex {
      let module = String(path[..<dot])
      if var operations = modules[module]?.objectValue,
        operations.removeValue(forKey: String(path[path.index(after: dot)...])) != nil
      {
        isFound = true
        if operations.isEmpty {
          _ = modules.removeValue(forKey: module)
        } else {
          modules[module] = .object(operations)
        }
      }
    }
    var text = mockText
    text["modules"] = .object(modules)
    guard isFound, let mock = try? MockFile(.object(text)) else { return false }
    take(text, mock)
    return true
  }

  /// An answer as mock files write it; any other value is answered as it is.
  private static func answer(_ value: JSONValue) -> JSONValue {
    if let object = value.objectValue,
      object.contains(where: { MockAnswer.keys.contains($0.key) })
    {
      return value
    }
    return ["value": value]
  }

  private mutating func take(_ text: JSONObject, _ mock: MockFile) {
    mockText = text
    self.mock = mock
    answers.replace(by: mock)
  }

  /// The run that is to stop since the person would not answer, once.
  mutating func takeRefusing() -> RunKey? {
    defer { refusing = nil }
    return refusing
  }

  /// Notes that the person would not answer.
  mutating func refuse(_ run: RunKey) { refusing = run }

  // MARK: Surface

  /// What programs are checked against, without the variables of the session.
  var surface: HostSurface {
    var surface = mock.surface
    surface.globals = []
    if let offered = offered?.surface {
      var whole = offered
      for module in surface.modules {
        if let place = whole.modules.firstIndex(where: { $0.path == module.path }) {
          let known = whole.modules[place]
          whole.modules[place].operations += module.operations.filter {
            known.operation(named: $0.name) == nil
          }
        } else {
          whole.modules.append(module)
        }
      }
      whole.types += surface.types.filter { type in
        !offered.types.contains { $0.name == type.name }
      }
      whole.constructors += surface.constructors
      whole.triggerSources += surface.triggerSources
      whole.readOnlyGlobals += surface.readOnlyGlobals
      surface = whole
    }
    surface.acceptsAnyModule = surface.acceptsAnyModule || asksPerson
    return surface
  }
}

/// Who shows what programs do, and asks the person.
protocol HostScreen: AnyObject {
  /// A program prints a value.
  func printed(_ value: HostValue)
  /// A process reports progress.
  func event(of effect: Effect, _ value: HostValue)
  /// The person's answer of an operation; `nil` if none is given.
  func ask(_ call: ModuleCall, _ operation: HostOperation?, _ types: [HostNamedType]) -> CallResult?
}
