/// Methods and properties of Python and TypeScript, each with the forms that stand for it by the number
/// of its arguments: `$` is the receiver, `#1` and `#2` are arguments, an empty form is none.
/// A form with ` = ` is a statement.
enum ForeignMethods {
  static let all: [String: [String]] = texts.merging(sequences) { first, _ in first }
    .merging(records) { first, _ in first }

  private static let texts = [
    "upper": ["upper($)"], "toUpperCase": ["upper($)"], "lower": ["lower($)"],
    "toLowerCase": ["lower($)"], "strip": ["trim($)"], "trim": ["trim($)"],
    "split": ["split($, \" \")", "split($, #1)"], "splitlines": ["lines($)"],
    "replace": ["", "", "replace($, #1, #2)"], "replaceAll": ["", "", "replace($, #1, #2)"],
    "startswith": ["", "starts_with($, #1)"], "startsWith": ["", "starts_with($, #1)"],
    "endswith": ["", "ends_with($, #1)"], "endsWith": ["", "ends_with($, #1)"],
    "find": ["", "find($, #1)"], "padStart": ["", "pad_start($, #1)", "pad_start($, #1, #2)"],
    "padEnd": ["", "pad_end($, #1)", "pad_end($, #1, #2)"],
    "rjust": ["", "pad_start($, #1)", "pad_start($, #1, #2)"],
    "ljust": ["", "pad_end($, #1)", "pad_end($, #1, #2)"],
    "zfill": ["", "pad_start($, #1, \"0\")"], "repeat": ["", "repeat($, #1)"],
    "format": ["", "format($, #1)", "format($, #1, #2)"], "charAt": ["", "$[#1]"],
    "substring": ["", "slice($, #1, null)", "slice($, #1, #2)"],
    "toString": ["to_string($)"], "toFixed": ["round($)", "round($, #1)"],
    "json": ["json_parse($)"],
  ]

  private static let sequences = [
    "length": ["len($)"], "size": ["len($)"], "count": ["len($)", "count($, #1)"],
    "append": ["", "$ = push($, #1)"], "push": ["", "$ = push($, #1)"],
    "add": ["", "$ = push($, #1)"], "extend": ["", "$ += #1"], "concat": ["", "$ + #1"],
    "includes": ["", "contains($, #1)"], "contains": ["", "contains($, #1)"],
    "indexOf": ["", "index_of($, #1)"], "index": ["", "index_of($, #1)"],
    "at": ["", "$[#1]"], "first": ["$[0]"], "last": ["$[-1]"],
    "pop": ["$ = slice($, 0, -1)"], "shift": ["$ = slice($, 1, null)"],
    "sort": ["$ = sort($)"], "toSorted": ["sort($)"], "reverse": ["$ = reverse($)"],
    "toReversed": ["reverse($)"], "slice": ["$", "slice($, #1, null)", "slice($, #1, #2)"],
    "flat": ["flatten($)"], "copy": ["$"], "isEmpty": ["empty($)"],
    "sum": ["sum($)"], "join": ["join($, \",\")", "join($, #1)"],
    "map": ["", "[f(x) for x in $]"], "filter": ["", "[x for x in $ if cond]"],
    "forEach": ["", "for x in $ { … }"],
  ]

  private static let records = [
    "keys": ["keys($)"], "values": ["values($)"], "items": ["entries($)"],
    "entries": ["entries($)"], "get": ["", "$[#1]", "($[#1] ?? #2)"],
    "has": ["", "contains($, #1)"], "hasOwnProperty": ["", "contains($, #1)"],
    "has_key": ["", "contains($, #1)"], "update": ["", "$ = merge($, #1)"],
    "set": ["", "", "$[#1] = #2"], "delete": ["", "$ = without($, #1)"],
    "setdefault": ["", "", "$[#1] = $[#1] ?? #2"],
  ]
}
