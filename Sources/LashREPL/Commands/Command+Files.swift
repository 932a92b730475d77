import LashLang
import LashToolchain
import LashVM

extension Command {
  /// Commands that read and write files.
  static let fileCommands = [
    Command(
      "load", "FILE", .file, "runs the programs of a file",
      details: """
        A file is one program, unless `:save` wrote it: then each line `# cell N` begins another.
        """
    ) { (repl, path) throws(ConsoleError) in
      try repl.needs(path, "load", "a file")
      let bytes = try repl.console.read(file: path)
      for program in CellFile.programs(in: bytes) where !InputText.isEmpty(program) {
        repl.cellCount += 1
        let course = repl.run(SourceFile(name: path, bytes: program))
        // The rest is made for what this one would have left.
        guard course.ending != nil else { return }
      }
    },
    Command("save", "FILE", .file, "writes the programs of the session into a file for `:load`") {
      (repl, path) throws(ConsoleError) in
      try repl.needs(path, "save", "a file")
      try repl.console.write(file: path, CellFile.bytes(of: repl.cells))
      repl.remark("\(count(repl.cells, "program")) written to \(path)")
    },
    Command(
      "snapshot", "FILE", .file, "stores the session: variables, declarations, host and runs"
    ) { (repl, path) throws(ConsoleError) in
      try repl.needs(path, "snapshot", "a file")
      try repl.console.write(file: path, try repl.stored())
      repl.remark("the session is in \(path)")
    },
    Command("restore", "FILE", .file, "goes on with a session that `:snapshot` stored") {
      (repl, path) throws(ConsoleError) in
      try repl.needs(path, "restore", "a file")
      let bytes = try repl.console.read(file: path)
      do throws(ConsoleError) {
        try repl.restore(bytes)
      } catch {
        throw ConsoleError("cannot restore `\(path)`: \(error)")
      }
      repl.remark("\(count(repl.values, "variable")), \(count(repl.runs.processes, "run"))")
    },
    Command(
      "record", "FILE", .file, "writes a log of the next program, for `:replay` and `lashc replay`",
      details: """
        That program runs on a clock of its own, and all that it starts goes on to its end with it.
        """
    ) { (repl, path) throws(ConsoleError) in
      try repl.needs(path, "record", "a file")
      repl.recording = path
      repl.remark("the next program is recorded in \(path)")
    },
    Command(
      "replay", "FILE [N]", .file, "runs a recorded program again, without the host",
      details: """
        `:replay FILE N` stops before the entry N of the log takes place, and shows the state. The
        variables of the session stay as they are.
        """
    ) { (repl, text) throws(ConsoleError) in
      try repl.needs(text, "replay", "a file")
      try repl.replay(text)
    },
  ]
}

/// How many there are, in words.
private func count(_ things: some Collection, _ name: String) -> String {
  "\(things.count) \(name)" + (things.count == 1 ? "" : "s")
}

/// The programs of a session in one text, which is a program too where nothing ends it early.
enum CellFile {
  private static let mark = Array("# cell ".utf8)

  static func bytes(of programs: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, program) in programs.enumerated() {
      if index > 0 { bytes.append(0x0A) }
      bytes += mark + Array("\(index + 1)\n".utf8) + program.utf8
      if bytes.last != 0x0A { bytes.append(0x0A) }
    }
    return bytes
  }

  /// The programs of a file, in order. A mark inside a string is text.
  static func programs(in bytes: [UInt8]) -> [[UInt8]] {
    var programs: [[UInt8]] = [[]]
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let last = programs.count - 1
      if isMark(line), InputText.unfinished(programs[last]) == nil {
        programs.append([])
      } else {
        programs[last] += line + [0x0A]
      }
    }
    return programs
  }

  private static func isMark(_ line: ArraySlice<UInt8>) -> Bool {
    let number = line.dropFirst(mark.count)
    return line.starts(with: mark) && !number.isEmpty
      && number.allSatisfy { (0x30...0x39).contains($0) }
  }
}
