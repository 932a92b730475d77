import Testing

@testable import LashToolchain

/// Messages are found whatever the pieces that they arrive in.
@Suite struct MessageFramingTests {
  private static let stream =
    MessageFraming.frame(Array("{}".utf8)) + MessageFraming.frame(Array("é\r\n\r\n".utf8))
    + Array("content-length: 1\n\nx".utf8)
  private static let contents = ["{}", "é\r\n\r\n", "x"]

  private static func items(_ framing: inout MessageFraming) -> [MessageFraming.Item] {
    var found: [MessageFraming.Item] = []
    while let item = framing.next() { found.append(item) }
    return found
  }

  @Test(arguments: 0...stream.count)
  func everySplit(_ place: Int) {
    var framing = MessageFraming()
    framing.receive(Array(Self.stream[..<place]))
    var found = Self.items(&framing)
    framing.receive(Array(Self.stream[place...]))
    found += Self.items(&framing)
    #expect(found == Self.contents.map { .message(Array($0.utf8)) })
  }

  @Test func byteByByte() {
    var framing = MessageFraming()
    var found: [MessageFraming.Item] = []
    for byte in Self.stream {
      framing.receive([byte])
      found += Self.items(&framing)
    }
    #expect(found == Self.contents.map { .message(Array($0.utf8)) })
  }

  /// What is refused is skipped, and what follows is found.
  @Test(arguments: [
    "Content-Length: x\r\n\r\n", "Other: 1\r\n\r\n", "Content-Length: -1\r\n\r\n",
    "Content-Length: 99999999999999999999\r\n\r\n",
  ])
  func badHeaders(_ header: String) {
    var framing = MessageFraming()
    framing.receive(Array(header.utf8) + MessageFraming.frame([0x31]))
    let found = Self.items(&framing)
    #expect(found.count == 2)
    #expect(found.last == .message([0x31]))
  }

  @Test func aLongMessageIsSkipped() {
    let length = MessageFraming.maximumLength + 1
    var framing = MessageFraming()
    framing.receive(Array("Content-Length: \(length)\r\n\r\n".utf8))
    #expect(Self.items(&framing).count == 1)
    let chunk = Array(repeating: UInt8(ascii: "a"), count: 1 << 20)
    for _ in 0..<(length >> 20) {
      framing.receive(chunk)
      #expect(framing.next() == nil)
    }
    framing.receive([0x61] + MessageFraming.frame([0x31]))
    #expect(Self.items(&framing) == [.message([0x31])])
  }

  @Test func noHeaderAtAll() {
    var framing = MessageFraming()
    framing.receive(Array(repeating: 0x61, count: 10_000))
    #expect(Self.items(&framing).count == 1)
    framing.receive(MessageFraming.frame([0x31]))
    #expect(Self.items(&framing) == [.message([0x31])])
  }
}
