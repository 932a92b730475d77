/// A register of a body, by its index in the window.
struct Register: Hashable, Comparable {
  let index: Int

  init(_ index: Int) { self.index = index }

  /// The most registers that 16-bit byte offsets can name.
  static let limit = 8_191

  /// How instructions name it: the byte offset in the window. Beyond the limit the body is
  /// refused as a whole, so the cut-off value is never run.
  var offset: UInt16 { UInt16(truncatingIfNeeded: index * 8) }

  static func + (base: Register, count: Int) -> Register { Register(base.index + count) }
  static func < (left: Register, right: Register) -> Bool { left.index < right.index }
}

/// Hands out the registers above the variables in the manner of a stack.
struct RegisterStack {
  /// The first free register.
  private(set) var top: Register
  /// One past the highest register that was ever in use.
  private(set) var peak: Int

  /// A stack above `variables` registers.
  init(variables: Int) {
    top = Register(variables)
    peak = variables
  }

  /// Takes the next `count` registers; gives the first.
  mutating func push(_ count: Int = 1) -> Register {
    let first = top
    top = top + count
    peak = max(peak, top.index)
    return first
  }

  /// Takes `register` and all below it, unless they are taken.
  mutating func reserve(_ register: Register) {
    if register >= top { _ = push(register.index + 1 - top.index) }
  }

  /// Frees `register` and all above it.
  mutating func pop(to register: Register) { top = register }
}

/// Where the value of an expression goes.
struct Destination {
  let register: Register
  /// Whether evaluation may use the register before the value is complete. A variable is written
  /// by the last instruction only, since the expression may read it and a trap must not change it.
  let isTemporary: Bool

  static func temporary(_ register: Register) -> Destination {
    Destination(register: register, isTemporary: true)
  }

  static func variable(_ register: Register) -> Destination {
    Destination(register: register, isTemporary: false)
  }

  /// The register as scratch space, if it may be used so.
  var scratch: Register? { isTemporary ? register : nil }
}

/// A register that an instruction reads.
struct Operand {
  let register: Register
  /// Whether it is a temporary that may go on holding a string or container. Such a value must be
  /// overwritten or cleared after its last use, else a second reference spoils in-place updates.
  let mustBeCleared: Bool
}
