/// Cuts a stream of bytes into inputs: programs separated by empty lines, and commands, which are lines
/// that begin with `:` where a program would begin. An empty line inside an open bracket, block or string
/// does not end a program.
public struct InputSplitter {
  private var line: [UInt8] = []
  private var program: [UInt8] = []

  /// A splitter at the beginning of a stream.
  public init() {}

  /// Takes the next bytes; gives the inputs that ended in them.
  public mutating func take(_ bytes: [UInt8]) -> [[UInt8]] {
    var inputs: [[UInt8]] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: 0x0A) {
      line += rest[..<end]
      rest = rest[(end + 1)...]
      endLine(&inputs)
    }
    line += rest
    return inputs
  }

  /// Ends the stream; gives the last input if there is one.
  public mutating func finish() -> [UInt8]? {
    program += line
    line = []
    defer { program = [] }
    return InputText.isEmpty(program) ? nil : program
  }

  private mutating func endLine(_ inputs: inout [[UInt8]]) {
    defer { line.removeAll(keepingCapacity: true) }
    if program.isEmpty {
      if InputText.isEmpty(line) { return }
      if InputText.isCommand(line) { return inputs.append(line) }
    } else if InputText.isEmpty(line), InputText.unfinished(program) == nil {
      inputs.append(program)
      program = []
      return
    }
    program += line + [0x0A]
  }
}
