import Testing

@testable import LashLang

/// The style of `spec/style.md`: each text on the left is written as on the right.
@Suite struct FormatStyleTests {
  private func expect(
    _ text: String, _ styled: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let once = format(text)
    #expect(once == styled, sourceLocation: sourceLocation)
    #expect(format(once) == once, "not stable", sourceLocation: sourceLocation)
  }

  private func format(_ text: String) -> String {
    let result = SourceFormatter.format(SourceFile(name: "", text: text))
    return String(decoding: result.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("", ""), ("\n\n", ""), ("x=1", "x = 1\n"), ("\n\nx = 1\n\n\n\ny = 2\n\n", "x = 1\n\ny = 2\n"),
    ("x = 1; y = 2;; z = 3", "x = 1\ny = 2\nz = 3\n"), ("f = 2; (1, 2)", "f = 2\n(1, 2)\n"),
    ("x=[ 1,2 , 3, ]", "x = [1, 2, 3]\n"), ("t = (1 , )", "t = (1,)\n"),
    ("x = (1, 2,)", "x = (1, 2)\n"),
    ("r={ a:1 , \"b c\" : - 2 }", "r = {a: 1, \"b c\": -2}\n"),
    ("x = - a- -b", "x = -a - -b\n"), ("ok=! a and not b", "ok = !a and not b\n"),
    ("x = a ?b:c", "x = a ? b : c\n"), ("x = f( 1 )? ?? 2", "x = f(1)? ?? 2\n"),
    ("x = a ? ?", "x = a? ?\n"), ("x = xs [ 1 ] . k", "x = xs[1].k\n"),
    ("finish[1]", "finish [1]\n"), ("finish(1)", "finish (1)\n"), ("finish -1", "finish -1\n"),
    ("await m . op ( { a:1 } ) ?", "await m.op({a: 1})?\n"),
    ("db . \"odd name\"( {} )", "db.\"odd name\"({})\n"), ("x = r.if+r.in", "x = r.if + r.in\n"),
    ("x={if:1,in:2}", "x = {if: 1, in: 2}\n"), ("a,b=pair", "a, b = pair\n"),
    ("x+=1", "x += 1\n"), ("xs=[ x for x in ys if x>1 ]", "xs = [x for x in ys if x > 1]\n"),
    ("x = a not  in b", "x = a not in b\n"), ("x = f\"{ a }  {b:>3}\"", "x = f\"{ a }  {b:>3}\"\n"),
    ("sleep   for 5", "sleep for 5\n"), ("start  p ( a :1 )", "start p(a: 1)\n"),
    ("type A={a:int,b:str ?,...}", "type A = { a: int, b: str?, ... }\n"),
    ("type A = list [ int ]|null", "type A = list[int] | null\n"),
    ("type A = enum [ \"a\",\"b\" ]", "type A = enum[\"a\", \"b\"]\n"),
    ("type A = Process < int,list[ str ] >", "type A = Process<int, list[str]>\n"),
    ("x = Type{a:int}", "x = Type { a: int }\n"), ("x = Type { }", "x = Type {}\n"),
    ("fn f( a:int )->int{ a }", "fn f(a: int) -> int { a }\n"),
    ("process p() signals{s:any}{ finish 1 }", "process p() signals { s: any } { finish 1 }\n"),
    ("@label( title :\"t\" ) x = 1", "@label(title: \"t\")\nx = 1\n"),
    ("x = 1 .a", "x = 1 .a\n"), ("x = \"a\nb\"  +  y", "x = \"a\nb\" + y\n"),
    ("x = 1\r\ny = 2\r\n", "x = 1\ny = 2\n"),
  ])
  func spaces(text: String, styled: String) { expect(text, styled) }

  @Test(arguments: [
    ("if a { x = 1 }", "if a { x = 1 }\n"), ("if a {\n x = 1 }", "if a {\n  x = 1\n}\n"),
    ("if a { x = 1; y = 2 }", "if a {\n  x = 1\n  y = 2\n}\n"), ("if a\n{\n}", "if a {}\n"),
    (
      "if a {\n\n x = 1\n\n}\nelse if b { y = 1 }\nelse { }",
      "if a {\n  x = 1\n} else if b {\n  y = 1\n} else {}\n"
    ),
    ("if a { x = 1 } else { x = 2 }", "if a { x = 1 } else { x = 2 }\n"),
    ("while a { if b { break } }", "while a {\n  if b { break }\n}\n"),
    ("for a,b in zip( x,y ){ print a }", "for a, b in zip(x, y) { print a }\n"),
    ("r = {\na: 1, b: 2 }", "r = {\n  a: 1,\n  b: 2,\n}\n"),
    ("r = { a: 1,\n b: 2\n}", "r = {a: 1, b: 2}\n"),
    ("f({\n a: 1 })", "f({\n  a: 1,\n})\n"),
    ("type A = {\n a: int }", "type A = {\n  a: int,\n}\n"),
  ])
  func blocks(text: String, styled: String) { expect(text, styled) }

  @Test(arguments: [
    ("# a\nx = 1# b\n# c", "# a\nx = 1  # b\n# c\n"),
    (
      "x = [ # a\n 1, # b\n # c\n 2 # d\n # e\n]",
      "x = [  # a\n  1,  # b\n  # c\n  2,  # d\n  # e\n]\n"
    ),
    ("if a { # b\n}", "if a {  # b\n}\n"), ("if a # b\n{ x = 1 }", "if a {  # b\n  x = 1\n}\n"),
    ("if a {\n # b\n}", "if a {\n  # b\n}\n"),
    ("if a {\n x = 1\n}\n# b\nelse { y = 1 }", "if a {\n  x = 1\n}\n# b\nelse {\n  y = 1\n}\n"),
    ("if a {\n x = 1\n} # b\nelse { y = 1 }", "if a {\n  x = 1\n}  # b\nelse {\n  y = 1\n}\n"),
    ("x = a\n # b\n + c", "x = a\n  # b\n  + c\n"), ("x = a # b\n + c", "x = a  # b\n  + c\n"),
    ("x = 1; # a\n\n# b\n\n\ny = 2", "x = 1  # a\n\n# b\n\ny = 2\n"),
    ("f(1 # a\n, 2)", "f(\n  1,  # a\n  2,\n)\n"),
    ("f(1\n # a\n, 2)", "f(\n  1,\n  # a\n  2,\n)\n"),
    ("r = { // a\n}", "r = {  // a\n}\n"), ("r = {\n # a\n}", "r = {\n  # a\n}\n"),
    ("x = # a\n 1", "x =  # a\n1\n"),
    ("if a {\n\n # b\n\n x = 1\n\n # c\n\n}", "if a {\n  # b\n\n  x = 1\n\n  # c\n}\n"),
  ])
  func comments(text: String, styled: String) { expect(text, styled) }

  @Test func longStatements() {
    let long = { (name: String) in name + String(repeating: "x", count: 40) }
    let (a, b, c) = (long("a"), long("b"), long("c"))
    expect("x = \(a) + \(b) + \(c)", "x = \(a)\n  + \(b)\n  + \(c)\n")
    expect(
      "x = \(a) or \(b) and \(c) and \(a)", "x = \(a)\n  or \(b)\n    and \(c)\n    and \(a)\n")
    expect("x = \(a) - f(\(b) - \(c))", "x = \(a)\n  - f(\(b) - \(c))\n")
    expect("x = \(a) ? \(b) : \(c)", "x = \(a)\n  ? \(b)\n  : \(c)\n")
    expect(
      "x = a ? \(a) : b ? \(b) : \(c)", "x = a ? \(a)\n  : b ? \(b)\n  : \(c)\n")
    expect("x = [\(a), \(b), \(c)]", "x = [\n  \(a),\n  \(b),\n  \(c),\n]\n")
    expect("x = f(\(a), \(b), \(c))", "x = f(\n  \(a),\n  \(b),\n  \(c),\n)\n")
    expect("x = f(\(a), {a: \(b), b: c})", "x = f(\(a), {\n  a: \(b),\n  b: c,\n})\n")
    expect("x = xs + [{a: \(a), b: \(b)}]", "x = xs + [{\n  a: \(a),\n  b: \(b),\n}]\n")
    expect(
      "x = await m.op({a: \(a), b: \(b)})?", "x = await m.op({\n  a: \(a),\n  b: \(b),\n})?\n")
    expect(
      "x = [f(\(a)) for i in \(b) if \(c)]",
      "x = [\n  f(\(a))\n  for i in \(b)\n  if \(c)\n]\n")
    expect(
      "if \(a) and \(b) and \(c) { x = 1 }",
      "if \(a)\n    and \(b)\n    and \(c) {\n  x = 1\n}\n")
    expect(
      "fn f(\(a): int, \(b): int) -> int { 1 }",
      "fn f(\n  \(a): int,\n  \(b): int,\n) -> int {\n  1\n}\n")
    expect("t = \(a), \(b), \(c)", "t = \(a),\n  \(b),\n  \(c)\n")
    expect(
      "type A = enum[\"\(a)\", \"\(b)\", \"c\"]",
      "type A = enum[\n  \"\(a)\",\n  \"\(b)\",\n  \"c\"\n]\n")
    expect(
      "x = (await m.op({a: \(a), b: \(b)}))?.c",
      "x = (await m.op({\n  a: \(a),\n  b: \(b),\n}))?.c\n")
  }

  /// What does not parse is left alone, what is around it is not.
  @Test(arguments: [
    ("x=1\ny = = 2\nz=3", "x = 1\ny = = 2\nz = 3\n"),
    ("x=1\nif a {\n   y = (1,\n   z=3\n}\nw=4", "x = 1\nif a {\n  y = (1,\n  z = 3\n}\nw = 4\n"),
    ("def f(x):\n    return x\ny=1", "def f(x):\n    return x\ny = 1\n"),
    ("x = )\nif b {\n  c=1\n}", "x = )\nif b {\n  c = 1\n}\n"),
    ("while a {\n  x = 1\n", "while a {\n  x = 1\n"), ("x = 'a", "x = 'a\n"),
  ])
  func brokenStatements(text: String, styled: String) { expect(text, styled) }
}
