import ArgumentParser
import LashLang
import LashSystem
import LashToolchain

struct HostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "host",
    abstract: "Prints what a host offers, as a model would see it.",
    discussion: """
      Modules with their operations, types, constructors, trigger sources and variables, as compact \
      signatures.
      """)

  @Argument(
    help: ArgumentHelp(
      "A mock or host file, or its JSON text (it begins with `{`); `-` reads standard input.",
      valueName: "file|json"))
  var file: String

  func run() throws {
    do throws(CannotRead) {
      let isInline = file.first == "{"
      let bytes = isInline ? Array(file.utf8) : try System.read(file)
      let surface: HostSurface
      do throws(MockError) {
        surface = try SurfaceFile.read(bytes)
      } catch {
        throw CannotRead(
          path: isInline ? "the text" : file, reason: "it is no mock or host file: \(error)")
      }
      System.write(Array(HostText.text(of: surface).utf8), to: 1)
    } catch {
      try refuse(error)
    }
  }
}
