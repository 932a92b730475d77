import LashJSON
import LashLang
import LashToolchain
import LashVM

/// Compiles a text and runs it; stored and read back it must do the same.
enum SourceTarget {
  static func problem(_ bytes: [UInt8]) -> String? {
    guard bytes.count <= 4_096 else { return nil }
    let source = SourceFile(name: "fuzz", bytes: bytes)
    var setup = RunSetup()
    setup.echoesUnknown = true
    setup.bounds = Bounds(fuel: 20_000, memory: 1 << 20, depth: 60)
    let compilation = Compile.program(source, surface: setup.surface)
    guard let program = compilation.program else {
      return compilation.hasErrors ? nil : "there is neither a program nor an error"
    }
    let read: Program
    do throws(ProgramFormatError) {
      read = try Program(decoding: program.encoded())
    } catch {
      return "what was compiled is refused: \(error)"
    }
    let first = Run.report(program, setup).json().description
    let second = Run.report(read, setup).json().description
    return first == second ? nil : "stored and read back it does something else: \(second)"
  }
}
