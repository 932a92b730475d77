import ArgumentParser
import LashJSON
import LashSystem
import LashToolchain

struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Runs conformance cases and examples.",
    discussion: """
      Folders are searched for `.lash` files: files of cases (see conformance/README.md), and \
      programs beside a `.expected.json`. A Markdown file stands for its `lash` blocks \
      (see spec/language.md). Cases that a KNOWN.md lists are expected to disagree. \
      Exit status: 0 all as expected · 1 a case went wrong · 66 a file cannot be read.
      """)

  @Argument(help: ArgumentHelp("Folders, or `.lash`, `.jsonl` and `.md` files.", valueName: "path"))
  var paths: [String]

  @Flag(help: "Prints the summary as one JSON object and nothing else.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Runs each case in a hard mode, which must change nothing: "
        + HardMode.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "mode"))
  var hard: HardMode?

  @Option(
    help: ArgumentHelp(
      "With `--hard snapshot`: after so many megabytes of one machine, takes them ever more seldom.",
      valueName: "megabytes"))
  var sample: Int?

  @Option(
    help: ArgumentHelp(
      "Compares the fuel of each case with a recorded one. With LASH_RECORD=1 in the environment writes "
        + "the file anew, and fails.", valueName: "file"))
  var fuelRecord: String?

  func validate() throws {
    if let sample, !(1...1 << 30).contains(sample) {
      throw ValidationError("--sample needs a number from 1 on")
    }
  }

  func run() throws {
    let suite: ConformanceSuite
    do throws(ConformanceError) {
      suite = try ConformanceSuite(paths, in: System.files)
    } catch {
      System.note("lashc: \(error)")
      throw ExitCode(66)
    }
    var setup = RunSetup()
    setup.hardMode = hard
    setup.hardSampleAfter = (sample ?? 1 << 30) << 20
    let summary = ConformanceRunner(setup).run(suite)
    System.out(json ? summary.json.description : summary.text)
    let isSame = try fuelRecord.map { try matches(summary, recordedAt: $0) } ?? true
    if !summary.isSuccess || !isSame { throw ExitCode(1) }
  }

  private func matches(_ summary: ConformanceSummary, recordedAt path: String) throws -> Bool {
    if System.isRecording {
      try System.replace(path, by: Array(FuelRecord(of: summary).text.utf8))
      System.note("lashc: wrote \(path)")
      return false
    }
    let record: FuelRecord
    do throws(ConformanceError) {
      record = try FuelRecord(path, in: System.files)
    } catch {
      System.note("lashc: \(error)")
      throw ExitCode(66)
    }
    let problems = record.problems(of: summary)
    for problem in problems { System.note(problem) }
    return problems.isEmpty
  }
}

extension HardMode: ExpressibleByArgument {}
