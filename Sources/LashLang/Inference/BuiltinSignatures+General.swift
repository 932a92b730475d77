/// Builtins on any value.
extension BuiltinSignature {
  static let general: [Builtin: BuiltinSignature] = [
    .len: BuiltinSignature([.sized], .type(.int)),
    .empty: BuiltinSignature([.sized], .type(.bool)),
    .contains: BuiltinSignature([.sized, .any], .type(.bool)),
    .typeOf: BuiltinSignature([.any], .type(.string)),
    .toString: BuiltinSignature([.any], .type(.string)),
    .toJSON: BuiltinSignature([.any, .optionalNumber], .type(.string)),
    .jsonParse: BuiltinSignature([.text], .type(.any)),
    .validate: BuiltinSignature(
      [.any, Parameter(kinds: .type, noun: "a Type literal")], .computed),
    .format: BuiltinSignature([.string, .any], variadic: true, .type(.string)),
  ]
}
