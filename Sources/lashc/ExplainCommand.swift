import ArgumentParser
import LashLang
import LashSystem
import LashToolchain

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Prints the page of a diagnostic code; without a code, the list of all.")

  @Argument(help: ArgumentHelp("The code, such as E0103.", valueName: "code"))
  var code: String?

  func run() throws {
    guard let code else {
      for (code, title) in Explain.titles { System.out("\(code.rawValue)  \(title)") }
      return
    }
    guard let page = Explain.code(named: code).flatMap(Explain.page) else {
      throw ValidationError("`\(code)` is no diagnostic code; `lashc explain` lists them")
    }
    System.out(page)
  }
}
