import LashJSON
import LashVM
import Testing

@testable import LashREPL

struct ValuePrinterTests {
  private func text(_ value: HostValue, _ width: Int = 40) -> String {
    ValuePrinter.text(of: value, width: width, palette: Palette(usesColour: false))
  }

  private func record(_ fields: (String, HostValue)...) -> HostValue {
    .record(fields.map { HostField($0.0, $0.1) })
  }

  @Test func whatFitsStandsOnOneLine() {
    #expect(
      text(record(("a", .integer(1)), ("b c", .string("x\"\n")))) == #"{a: 1, "b c": "x\"\n"}"#)
    #expect(text(.tuple([.integer(1)])) == "(1,)")
    #expect(text(.list([])) == "[]")
    #expect(text(.double(0.5)) == "0.5")
    #expect(text(.run(RunHandle(id: "main/1", process: "p"))) == "<main/1 of p>")
    #expect(text(.type(["type": "string"])) == "Type str")
    #expect(text(.result(.failure("no"))) == #"{ok: false, error: "no"}"#)
  }

  @Test func whatDoesNotFitHasALineForEachPart() {
    let value = record(
      ("title", .string("A first line of some length")),
      ("tags", .list([.string("one"), .string("two")])))
    #expect(
      text(value) == """
        {
          title: "A first line of some length",
          tags: ["one", "two"]
        }
        """)
  }

  @Test func wideCharactersCountTwice() {
    let value = HostValue.list([.string("日本語日本語"), .string("日本語日本語")])
    for line in text(value, 30).split(separator: "\n") { #expect(line.terminalColumns <= 30) }
    #expect(text(value, 30).split(separator: "\n").count == 4)
  }

  @Test(arguments: [30, 40, 57, 80, 132])
  func nothingIsWiderThanTheScreen(_ width: Int) {
    var value = HostValue.list((0..<100).map { .integer($0 * 1_000) })
    for level in 0..<12 {
      value = record(
        ("level\(level)", value), ("text", .string(String(repeating: "ä漢", count: 40))),
        ("n", .list([.double(1.5), .null, .bool(true)])))
    }
    for line in text(value, width).split(separator: "\n") {
      #expect(line.terminalColumns <= width)
    }
  }

  @Test func largeValuesAreCut() {
    let many = HostValue.list((0..<100_000).map { .string("item \($0)") })
    let lines = text(many).split(separator: "\n")
    #expect(lines.count < 40)
    #expect(lines[lines.count - 2] == "  … 99970 more")
    let long = text(.string(String(repeating: "x", count: 1 << 20)))
    #expect(long.hasSuffix("… 1048576 characters"))
    #expect(long.terminalColumns == 1_000)
    var deep = HostValue.null
    for _ in 0..<100 { deep = .list([deep, .string("some text that is long enough")]) }
    #expect(text(deep).utf8.count < 4_000)
  }

  @Test func numbersShareLines() {
    let text = text(.list((0..<40).map { .integer($0) }))
    #expect(text.split(separator: "\n").count < 8)
    #expect(text.hasPrefix("[\n  0, 1, 2, 3,"))
  }

  @Test func coloursTakeNoColumns() {
    let value = record(("a", .integer(1)), ("b", .list([.string("x"), .null])))
    let coloured = ValuePrinter.text(of: value, width: 40, palette: Palette(usesColour: true))
    #expect(coloured.contains("\u{1B}[36m1\u{1B}[0m"))
    #expect(!coloured.contains("\n"))
  }

  @Test func controlCharactersAreMadeVisible() {
    #expect(text(.string("a\u{1B}[2J\u{202E}")) == #""a\u{1b}[2J\u{202e}""#)
    #expect(text(record(("\u{1B}", .null))) == #"{"\u{1b}": null}"#)
  }
}
