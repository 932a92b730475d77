import LashJSON
import LashToolchain
import LashVM
import Testing

@Suite("Host values as JSON")
struct HostValueTests {
  private static let image = HostImage(
    id: "i", label: "l", mime: "image/png", size: 5, width: 1, height: nil)

  @Test("Lazy JSON within wrappers and descriptors is made plain too")
  func plain() throws {
    let lazy = HostValue.lazyJSON(LazyJSON(JSONDocument("[1]")))
    guard
      case .result(.success(.list)) = try HostValue.result(.success(lazy)).plain(),
      case .descriptor(_, .list) = try HostValue.descriptor(type: "T", value: lazy).plain()
    else {
      Issue.record("something stayed lazy")
      return
    }
  }

  @Test(
    "Each kind has its form",
    arguments: [
      (.null, "null"), (.bool(true), "true"), (.integer(.max), "9223372036854775807"),
      (.double(2), "2"), (.double(0.5), "0.5"), (.double(.nan), "null"),
      (.double(-.infinity), "null"), (.string("é\n"), "\"é\\n\""),
      (.list([.integer(1), .tuple([.null])]), "[1,[null]]"),
      (.record([HostField("b", .null), HostField("a", .null)]), "{\"b\":null,\"a\":null}"),
      (
        .image(image),
        "{\"type\":\"image\",\"id\":\"i\",\"label\":\"l\",\"mime\":\"image/png\",\"size\":5,"
          + "\"width\":1,\"height\":null}"
      ),
      (.run(RunHandle(id: "run-1", process: "p")), "{\"$run\":\"run-1\",\"process\":\"p\"}"),
      (.module(path: "gmail.work", authority: "Gmail"), "{\"$module\":\"gmail.work\"}"),
      (.type(["type": "string"]), "{\"$type\":{\"type\":\"string\"}}"),
      (
        .descriptor(type: "cron.Schedule", value: .record([])),
        "{\"$descriptor\":\"cron.Schedule\",\"value\":{}}"
      ),
      (.process("p"), "{\"$process\":\"p\"}"), (.triggerEvent, "{\"$trigger\":\"event\"}"),
      (.result(.success(.integer(1))), "{\"ok\":true,\"value\":1}"),
      (.result(.failure("no")), "{\"ok\":false,\"error\":\"no\"}"),
    ] as [(HostValue, String)])
  func forms(value: HostValue, text: String) throws {
    #expect(try JSONValue(value).description == text)
  }

  @Test("JSON comes in with its order and exact integers, and never as a sealed kind")
  func reading() throws {
    let text = "{\"z\":9007199254740993,\"a\":[1.5,{\"$module\":\"web\"}],\"$image\":null}"
    let value = HostValue(try json(text))
    #expect(try JSONValue(value).description == text)
    guard case .record(let fields) = HostValue(try json("{\"$image\":{\"id\":\"x\"}}")) else {
      Issue.record("an object is no record")
      return
    }
    #expect(fields.map(\.key) == ["$image"])
  }

  @Test("128 levels are written, 129 are refused")
  func depth() throws {
    func nested(_ levels: Int) -> HostValue {
      (1..<levels).reduce(HostValue.list([])) { value, _ in .list([value]) }
    }
    #expect(
      try JSONValue(nested(128)).description
        == String(repeating: "[", count: 128) + String(repeating: "]", count: 128))
    #expect(throws: JSONError.self) { try JSONValue(nested(129)) }
  }

  @Test("Texts: strings raw, numbers as the language has them, long values on several lines")
  func texts() throws {
    #expect(try HostValue.string("a\"b").text() == "a\"b")
    #expect(try HostValue.double(.infinity).text() == "inf")
    #expect(try HostValue.double(1e21).text() == "1e+21")
    #expect(try HostValue.list([.integer(1), .string("x")]).text(width: 80) == "[1,\"x\"]")
    #expect(
      try HostValue.list([.integer(1), .string("x")]).text(width: 5) == "[\n  1,\n  \"x\"\n]")
  }
}
