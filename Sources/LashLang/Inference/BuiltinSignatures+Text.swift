/// Builtins on text.
extension BuiltinSignature {
  static let text: [Builtin: BuiltinSignature] = [
    .find: BuiltinSignature([.text, .text, .scalar], .computed),
    .startsWith: BuiltinSignature([.text, .text], .type(.bool)),
    .endsWith: BuiltinSignature([.text, .text], .type(.bool)),
    .split: BuiltinSignature([.text, .text], .list(.string)),
    .join: BuiltinSignature([.texts, .text], .type(.string)),
    .trim: BuiltinSignature([.text], .type(.string)),
    .slice: BuiltinSignature(
      [
        Parameter(kinds: [.string, .tuple, .list], noun: "a string, tuple, or list"), .scalar,
        .scalar,
      ], .computed),
    .replace: BuiltinSignature([.string, .string, .string], .type(.string)),
    .lower: BuiltinSignature([.string], .type(.string)),
    .upper: BuiltinSignature([.string], .type(.string)),
    .lines: BuiltinSignature([.text], .list(.string)),
    .grepText: BuiltinSignature([.text, .text], .computed),
    .padStart: BuiltinSignature([.text, .number, .text], .type(.string)),
    .padEnd: BuiltinSignature([.text, .number, .text], .type(.string)),
    .repeat: BuiltinSignature([.text, .number], .type(.string)),
  ]
}
