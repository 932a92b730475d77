/// What models write out of habit of other languages, with what lashlang has for it.
///
/// Only looked up for names that nothing declares, so none of these words is lost to programs.
enum ForeignHabit {
  /// What stands for a name such as `None`.
  static func name(_ name: String) -> String? { names[name] }

  /// The builtin of the same meaning as a function such as `str`, called in the same way.
  static func function(_ name: String) -> String? { functions[name] }

  /// The names that `function` knows, in their order.
  static var functionNames: [String] { functions.keys.sorted() }

  /// Advice for a function that has no direct counterpart.
  static func functionAdvice(_ name: String) -> String? { functionAdvices[name] }

  /// What stands for a method call such as `s.upper()` or a property such as `xs.length`, in terms of
  /// the receiver and the arguments; `nil` unless it takes that many.
  static func method(
    _ name: String, receiver: String, arguments: [String] = []
  ) -> String? {
    guard let forms = ForeignMethods.all[name], arguments.count < forms.count,
      !forms[arguments.count].isEmpty
    else { return nil }
    return fill(forms[arguments.count], receiver: receiver, arguments)
  }

  /// What stands for a method of that name, whatever its arguments.
  static func anyMethod(_ name: String, receiver: String) -> String? {
    ForeignMethods.all[name]?.first { !$0.isEmpty }.map {
      fill($0, receiver: receiver, ["item", "other"])
    }
  }

  private static func fill(
    _ form: String, receiver: String, _ arguments: [String]
  ) -> String {
    var text = ""
    var isPlace = false
    for scalar in form.unicodeScalars {
      if isPlace {
        let place = scalar == "1" ? 0 : 1
        text += place < arguments.count ? arguments[place] : ""
        isPlace = false
      } else if scalar == "#" {
        isPlace = true
      } else if scalar == "$" {
        text += receiver
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// What stands for a call of a standard module with these arguments.
  static func qualified(_ path: String, _ arguments: [String]) -> String? {
    let inner = arguments.joined(separator: ", ")
    switch (path, arguments.count) {
    case ("Promise.all", 1): return arguments[0]
    case ("asyncio.gather", 1...): return "[\(inner)]"
    case ("JSON.stringify", 3): return "to_json(\(arguments[0]), \(arguments[2]))"
    case ("Math.min", 2...), ("Math.max", 2...):
      return "\(path == "Math.min" ? "min" : "max")([\(inner)])"
    case ("Math.sign", _), ("Array.from", _): return nil
    case ("console.log", 1), ("console.error", 1): return "print \(arguments[0])"
    case ("console.log", _), ("console.error", _): return "print [\(inner)]"
    default: return qualifiedNames[path].map { "\($0)(\(inner))" }
    }
  }

  /// Advice for a standard module that has no counterpart.
  static func qualifiedAdvice(_ path: String) -> String? { qualifiedAdvices[path] }

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
    "Boolean": "compare instead, for example `x != null`",
    "println": "write `print value`", "printf": "write `print f\"…\"`",
    "echo": "write `print value`",
    "puts": "write `print value`",
    "spawn": "a process is started by `start name(p: value)`",
    "launch": "a process is started by `start name(p: value)`",
    "isinstance": "compare `type_of(x)` with a name such as \"string\"",
    "pow": "multiply instead; there is no power operator",
    "input": "a program cannot ask; `finish` with a question instead",
    "assert": "write `if not cond { … }`",
    "raise": "a process may `fail value`; elsewhere `finish` with a result that says so",
    "hasattr": "write `contains(r, \"key\")`",
    "getattr": "write `r[\"key\"]`, which is null if the key is missing",
    "setTimeout": "`sleep for \"1s\"` waits", "sleep": "write `sleep for \"1s\"`",
    "open": "files are read by an operation of the host: `await files.read({path: p})`",
    "Error": "a failure is a value: `finish {ok: false, why: …}`, or `fail` in a process",
    "Exception": "a failure is a value: `finish {ok: false, why: …}`, or `fail` in a process",
    "ValueError": "a failure is a value: `finish {ok: false, why: …}`, or `fail` in a process",
    "next": "the first item is `xs[0]`, which is null if there is none",
    "iter": "lists are iterated as they are: `for x in xs { … }`",
    "divmod": "write `floor_div(a, b)` and `a % b`",
    "fetch": "effects are operations of modules, called as `await module.operation({…})`",
    "require": "there is nothing to import; builtins and modules are always there",
    "import": "there is nothing to import; builtins and modules are always there",
  ]

  /// Advice for a word that stands where a value is read.
  static func wordAdvice(_ name: String) -> String? {
    if let builtin = function(name), typeNames.contains(name) == false {
      return "in lashlang it is `\(builtin)(…)`"
    }
    if typeNames.contains(name) {
      return "`\(name)` is a type, no value: in a record of types it is text, `\"\(name)\"`; "
        + "`Type { … }` makes a type"
    }
    if name == "global" || name == "nonlocal" {
      return "leave it out: a body has its own variables, and sees them everywhere"
    }
    return functionAdvice(name)
  }

  private static let typeNames: Set = [
    "str", "int", "float", "bool", "string", "number", "boolean", "any", "list", "dict", "object",
  ]

  private static let clock = "a program has no clock; ask an operation of the host"
  private static let chance = "a program has no randomness; ask an operation of the host"

  private static let qualifiedAdvices = [
    "Date": clock, "datetime": clock, "time": clock, "performance": clock,
    "random": chance, "uuid": chance, "crypto": chance,
    "re":
      "there are no regular expressions; `split`, `find`, `replace` and `grep_text` work on text",
    "os": "effects are operations of the host: `await module.operation({…})`",
    "sys": "effects are operations of the host: `await module.operation({…})`",
    "fs": "effects are operations of the host: `await module.operation({…})`",
    "requests": "effects are operations of the host: `await module.operation({…})`",
    "axios": "effects are operations of the host: `await module.operation({…})`",
    "asyncio": "`await [a.x({}), b.y({})]` runs calls at the same time; `sleep for \"1s\"` waits",
    "Promise": "`await [a.x({}), b.y({})]` runs calls at the same time",
    "math": "numbers have `abs`, `floor`, `ceil`, `round`, `min`, `max` and `sum`",
    "Math": "numbers have `abs`, `floor`, `ceil`, `round`, `min`, `max` and `sum`",
    "Object": "records have `keys`, `values`, `entries`, `merge` and `without`",
    "Array": "lists have `push`, `slice`, `sort`, `reverse`, `unique` and comprehensions",
    "console": "`print value` shows a value",
  ]

  private static let qualifiedNames = [
    "json.loads": "json_parse", "json.dumps": "to_json", "JSON.parse": "json_parse",
    "JSON.stringify": "to_json", "Object.keys": "keys", "Object.values": "values",
    "Object.entries": "entries", "Object.fromEntries": "from_entries", "Object.assign": "merge",
    "Math.floor": "floor", "math.floor": "floor", "Math.ceil": "ceil", "math.ceil": "ceil",
    "Math.round": "round", "Math.abs": "abs", "math.fabs": "abs", "Math.min": "min",
    "Math.max": "max", "Math.trunc": "to_int", "math.trunc": "to_int",
    "Number.parseInt": "to_int", "Number.parseFloat": "to_float", "Array.from": "range",
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
