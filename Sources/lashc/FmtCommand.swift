import ArgumentParser
import LashLang
import LashSystem
import LashToolchain

struct FmtCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Formats programs in place; there is one style.",
    discussion: """
      A statement that does not parse is left as it is and reported. Exit status: 0 all is \
      formatted · 1 with `--check` some file is not · 2 some text does not parse · 66 a file \
      cannot be read or written.
      """)

  @Argument(
    help: ArgumentHelp("The programs; `-` filters standard input.", valueName: "file"))
  var files: [String]

  @Flag(help: "Changes nothing; names the files that are not formatted.")
  var check = false

  func run() throws {
    var status: Int32 = 0
    for file in files {
      do throws(CannotRead) {
        let source = try SourceFile(reading: file)
        let result = SourceFormatter.format(source)
        show(result.diagnostics, in: source)
        if !result.diagnostics.isEmpty { status = max(status, 2) }
        if check {
          guard result.bytes != source.bytes else { continue }
          System.out(source.name)
          status = max(status, 1)
        } else if file == "-" {
          System.write(result.bytes, to: 1)
        } else if result.bytes != source.bytes {
          try System.replace(file, by: result.bytes)
        }
      } catch {
        System.note("lashc: \(error)")
        status = 66
      }
    }
    if status != 0 { throw ExitCode(status) }
  }
}
