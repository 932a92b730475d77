import LashJSON
import LashLang
import LashToolchain
import Testing

/// Runs a program against a mock given as JSON text.
func run(
  _ source: String, mock: String = "{}", _ adjust: (inout RunSetup) -> Void = { _ in }
) throws -> RunReport {
  var setup = RunSetup()
  setup.mock = try MockFile(bytes: Array(mock.utf8))
  adjust(&setup)
  return Run.report(SourceFile(name: "test", text: source), setup)
}

/// A JSON value of a text that is written in a test.
func json(_ text: String) throws -> JSONValue {
  try JSONReader().read(text)
}
