import ArgumentParser
import LashJSON
import LashLang
import LashSystem
import LashToolchain

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measures how long a program takes to compile and to run.",
    discussion: """
      Compiling and running are each repeated after a warm-up, in this process. Shown are the \
      median, the minimum, and as spread the range of the middle half of the CPU times, which other \
      work on the machine disturbs less than a clock. Printed values are dropped.
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup(title: "Host") var host: HostOptions
  @OptionGroup(title: "Bounds") var bounds: BoundOptions

  @Option(help: ArgumentHelp("How often to measure, 1 to 1000000.", valueName: "n"))
  var runs = 20

  @Flag(help: "Prints one JSON object and nothing else.")
  var json = false

  func validate() throws {
    if source.file == nil, source.text == nil {
      throw ValidationError("give a file, `-` for standard input, or `-e TEXT`")
    }
    guard (1...1_000_000).contains(runs) else {
      throw ValidationError("`--runs \(runs)`: expected 1 to 1000000")
    }
  }

  func run() throws {
    do {
      var setup = try host.setup()
      setup.now = System.cpuTime
      try bounds.apply(to: &setup.bounds)
      let report = try Bench.measure(try source.read(), setup, count: runs)
      System.out(json ? report.json.description : report.text)
    } catch let refusal as BenchRefusal {
      if json { System.out(refusal.report.json().description) }
      show(refusal.report.diagnostics, in: refusal.report.source)
      throw ExitCode(refusal.report.exitStatus)
    } catch let error as CannotRead {
      if json { System.out(RunReport(refusal: "\(error)").json().description) }
      try refuse(error)
    }
  }
}
