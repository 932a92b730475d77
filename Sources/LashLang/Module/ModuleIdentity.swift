import LashJSON

/// The content address of a module, of a process in it, or of what a module needs of its host:
/// SHA-256 over what it does (rule MOD-1).
///
/// Equal programs have equal identities whatever their remarks, layout and names of variables. It is
/// not the identity of a compiled program, which also depends on the compiler.
public struct ModuleIdentity: Hashable, Sendable {
  /// 64 lower-case hexadecimal digits.
  public let digits: String

  /// The hash of canonical bytes.
  init(hashing bytes: [UInt8]) { digits = SHA256.hexHash(bytes) }

  /// Reads the text form, `module:1:` and 64 hexadecimal digits; nothing else is one.
  public init?(_ text: String) {
    guard text.hasPrefix(Self.prefix) else { return nil }
    let rest = text.dropFirst(Self.prefix.count)
    let isHexadecimal = rest.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
    }
    guard rest.utf8.count == 64, isHexadecimal else { return nil }
    digits = String(rest)
  }

  /// The number is the version of the canonical form.
  private static let prefix = "module:\(CanonicalModule.version):"
}

extension ModuleIdentity: CustomStringConvertible, Comparable {
  /// The text form.
  public var description: String { Self.prefix + digits }

  /// By the digits.
  public static func < (left: Self, right: Self) -> Bool { left.digits < right.digits }
}

/// A process that a module offers to be started: by hosts, triggers and other modules.
public struct ModuleExport: Hashable, Sendable {
  /// A parameter or signal.
  public struct Field: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Its type in lashlang's syntax.
    public var type: String
  }

  /// The declared name.
  public var name: String
  /// What the process does, apart from its module: names of processes and functions that it uses stand
  /// for themselves.
  public var identity: ModuleIdentity
  /// The title of its label.
  public var title: String?
  /// The description of its label.
  public var summary: String?
  /// The parameters in order.
  public var parameters: [Field]
  /// The signals that it may wait for.
  public var signals: [Field]
  /// The declared result type in lashlang's syntax.
  public var result: String?
}

extension CheckedModule {
  /// What names the module, whatever its remarks, layout and names of variables (rule MOD-1). The
  /// module must have no errors. O(size of the module and of what it needs of its host).
  public var identity: ModuleIdentity { identity(needing: HostRequirements(of: self)) }

  func identity(needing requirements: HostRequirements) -> ModuleIdentity {
    var canonical = CanonicalModule(self)
    canonical.writeModule(requirements.identity)
    return ModuleIdentity(hashing: canonical.bytes)
  }

  /// The processes of the module, in the order of the text.
  public var exports: [ModuleExport] {
    var canonical = CanonicalModule(self)
    canonical.numberMain()
    return processes.map { process in
      let label = process.label.map { tree.labels[Int($0)] }
      return ModuleExport(
        name: tree[process.name.symbol],
        identity: ModuleIdentity(hashing: canonical.bytes(of: process)),
        title: label.map { tree[$0.title] },
        summary: label?.description.map { tree[$0] }, parameters: fields(process.parameters),
        signals: fields(process.signals), result: process.returnType.map { tree.text(of: $0) })
    }
  }

  private func fields(_ list: NodeList<TypeField>) -> [ModuleExport.Field] {
    tree[list].map {
      ModuleExport.Field(
        name: tree[$0.name.symbol], type: tree.text(of: $0.type))
    }
  }
}
