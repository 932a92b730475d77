import LashJSON
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  /// Messages of the NIST examples.
  static let published: [(String, String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ]

  @Test("Published vectors", arguments: published)
  func publishedVectors(message: String, hash: String) {
    #expect(SHA256.hexHash(Array(message.utf8)) == hash)
  }

  /// Lengths of ``message(of:)`` with hashes by Python's hashlib, around every edge of a block.
  static let computed: [(Int, String)] = [
    (1, "acac86c0e609ca906f632b0e2dacccb2b77d22b0621f20ebece1a4835b93f6f0"),
    (3, "b10707192c9682771b90548d2da1c06286073c882c57406edccffa341a4090e0"),
    (31, "53633f675dab0eed799b5214e35c321620ea0deb4097d7a872f9990ee15b6901"),
    (54, "e62fcba11c0b3001eabfa0ac13dee16a4e0790df4894c45312a3e12a22463c82"),
    (55, "2c2bc644d674041ad458ca4b8e798e82580b789b60275c66edd5dd97b006de3d"),
    (56, "176ff635dcfe59cab1aa43b138f7fd6881ef2582706d44ceac2d11eab733192e"),
    (57, "b88deb4568619ec14f2a65da1226088e2ab2d481801dc5651a9cc7c588887700"),
    (63, "b83e3aae5c5ab2f4e94fd7ff2cd0c6411f93136f4bb150d40f63e0016a8c7c76"),
    (64, "4c108cb98eb7aa3b35c6befdbb9c4255e965e12b485042b81abf95f043914740"),
    (65, "49cd3d141f2aa86b2b078ac6b6276f0c76c4606d0caa504ae6a5c36919bedf6f"),
    (111, "f7665b62aef5c760acab0dffb5de548649c18a610bf30201ddcf07193b5aa6f4"),
    (119, "1cb1151f5be63cefc898408d7bc0fde3b09f0d33311c35fe8ca7a4b6eb4ffb68"),
    (120, "02498029296489fee53770a3e6e2961256d8101a083d7342ff3bddad280b307c"),
    (127, "b5e024815e2715b8962632f0dfbfc5f95048ed5d5c3e18d8e7172db4cf19b8cb"),
    (128, "7ca3bb28656a5bb964fe717ffb63f8f852ff1efaedb452b36ebbdd2c4dddc38f"),
    (129, "046c77530471b20049dabfd99abd142ae1eef74d54c13d158797bead497fe215"),
    (1000, "216dd78be67c926c41d8f51a963c9abbd8e618b3b6a7342b87fd572458eb4e7e"),
    (4096, "b38a2951bb5f6de6a4f9c6d3c7c14ef936cc9215df955e04659cde5fe65a2138"),
    (10007, "d6de82d76863ea3051fba0287488cca2ecdc044367529ccf4dbd17e45153de60"),
  ]

  /// Bytes of a linear congruential generator seeded with their count.
  private func message(of count: Int) -> [UInt8] {
    var state = UInt64(count)
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
  }

  @Test("Messages around the edges of blocks", arguments: computed)
  func computedVectors(count: Int, hash: String) {
    #expect(SHA256.hexHash(message(of: count)) == hash)
  }

  @Test("Pieces of any size give the hash of the whole", arguments: computed)
  func pieces(count: Int, hash: String) {
    let seed: UInt64 = 256
    var random = SeededGenerator(seed: seed)
    var rest = message(of: count)[...]
    var hasher = SHA256()
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 0...150, using: &random))
      hasher.update(Array(piece))
      rest = rest.dropFirst(piece.count)
    }
    #expect(SHA256.hexText(hasher.finalize()) == hash, "seed \(seed)")
  }

  @Test("A hash taken on the way does not disturb what follows")
  func continues() {
    var hasher = SHA256()
    hasher.update(Array("ab".utf8))
    #expect(hasher.finalize() == SHA256.hash(Array("ab".utf8)))
    hasher.update(Array("c".utf8))
    #expect(hasher.finalize() == SHA256.hash(Array("abc".utf8)))
  }

  @Test("Hexadecimal text has two lower-case digits a byte")
  func hexText() {
    #expect(SHA256.hexText([0x00, 0x0F, 0xA5, 0xFF]) == "000fa5ff")
  }
}
