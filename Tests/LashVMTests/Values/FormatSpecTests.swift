import Testing

@testable import LashVM

/// Rules FMT-1 to FMT-8.
struct FormatSpecTests {
  /// What Python 3.11 gives for the double of those bits, `_` for a space; but no sign on a zero (FMT-4).
  @Test(arguments: oracle.split(separator: "\n").map(String.init))
  func asPython(_ line: String) throws {
    let parts = line.split(separator: " ").map(String.init)
    let bits = try #require(UInt64(parts[0], radix: 16))
    let expected = String(parts[2].map { $0 == "_" ? " " : $0 })
    #expect(try format(.double(Double(bitPattern: bits)), parts[1]) == .value("\"\(expected)\""))
  }

  @Test(arguments: [
    ("7", "4", "   7"), ("7", "<3", "7  "), ("7", "^4", " 7  "), ("7", "", "7"),
    ("1234567", ",", "1,234,567"), ("-1234.5", ",", "-1,234.5"), ("999", ",", "999"),
    ("1e21", ",", "1e+21"), ("1e20", ",", "100,000,000,000,000,000,000"), ("0", ",", "0"),
    ("9007199254740993", ",", "9,007,199,254,740,993"),
    ("9007199254740993", ".1f", "9007199254740993.0"),
    ("-9223372036854775808", ",.0f", "-9,223,372,036,854,775,808"),
    ("9007199254740993", ".0%", "900719925474099300%"),
    ("\"ab\"", ">5", "   ab"), ("\"ab\"", "^5", " ab  "), ("\"ab\"", "4", "ab  "),
    ("\"abcde\"", "3", "abcde"), ("\"abcdef\"", ".3", "abc"), ("\"abcdef\"", ">5.2", "   ab"),
    ("\"näïve\"", ">7.3", "    näï"), ("\"a\"", ".0", ""), ("true", "5", "true "),
    ("null", ">6", "  null"), ("[1, \"é\"]", ">8", " [1,\"é\"]"), ("{\"()\": [1]}", "6", "(1,)  "),
  ])
  func aligned(value: String, spec: String, expected: String) throws {
    try BuiltinLab.run { lab throws in
      let values = try lab.values("[\(value)]")
      let answer = lab.formatted(values[0], spec)
      let quoted = Notation.text(of: .string(expected))
      #expect(answer == .value(quoted))
    }
  }

  @Test(arguments: [
    ("1.5", ".2", "format spec `.2` says too little for a number: write `.2f`"),
    ("\"1\"", ".2f", "format spec `.2f` needs a number, got string"),
    ("[1]", ",", "format spec `,` needs a number, got list"),
    ("null", "%", "format spec `%` needs a number, got null"),
    ("1", "03", "invalid format spec `03`"), ("1", ">03", "invalid format spec `>03`"),
    ("1", "d", "invalid format spec `d`"), ("1", ".f", "invalid format spec `.f`"),
    ("1", ",,", "invalid format spec `,,`"), ("1", "*>5", "invalid format spec `*>5`"),
    ("1", "f%", "invalid format spec `f%`"), ("1", " 5", "invalid format spec ` 5`"),
    ("1", "10001", "invalid format spec `10001`"), ("1", ".101f", "invalid format spec `.101f`"),
    ("1", "99999999999999999999", "invalid format spec `99999999999999999999`"),
  ])
  func refused(value: String, spec: String, message: String) throws {
    try BuiltinLab.run { lab throws in
      let values = try lab.values("[\(value)]")
      #expect(lab.formatted(values[0], spec) == .trap(message))
    }
  }

  @Test func limits() throws {
    #expect(try format(.integer(1), "10000") != .trap("invalid format spec `10000`"))
    let fraction = String(repeating: "0", count: 100)
    #expect(try format(.integer(1), ".100f") == .value("\"1.\(fraction)\""))
  }

  @Test func greatestDouble() throws {
    let digits =
      "17976931348623157081452742373170435679807056752584499659891747680315726078002853"
      + "87605895586327668781715404589535143824642343213268894641827684675467035375169860"
      + "49910576551282076245490090389328944075868508455133942304583236903222948165808559"
      + "332123348274797826204144723168738177180919299881250404026184124858368"
    #expect(try format(.double(.greatestFiniteMagnitude), ".0f") == .value("\"\(digits)\""))
  }

  private func format(_ value: HostValue, _ spec: String) throws -> Answer {
    try BuiltinLab.run { lab throws in
      lab.formatted(try lab.heap.value(value), spec)
    }
  }

  private static let oracle = """
    0000000000000000 ,.2f 0.00
    0000000000000000 % 0.000000%
    0000000000000000 .2f 0.00
    0000000000000000 .20f 0.00000000000000000000
    3fe0000000000000 .3f 0.500
    3fe0000000000000 .30f 0.500000000000000000000000000000
    3fe0000000000000 .1% 50.0%
    3fe0000000000000 <12.1f 0.5_________
    3ff8000000000000 ^9,.0f ____2____
    3ff8000000000000 f 1.500000
    3ff8000000000000 ,.0% 150%
    3ff8000000000000 <12.1f 1.5_________
    4004000000000000 .20f 2.50000000000000000000
    4004000000000000 ,.0% 250%
    4004000000000000 ^9,.0f ____2____
    4004000000000000 .1% 250.0%
    bf50624dd2f1a9fc <12.1f 0.0_________
    bf50624dd2f1a9fc .0f 0
    bf50624dd2f1a9fc ,.0% 0%
    bf50624dd2f1a9fc .0% 0%
    3e7ad7f29abcaf48 .2f 0.00
    3e7ad7f29abcaf48 .1% 0.0%
    3e7ad7f29abcaf48 ^12.1f ____0.0_____
    3e7ad7f29abcaf48 ^9,.0f ____0____
    444b1ae4d6e2ef50 .3f 1000000000000000000000.000
    444b1ae4d6e2ef50 % 99999999999999991611392.000000%
    444b1ae4d6e2ef50 <12.1f 1000000000000000000000.0
    444b1ae4d6e2ef50 ^9,.0f 1,000,000,000,000,000,000,000
    7fefffffffffffff ,.0% inf%
    7fefffffffffffff .0% inf%
    0000000000000001 .0% 0%
    0000000000000001 .1% 0.0%
    0000000000000001 .3f 0.000
    0000000000000001 .0f 0
    4005666666666666 f 2.675000
    4005666666666666 ^12.1f ____2.7_____
    4005666666666666 .3f 2.675
    4005666666666666 % 267.500000%
    3ff0147ae147ae14 ,.2f 1.00
    3ff0147ae147ae14 <12.1f 1.0_________
    3ff0147ae147ae14 ^12.1f ____1.0_____
    3ff0147ae147ae14 .0% 100%
    3fd23d70a3d70a3d % 28.500000%
    3fd23d70a3d70a3d ,.1f 0.3
    3fd23d70a3d70a3d ,.0% 28%
    3fd23d70a3d70a3d .3f 0.285
    4132d687e4189375 ^12.1f _1234567.9__
    4132d687e4189375 .3f 1234567.891
    4132d687e4189375 ,.2f 1,234,567.89
    4132d687e4189375 ,.0% 123,456,789%
    c132d687e4189375 .3f -1234567.891
    c132d687e4189375 ^12.1f _-1234567.9_
    c132d687e4189375 ,.2f -1,234,567.89
    c132d687e4189375 .2f -1234567.89
    408f3ffef9db22d1 .1% 99999.9%
    408f3ffef9db22d1 .2f 1000.00
    408f3ffef9db22d1 f 999.999500
    408f3ffef9db22d1 .30f 999.999500000000011823431123048067
    3fb999999999999a .1% 10.0%
    3fb999999999999a ^12.1f ____0.1_____
    3fb999999999999a ,.0% 10%
    3fb999999999999a <12.1f 0.1_________
    3fd5555555555555 ,.0% 33%
    3fd5555555555555 <12.1f 0.3_________
    3fd5555555555555 >12.1f _________0.3
    3fd5555555555555 .0% 33%
    3fe5555555555555 .20f 0.66666666666666662966
    3fe5555555555555 ,.1f 0.7
    3fe5555555555555 ,.2f 0.67
    3fe5555555555555 .30f 0.666666666666666629659232512495
    7ff0000000000000 ,.2f inf
    7ff0000000000000 .0f inf
    7ff0000000000000 ,.1f inf
    7ff0000000000000 <12.1f inf_________
    fff0000000000000 ,.0% -inf%
    fff0000000000000 ,.1f -inf
    fff0000000000000 .0% -inf%
    fff0000000000000 .0f -inf
    7ff8000000000000 .20f nan
    7ff8000000000000 f nan
    7ff8000000000000 .1% nan%
    7ff8000000000000 >12.1f _________nan
    437b69b4ba630f35 ,.0% 12,345,678,901,234,567,168%
    437b69b4ba630f35 <12.1f 123456789012345680.0
    437b69b4ba630f35 .0f 123456789012345680
    437b69b4ba630f35 .30f 123456789012345680.000000000000000000000000000000
    430c6bf526340000 .0f 1000000000000000
    430c6bf526340000 <12.1f 1000000000000000.0
    430c6bf526340000 ,.0% 100,000,000,000,000,000%
    430c6bf526340000 >12.1f 1000000000000000.0
    c12e847f00000000 ,.1f -999,999.5
    c12e847f00000000 .2f -999999.50
    c12e847f00000000 .20f -999999.50000000000000000000
    c12e847f00000000 <12.1f -999999.5___
    4080f40624dd2f1b % 54250.300000%
    410c743000000000 f 233094.000000
    c07f1ea3d70a3d71 f -497.915000
    c07250dd2f1a9fbe .1% -29305.4%
    31edbac963ded197 ,.0% 0%
    c0f93ab000000000 .0% -10333900%
    407b55fbe76c8b44 % 43737.400000%
    a8457f74a8a0f3a2 .2f 0.00
    4083763f7ced9168 .3f 622.781
    c13020b0a0000000 .0f -1056945
    c12adbf380000000 >12.1f ___-880121.8
    c08e32cccccccccd <12.1f -966.4______
    412a879b00000000 ,.0% 86,932,550%
    c4d797e9c93c794c <12.1f -445666934094019208151040.0
    c083eb0c49ba5e35 ,.2f -637.38
    3fadfa9ff6be8aa0 .1% 5.9%
    407e1b0a3d70a3d7 % 48169.000000%
    4089cc6872b020c5 .0f 826
    c12c6256c0000000 >12.1f ___-930091.4
    41282c70c0000000 ,.0% 79,212,038%
    41225ebd37cfc14c .20f 601950.60900692036375403404
    41135fe100000000 ,.0% 31,743,225%
    bfe4dd4e33a78b28 .20f -0.65201482857478243460
    c047b645a1cac083 ^12.1f ___-47.4____
    407bfb6872b020c5 .1% 44771.3%
    c121a7b6408d7f9b .20f -578523.12607954756822437048
    c08d0a78d4fdf3b6 % -92930.900000%
    bfdf9d38c67257b0 .0% -49%
    c11c7c5ca284b72a ^12.1f _-466711.2__
    bfd45ecd1badb79c .0f 0
    ad3fed21e08e5ef5 <12.1f 0.0_________
    a81ab8f077e1640d >12.1f _________0.0
    c06932978d4fdf3b f -201.581000
    3fca9c327aee4268 .0% 21%
    c121782740000000 .3f -572435.625
    4122da5f61484dca .1% 61777569.0%
    c085800a3d70a3d7 <12.1f -688.0______
    c12a698ae0352f69 % -86547743.790577%
    c047c7ae147ae148 ,.2f -47.56
    4087724fdf3b645a ^12.1f ___750.3____
    c07a23f3b645a1cb ,.1f -418.2
    c07923f7ced91687 ,.1f -402.2
    a14e5d48e016caa4 f 0.000000
    c123e50ffd71631d .0f -651912
    c4986575f9115e6b .30f -28802104396296252030976.000000000000000000000000000000
    c114c39c00000000 .30f -340199.000000000000000000000000000000
    c089fd5604189375 .3f -831.667
    c1244c7ad4de9bc4 >12.1f ___-665149.4
    17d0dcb88223052d .0% 0%
    40fee1b600000000 ,.1f 126,491.4
    bfc4260e811b60d8 f -0.157411
    3fe3c46f5f214b14 .1% 61.8%
    3b041cd4219ded6d f 0.000000
    40e30e772243c890 f 39027.722933
    39470e372f382b77 .2f 0.00
    bfe6f401ff751e44 ,.0% -72%
    3fe4b7d41568da04 f 0.647440
    3f233bb2583b6cfb ^9,.0f ____0____
    05357d6208df9310 .2f 0.00
    bfeafe43a1746216 >12.1f ________-0.8
    411e25d06cc82548 .1% 49394010.6%
    a3c74bd9ad22377d ^12.1f ____0.0_____
    3fbd4c74e2e64220 .0f 0
    9b0ae9dc6b830266 .20f 0.00000000000000000000
    412bf3ecb9e0bb30 % 91595836.304269%
    bfee16f878e4a364 f -0.940304
    27ace5bee2ece11f >12.1f _________0.0
    bfe72ed5abdbde84 <12.1f -0.7________
    920473ce8132dd5d ,.0% 0%
    4122bc6740000000 .0% 61393962%
    c06cdae978d4fdf4 .30f -230.841000000000008185452315956354
    c128cd04c0000000 f -812674.375000
    c11f7e8300000000 % -51600075.000000%
    c06dc8395810624e .20f -238.25700000000000500222
    410893e87bd68d70 .0f 201341
    410bb46f0d592d08 .0f 226958
    """
}

extension BuiltinLab {
  /// The value, which is released, in a format spec.
  func formatted(_ value: Value, _ spec: String) -> Answer {
    defer { heap.release(value) }
    return Array(spec.utf8).withUnsafeBufferPointer { spec in
      answer { () throws(Fault) in try heap.formatted(value, spec: spec) }
    }
  }
}
