/// What models write out of habit of other languages, with what lashlang has for it.
///
/// Only looked up for names that nothing declares, so none of these words is lost to programs.
enum ForeignHabit {
  /// What stands for a name such as `None`.
  static func name(_ name: String) -> String? { names[name] }

  /// The builtin of the same meaning as a function such as `str`, called in the same way.
  static func function(_ name: String) -> String? { functions[name] }

  /// Advice for a function that has no direct counterpart.
  static func functionAdvice(_ name: String) -> String? { functionAdvices[name] }

  /// What stands for a method call such as `s.upper()`: text with `$` for the receiver.
  static func method(_ name: String, receiver: String) -> String? {
    methods[name].map { $0.split(separator: "$", omittingEmptySubsequences: false) }
      .map { $0.joined(separator: receiver) }
  }

  /// What stands for a function of a standard module, such as `json.loads`.
  static func qualified(_ path: String) -> String? { qualifiedNames[path] }

  /// What stands for a type name such as `String`.
  static func type(_ name: String) -> String? { types[name] }

  private static let names = [
    "None": "null", "True": "true", "False": "false", "nil": "null", "undefined": "null",
    "NULL": "null", "TRUE": "true", "FALSE": "false", "Null": "null",
  ]

  private static let functions = [
    "str": "to_string", "String": "to_string", "repr": "to_json", "int": "to_int",
    "parseInt": "to_int", "float": "to_float", "parseFloat": "to_float", "Number": "to_float",
    "length": "len", "size": "len", "sorted": "sort", "reversed": "reverse", "set": "unique",
    "Set": "unique", "type": "type_of", "typeof": "type_of", "substring": "slice",
    "substr": "slice", "concat": "merge", "append": "push", "toString": "to_string",
    "includes": "contains", "has": "contains", "startswith": "starts_with",
    "startsWith": "starts_with", "endswith": "ends_with", "endsWith": "ends_with",
    "toUpperCase": "upper", "toLowerCase": "lower", "strip": "trim", "items": "entries",
    "sortBy": "sort_by", "groupBy": "group_by", "indexOf": "index_of", "uniq": "unique",
    "json_loads": "json_parse", "parse_json": "json_parse", "json_dumps": "to_json",
    "json_stringify": "to_json", "splitlines": "lines",
  ]

  private static let functionAdvices = [
    "map": "write a list comprehension, `[f(x) for x in xs]`",
    "filter": "write a list comprehension, `[x for x in xs if cond]`",
    "reduce": "write a `for` loop that updates a variable",
    "list": "lists are written `[a, b]`; `range` already gives a list",
    "dict": "records are written `{a: 1, b: 2}`; `from_entries` makes one of pairs",
    "tuple": "tuples are written `(a, b)`",
    "bool": "compare instead, for example `x != null`",
    "isinstance": "compare `type_of(x)` with a name such as \"string\"",
    "pow": "multiply instead; there is no power operator",
    "input": "a program cannot ask; `finish` with a question instead",
    "assert": "write `if not cond { … }`",
    "raise": "a process may `fail value`; elsewhere `finish` with a result that says so",
    "hasattr": "write `contains(r, \"key\")`",
    "getattr": "write `r[\"key\"]`, which is null if the key is missing",
    "fetch": "effects are operations of modules, called as `await module.operation({…})`",
    "require": "there is nothing to import; builtins and modules are always there",
    "import": "there is nothing to import; builtins and modules are always there",
  ]

  private static let methods = [
    "upper": "upper($)", "toUpperCase": "upper($)", "lower": "lower($)", "toLowerCase": "lower($)",
    "strip": "trim($)", "trim": "trim($)", "split": "split($, separator)",
    "join": "join(list, separator)", "replace": "replace($, from, to)",
    "replaceAll": "replace($, from, to)", "startswith": "starts_with($, prefix)",
    "startsWith": "starts_with($, prefix)", "endswith": "ends_with($, suffix)",
    "endsWith": "ends_with($, suffix)", "includes": "contains($, item)",
    "contains": "contains($, item)", "has": "contains($, key)", "find": "find($, text)",
    "indexOf": "index_of($, item)", "index": "index_of($, item)", "append": "$ = push($, item)",
    "push": "$ = push($, item)", "add": "$ = push($, item)", "extend": "$ += items",
    "concat": "$ + other", "length": "len($)", "size": "len($)", "keys": "keys($)",
    "values": "values($)", "items": "entries($)", "entries": "entries($)",
    "get": "$[\"key\"] ?? default", "sort": "$ = sort($)", "reverse": "$ = reverse($)",
    "slice": "slice($, start, end)", "substring": "slice($, start, end)",
    "map": "[f(x) for x in $]", "filter": "[x for x in $ if cond]",
    "forEach": "for x in $ { … }", "pop": "$ = slice($, 0, -1)", "update": "$ = merge($, other)",
    "toString": "to_string($)", "toFixed": "round($, digits)", "format": "format($, value)",
    "count": "count($, item)", "flat": "flatten($)", "padStart": "pad_start($, width)",
    "padEnd": "pad_end($, width)", "zfill": "pad_start($, width, \"0\")",
    "repeat": "repeat($, n)", "splitlines": "lines($)", "copy": "$", "toSorted": "sort($)",
  ]

  private static let qualifiedNames = [
    "json.loads": "json_parse", "json.dumps": "to_json", "JSON.parse": "json_parse",
    "JSON.stringify": "to_json", "Object.keys": "keys", "Object.values": "values",
    "Object.entries": "entries", "Object.fromEntries": "from_entries", "Object.assign": "merge",
    "Math.floor": "floor", "math.floor": "floor", "Math.ceil": "ceil", "math.ceil": "ceil",
    "Math.round": "round", "Math.abs": "abs", "math.fabs": "abs", "Math.min": "min",
    "Math.max": "max", "Math.trunc": "to_int", "math.trunc": "to_int",
    "Number.parseInt": "to_int", "Number.parseFloat": "to_float", "console.log": "print",
    "console.error": "print", "Array.from": "range",
  ]

  private static let types = [
    "String": "str", "text": "str", "Text": "str", "Int": "int", "Integer": "int", "Float": "float",
    "Number": "float", "double": "float", "Double": "float", "Bool": "bool", "Boolean": "bool",
    "Any": "any", "unknown": "any", "Dict": "dict", "Object": "dict", "record": "dict",
    "Record": "dict", "map": "dict", "None": "null", "Null": "null", "void": "null",
    "undefined": "null", "List": "list[T]", "Array": "list[T]", "array": "list[T]",
    "Optional": "T | null", "Union": "A | B", "Literal": "enum[\"a\", \"b\"]",
  ]
}
