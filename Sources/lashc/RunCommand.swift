import ArgumentParser
import LashJSON
import LashLang
import LashSystem
import LashToolchain
import LashVM

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Checks, compiles and runs a program, or runs one that `build` compiled.",
    discussion: """
      Printed values and the value of `finish` go to standard output, problems to standard error. \
      With `--json` standard output has exactly one object, with `--jsonl` one object for each \
      line of standard input: {"id", "source", "mock"?, "auto"?, "fuel"?, "memory"?, "depth"?}.
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup(title: "Host") var host: HostOptions
  @OptionGroup(title: "Bounds") var bounds: BoundOptions

  @Option(help: ArgumentHelp("Runs a process instead of the main block.", valueName: "name"))
  var process: String?

  @Option(help: ArgumentHelp("The arguments of the process, an object.", valueName: "json"))
  var args: String?

  @Option(help: ArgumentHelp("Writes every effect and its answer.", valueName: "log"))
  var record: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A trigger source that gives an event once the main block has ended; may be repeated.",
      valueName: "source"))
  var fire: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("The event of the `--fire` in the same place.", valueName: "json"))
  var event: [String] = []

  @Option(
    help: ArgumentHelp(
      "How long processes go on when the main block has ended, in virtual time such as 90s; a day by default.",
      valueName: "duration"))
  var linger: String?

  @Flag(help: "Shows fuel, memory, effects and times on standard error.")
  var stats = false

  @Flag(help: "Prints one JSON object and nothing else.")
  var json = false

  @Flag(help: "Runs one request for each line of standard input.")
  var jsonl = false

  func validate() throws {
    if jsonl {
      guard source.file == nil, source.text == nil, process == nil, !json else {
        throw ValidationError("`--jsonl` takes the programs from standard input")
      }
    } else if source.file == nil, source.text == nil {
      throw ValidationError("give a file, `-` for standard input, or `-e TEXT`")
    }
    if event.count > fire.count { throw ValidationError("each `--event` needs a `--fire`") }
    if jsonl, record != nil || !fire.isEmpty {
      throw ValidationError("`--jsonl` goes with neither `--record` nor `--fire`")
    }
    if args != nil, process == nil { throw ValidationError("`--args` needs `--process`") }
  }

  func run() throws {
    do {
      var setup = try host.setup()
      try bounds.apply(to: &setup.bounds)
      try applyEntry(to: &setup)
      try applyEvents(to: &setup)
      try applyLinger(to: &setup)
      setup.keepsAccount = json || jsonl
      let log = try record.map { try LogFile(path: $0) }
      if let log { setup.record = { log.write($0) } }
      if jsonl { return try runBatch(setup) }
      let onPrint = { (value: HostValue) in
        if !json { System.out((try? value.text(width: 80)) ?? "") }
      }
      let report =
        switch try source.readProgram() {
        case .text(let text): Run.report(text, setup, onPrint: onPrint)
        case .compiled(let program): Run.report(program, setup, onPrint: onPrint)
        }
      report.show(json: json)
      if stats, !json { System.note(report.statistics.text) }
      try log?.finish()
      if report.exitStatus != 0 { throw ExitCode(report.exitStatus) }
    } catch let error as CannotRead {
      if json { System.out(RunReport(refusal: "\(error)").json().description) }
      try refuse(error)
    } catch let error as CannotWrite {
      System.note("lashc: \(error)")
      throw ExitCode(73)
    } catch let error as ValidationError where json {
      System.out(RunReport(refusal: error.message).json().description)
      throw error
    }
  }

  private func applyEntry(to setup: inout RunSetup) throws {
    guard let process else { return }
    var arguments: [HostField] = []
    if let args {
      let value: JSONValue
      do throws(JSONError) {
        value = try JSONReader().read(args)
      } catch {
        throw ValidationError("`--args`: no JSON, \(error)")
      }
      guard let object = value.objectValue else {
        throw ValidationError("`--args`: expected an object, such as {\"city\": \"Jena\"}")
      }
      arguments = object.map { HostField($0.key, HostValue($0.value)) }
    }
    setup.entry = .process(process, arguments: arguments)
  }

  private func applyEvents(to setup: inout RunSetup) throws {
    for (place, source) in fire.enumerated() {
      var value = HostValue.null
      if place < event.count {
        do throws(JSONError) {
          value = HostValue(try JSONReader().read(event[place]))
        } catch {
          throw ValidationError("`--event \(event[place])`: no JSON, \(error)")
        }
      }
      setup.fires.append(RunSetup.TriggerEvent(source: source, event: value))
    }
  }

  private func applyLinger(to setup: inout RunSetup) throws {
    guard let linger else { return }
    do throws(VirtualClock.Refusal) {
      setup.linger.time = try VirtualClock.duration(.string(linger))
    } catch {
      throw ValidationError("`--linger`: \(error.message)")
    }
  }

  private func runBatch(_ setup: RunSetup) throws {
    let batch = BatchRun(setup)
    var lines = LineReader(maximumLength: JSONReader().maximumBytes + 1)
    while let line = try lines.next() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      System.write(batch.answer(line) + [0x0A], to: 1)
    }
  }
}
