/// Builtins on records.
extension BuiltinSignature {
  static let records: [Builtin: BuiltinSignature] = [
    .keys: BuiltinSignature([.record], .list(.string)),
    .values: BuiltinSignature([.record], .computed),
    .entries: BuiltinSignature([.record], .computed),
    .fromEntries: BuiltinSignature(
      [Parameter(kinds: .sequence, items: .sequence, noun: "a list of (key, value) pairs")],
      .computed),
    .merge: BuiltinSignature([.record], variadic: true, .computed),
    .without: BuiltinSignature(
      [
        .record,
        Parameter(
          kinds: [.null, .bool, .number, .string, .list, .tuple], noun: "a key or a list of keys"),
      ],
      .computed),
  ]
}
