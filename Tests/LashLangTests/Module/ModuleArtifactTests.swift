import LashJSON
import Testing

@testable import LashLang

/// Stored modules: what is written is read, and nothing else is believed (rule MOD-5).
@Suite struct ModuleArtifactTests {
  static let text = """
    # Sends a finding.
    @label(title: "Notify")
    process notify(mail: Gmail, f: Finding) signals { stop: any } -> bool {
      await mail.send({body: f})?
      finish true
    }
    hits = await web.search({query: "x"})?
    h = start notify(mail: gmail.work, f: {title: "t"})
    plan = cron.Schedule({expr: "0 7 * * *"})
    sleep for "1s"
    finish [(await h)?, plan]
    """

  private func artifact(_ text: String = Self.text) throws -> ModuleArtifact {
    let parsed = Parser.parse(SourceFile(name: "m.lash", text: text))
    let module = CheckModule.check(parsed.tree, host: .sample, earlier: parsed.diagnostics)
    try #require(!module.hasErrors, "\(module.diagnostics)")
    return ModuleArtifact(module)
  }

  @Test("What is written is read back, to the byte")
  func roundTrip() throws {
    let artifact = try artifact()
    let bytes = artifact.encoded()
    let read = try ModuleArtifact(decoding: bytes)
    #expect(read.encoded() == bytes)
    #expect(read.identity == artifact.identity && read.exports == artifact.exports)
    #expect(read.source.bytes == artifact.source.bytes && read.source.name == "m.lash")
    #expect(read.export(named: "notify")?.parameters.count == 2)
    #expect(read.export(named: "other") == nil)
  }

  @Test("Each altered part is named")
  func altered() throws {
    var artifact = try artifact()
    let other = try self.artifact("finish 1")
    let error = { (artifact: ModuleArtifact) -> String in
      do throws(ModuleArtifactError) {
        try artifact.verify()
        return "none"
      } catch {
        return error.description
      }
    }
    #expect(error(artifact) == "none")
    var broken = artifact
    broken.identity = other.identity
    #expect(error(broken).contains("its identity should be \(artifact.identity)"))
    broken = artifact
    broken.exports[0].parameters[0].type = "Web"
    #expect(error(broken).contains("its exports should be"))
    broken = artifact
    broken.exports[0].identity = other.identity
    #expect(error(broken).contains("its exports should be"))
    broken = artifact
    broken.requirements.globals = ["x"]
    #expect(error(broken).contains("its requirements should be"))
    broken = artifact
    broken.requirements.modules.removeAll()
    #expect(error(broken).contains("has an error"))
    broken = artifact
    broken.source = other.source
    #expect(error(broken).contains("its requirements should be"))
    artifact.source = SourceFile(
      name: "x", text: Self.text.replacing("finish true", with: "finish 1"))
    #expect(error(artifact).contains("has an error"))
  }

  @Test(
    "Bytes that are no stored module are refused with a reason",
    arguments: [
      ("", "does not begin"), ("{}", "does not begin"), ("{\"format\":\"lash-module\"", "damaged"),
      ("{\"format\":\"lash-module\"}", "`version` is missing"),
      ("{\"format\":\"lash-module\",\"version\":2}", "version 2"),
      ("{\"format\":\"lash-module\",\"version\":1}", "`identity` is missing"),
      ("{\"format\":\"lash-module\",\"version\":1,\"more\":1}", "unknown key `more`"),
      ("{\"format\":\"lash-module\",\"version\":1,\"identity\":\"x\"}", "`identity` is none"),
    ])
  func refused(_ pair: (String, String)) {
    do throws(ModuleArtifactError) {
      _ = try ModuleArtifact(decoding: Array(pair.0.utf8))
      Issue.record("accepted: \(pair.0)")
    } catch {
      #expect(error.description.contains(pair.1), "\(error)")
    }
  }

  @Test("Lists beyond the bound, and JSON that nests too deep, are refused")
  func bounds() throws {
    let text = String(decoding: try artifact().encoded(), as: UTF8.self)
    let many = Array(repeating: "\"x\"", count: 3_000).joined(separator: ",")
    let long = text.replacing(
      "\"requirements\":{", with: "\"requirements\":{\"variables\":[\(many)],")
    let deep = text.replacing(
      "\"exports\":[", with: "\"exports\":" + String(repeating: "[", count: 100_000))
    for (text, reason) in [(long, "at most 2000 items"), (deep, "damaged")] {
      do throws(ModuleArtifactError) {
        _ = try ModuleArtifact(decoding: Array(text.utf8))
        Issue.record("accepted")
      } catch {
        #expect(error.description.contains(reason), "\(error)")
      }
    }
  }

  /// Whatever is changed, the reader refuses it, or what it gives is what it claims to be.
  @Test("Damaged bytes never give a module that is not what it claims")
  func hostile() throws {
    let bytes = try artifact().encoded()
    var random = SeededGenerator(seed: 7)
    var accepted = 0
    for turn in 0..<300 {
      var damaged = bytes
      switch turn % 4 {
      case 0: damaged.removeLast(Int.random(in: 1..<bytes.count, using: &random))
      case 1:
        let place = Int.random(in: 0..<bytes.count, using: &random)
        damaged[place] = UInt8.random(in: 0...255, using: &random)
      case 2:
        let start = Int.random(in: 0..<bytes.count, using: &random)
        damaged.removeSubrange(start..<min(bytes.count, start + 9))
      default:
        let place = Int.random(in: 0..<bytes.count, using: &random)
        damaged.insert(contentsOf: bytes[place..<min(bytes.count, place + 20)], at: place)
      }
      guard let read = try? ModuleArtifact(decoding: damaged) else { continue }
      accepted += 1
      let parsed = Parser.parse(read.source)
      let module = CheckModule.check(parsed.tree, host: read.requirements.surface)
      #expect(module.identity == read.identity, "turn \(turn)")
    }
    // Damage in a remark or in the name of the text is none.
    #expect(accepted < 60)
  }
}
