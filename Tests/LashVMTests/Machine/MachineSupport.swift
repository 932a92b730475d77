import LashJSON
import LashLang
import Testing

@testable import LashVM

/// Drives a machine against a closure and keeps what it asked for.
struct Drive: ~Copyable {
  var machine: Machine
  var requests: [String] = []

  init(_ source: String, bounds: Bounds = Bounds(), globals: [HostField] = []) throws {
    let program = try compile(source, host: .testing(globals: globals.map(\.key)))
    machine = Machine(program, bounds: bounds, globals: globals)
  }

  /// Runs to a final halt; each request is answered by `host`.
  mutating func run(
    _ host: (EffectRequest) -> EffectOutcome = { _ in .refused("no host") }
  ) -> Halt {
    var halt = machine.run()
    while case .suspended = halt, let request = machine.request() {
      requests.append(Self.text(request))
      halt = machine.resume(with: host(request))
    }
    return halt
  }

  static func text(_ request: EffectRequest) -> String {
    switch request {
    case .call(let call): text(call)
    case .batch(let calls): "batch " + calls.map(text).joined(separator: " ")
    case .print(let value): "print \(value.text)"
    case .awaitRuns(let runs): "await " + runs.map(\.id).joined(separator: " ")
    case .start(let process, let arguments):
      "start \(process) " + arguments.map { "\($0.key)=\($0.value.text)" }.joined(separator: " ")
    case .cancel(let value): "cancel \(value.text)"
    case .yield(let value): "yield \(value.text)"
    case .wake(let value): "wake \(value.text)"
    case .sleepFor(let value): "sleep for \(value.text)"
    case .sleepUntil(let value): "sleep until \(value.text)"
    case .waitSignal(let name): "wait \(name)"
    case .lazyRead(let reads):
      "read "
        + reads.map { "\($0.reference.id) \($0.part)" }.joined(separator: ", ")
    case .signal(let run, let name, let payload): "signal \(run.text) \(name) \(payload.text)"
    }
  }

  private static func text(_ call: ModuleCall) -> String {
    "\(call.path).\(call.operation)(\(call.arguments.map(\.text).joined(separator: ", ")))"
  }
}

/// A host whose operations of `m` answer their first argument; `b` fails with it.
func echo(_ request: EffectRequest) -> EffectOutcome {
  func answer(_ call: ModuleCall) -> CallResult {
    let argument = call.arguments.first ?? .null
    return call.operation == "b" ? .failure(argument.text) : .success(argument)
  }
  switch request {
  case .call(let call): return .call(answer(call))
  case .batch(let calls): return .calls(calls.map(answer))
  case .awaitRuns(let runs): return .calls(runs.map { .success(.string($0.id)) })
  case .start(let process, let arguments):
    return .value(.run(RunHandle(id: "\(process)\(arguments.count)", process: process)))
  case .waitSignal(let name): return .value(.string(name))
  default: return .done
  }
}

/// Runs a program to its end and gives the text of its finish value, or what else it came to.
func outcome(
  _ source: String, bounds: Bounds = Bounds(),
  host: (EffectRequest) -> EffectOutcome = echo
) throws -> String {
  var drive = try Drive(source, bounds: bounds)
  return drive.run(host).text
}

extension Halt {
  var text: String {
    switch self {
    case .finished(let value): value.text
    case .failed(let value): "failed \(value.text)"
    case .fellOff: "fell off"
    case .suspended: "suspended"
    case .outOfFuel: "out of fuel"
    case .outOfMemory: "out of memory"
    case .outOfDepth: "out of depth"
    case .trapped(let trap): "\(trap.code.rawValue) \(trap.message)"
    }
  }
}

extension HostValue {
  /// A short text form of its own, so that tests need no other part of the product.
  var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .double(let value): "\(value)"
    case .string(let value): value
    case .list(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
    case .tuple(let items): "(" + items.map(\.text).joined(separator: ",") + ")"
    case .record(let fields):
      "{" + fields.map { "\($0.key):\($0.value.text)" }.joined(separator: ",") + "}"
    case .result(.success(let value)): "ok(\(value.text))"
    case .result(.failure(let error)): "error(\(error))"
    case .run(let run): "run(\(run.id))"
    case .module(let path, _): "module(\(path))"
    case .type: "type"
    case .image(let image): "image(\(image.id))"
    case .descriptor(let type, _): "descriptor(\(type))"
    case .process(let name): "process(\(name))"
    case .triggerEvent: "event"
    case .lazyJSON(let json): "json(\((try? json.value())?.description ?? "invalid"))"
    case .lazyReference(let reference): "lazy(\(reference.id))"
    }
  }
}
