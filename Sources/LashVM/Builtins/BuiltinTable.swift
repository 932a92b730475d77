import LashLang

/// The code of a builtin: reads `count` arguments at `arguments`, gives a result owned by the caller.
///
/// The arguments stay owned by their slots, which the machine releases afterwards; a builtin may take
/// one over by leaving `Value.null` in its slot (to change it in place when it is the only owner).
typealias BuiltinFunction = @Sendable
  (_ heap: Heap, _ arguments: UnsafeMutablePointer<Value>, _ count: Int) throws(Fault) -> Value

/// The code of all builtins.
enum BuiltinTable {
  /// By position in `Builtin.allCases`.
  static let functions: [BuiltinFunction] = Builtin.allCases.map(function)

  private static func function(_ builtin: Builtin) -> BuiltinFunction {
    switch builtin {
    default: { heap, _, _ throws(Fault) in throw heap.trap(.typeError, "not there yet") }
    }
  }
}
