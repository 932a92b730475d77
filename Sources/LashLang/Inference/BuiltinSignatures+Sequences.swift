/// Builtins on lists and tuples.
extension BuiltinSignature {
  static let sequences: [Builtin: BuiltinSignature] = [
    .push: BuiltinSignature([.list, .any], .computed),
    .reverse: BuiltinSignature([.sequence], .computed),
    .unique: BuiltinSignature([.sequence], .computed),
    .sort: BuiltinSignature([.comparable, .order], .computed),
    .sortBy: BuiltinSignature([.rows, .string, .order], .computed),
    .flatten: BuiltinSignature([.sequence], .computed),
    .zip: BuiltinSignature([.sequence], variadic: true, .computed),
    .enumerate: BuiltinSignature([.sequence, .number], .computed),
    .any: BuiltinSignature([.sequence], .type(.bool)),
    .all: BuiltinSignature([.sequence], .type(.bool)),
    .count: BuiltinSignature([.sequence, .any], .type(.int)),
    .indexOf: BuiltinSignature([.sequence, .any], .computed),
    .groupBy: BuiltinSignature([.rows, .string], .computed),
  ]
}
