/// Builtins on numbers.
extension BuiltinSignature {
  static let numbers: [Builtin: BuiltinSignature] = [
    .toInt: BuiltinSignature([.scalar], .type(.int)),
    .toFloat: BuiltinSignature([.scalar], .type(.float)),
    .abs: BuiltinSignature([.number], .computed),
    .floor: BuiltinSignature([.number], .type(.int)),
    .ceil: BuiltinSignature([.number], .type(.int)),
    .round: BuiltinSignature([.number, .optionalNumber], .computed),
    .ceilDiv: BuiltinSignature([.number, .number], .type(.int)),
    .floorDiv: BuiltinSignature([.number, .number], .type(.int)),
    .range: BuiltinSignature([.number, .number, .number], .list(.int)),
    .sum: BuiltinSignature([.numbers], .computed),
    .min: BuiltinSignature([.comparable], .computed),
    .max: BuiltinSignature([.comparable], .computed),
  ]
}
