import LashLang
import Testing

@testable import LashVM

/// No register is read that may be unset, and no temporary goes on holding a string or container.
@Suite struct CompilerDisciplineTests {
  private static let host = HostSurface.testing(globals: ["r", "xs", "s", "k", "h"])

  @Test(arguments: [
    "x = r.a.b[k].c + s",
    "x = (s + \"a\") + (s + \"b\")",
    "x = [r.a, (r.b, {c: r.d})][0]",
    "x = r.a ?? r.b ?? s",
    "if k { x0 = 1 }\nx = x0 ?? [s]",
    "x = r.a and r.b or not s",
    "x = r.a ? r.b : [r.c]",
    "x = s in r.keys and k not in [1, 2]",
    "x = -r.a * -r.b - 2 / r.c",
    "x = 3 < r.a and r.b == r.c and r.d != \"d\"",
    "x = f\"{r.a} and {s:>10} and {[1]}\"",
    "x = len(slice(s, 1, 2)) + len(r.a)",
    "r.a[k + \"x\"].b = [1]\nr.a[len(s)] = s\nr[k] += r.b",
    "a, b = r.pair\nxs[0], r.b = xs[1], a\nr[k + \"y\"], a = b",
    "xs = push(xs, r.a)\ns = s + \"a\" + r.b + s\nxs = xs + [s]\nxs += r.c",
    "r.xs = push(r.xs, [1])\nr[k] = r[k] * r.n",
    "for x in r.list { if x.done { break }\n if x.skip { continue }\n s += x.text }",
    "for k2, v in entries(r) { if v == k2 { break }\n xs[0] = v }",
    "for i in range(len(xs)) { i = [i]\n if i { break } }",
    "for a in xs { for b in a { if b { break } } }",
    "while r.a and len(xs) > r.n { xs = slice(xs, 1, null)\n if s { break } }",
    "x = [a + b for a in xs if a.ok for b in a.items if b in r.set]",
    "x = [[i, j] for i, j in zip(xs, xs)]",
    "x = [i * i for i in range(10) if i % 2 == 0]",
    "r.a\nr.a + s\n[r.b]\nlen(r.c)",
    "if r.a == r.b { x = 1 } else if s < r.c { x = 2 } else { x = r.d }",
    "print r.a\nprint [s]\nif s { finish r.a }\nfinish s",
    "x = await m.a({v: r.a})?\ny = await m.b(s)\nz = m.a(1)?.text + y.value",
    "x = await [m.a(r.a), [m.b(s)?, r.b], {c: await m.a(k)?}]",
    "x = await [m.a(i)? for i in xs if i.ok]",
    "x = (await [m.a(1), m.b(2)])?\ny = (await h)?\nz = await h",
    "x = await [{id: i, row: m.a(i)?} for i in range(3)]",
    "x = Type {a: str, b: list[int]?}\ny = validate(r, x)",
    "sleep for r.a\nx = sleep until r.b",
    "process p(a: any) signals { go: any } { finish a }\nq = start p(a: r.a)\nsignal_run(q, \"go\", r.b)\ncancel q",
  ])
  func mainBlock(_ source: String) throws {
    let program = try compile(source, host: Self.host)
    let inputs = program.variables.filter { Self.host.globals.contains($0.name) }.map(\.register)
    let problems = RegisterDiscipline.problems(
      in: program, body: 0, variables: program.variables.count, inputs: inputs)
    #expect(problems.isEmpty, "\(problems)\n\(Disassembler.text(of: program))")
  }

  @Test(arguments: [
    ("fn f(a: any, b: any) -> any { c = a.x\n if b { c = [c] }\n c }", 3),
    ("fn f(a: any) -> any { if a { b = [1] }\n b }", 2),
    ("fn f(a: any) -> any { if a.ok { a.x + \"s\" } else { [i for i in a.xs] } }", 1),
    ("fn f(a: any) -> any { for x in a { if x { break } } }", 1),
    ("fn f(a: any) -> any { while true { if a.x { b = a.y\n break } }\n b }", 2),
    ("process p(a: any) signals { go: any } { yield a.x\n b = wait_signal(\"go\")\n fail b }", 2),
  ])
  func otherBody(_ source: String, _ variables: Int) throws {
    let program = try compile(source, host: Self.host)
    let problems = RegisterDiscipline.problems(
      in: program, body: 1, variables: variables,
      inputs: Array(0..<program.bodies[1].parameterCount))
    #expect(problems.isEmpty, "\(problems)\n\(Disassembler.text(of: program))")
  }

  /// The check itself finds what it is for.
  @Test func findsViolations() throws {
    var program = try compile("x = r.a", host: Self.host)
    var code = CodeBuffer()
    code.emit(.field, a: 16, b: 8, at: .none)
    code.append(0, at: .none)
    code.emit(.copy, a: 0, b: 24, at: .none)
    code.emit(.end, at: .none)
    program.bodies[0].code = code.finish().words
    program.bodies[0].registerCount = 4
    let problems = RegisterDiscipline.problems(in: program, body: 0, variables: 2, inputs: [1])
    #expect(
      problems == [
        "1 copy reads r3, which may be unset", "before 1 copy r2 holds a dead value",
        "before 2 end r2 holds a dead value",
      ])
  }
}
