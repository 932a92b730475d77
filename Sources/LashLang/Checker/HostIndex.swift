/// The names of a host, arranged for look-up: dotted paths as a tree of segments, types by name.
struct HostIndex {
  /// One segment of a path, with what the path up to it names.
  struct Entry {
    var module: Int?
    var constructor: Int?
    var children: [String: Int] = [:]
    /// The names of `children` in the host's order.
    var childNames: [String] = []
  }

  /// The entry of the empty path.
  static let root = 0

  let surface: HostSurface
  private(set) var entries = [Entry()]
  private var types: [String: TypeResolution] = [:]
  private var operationsByModule: [[String: Int]?]
  private var allOperations: Set<String>?

  init(_ surface: HostSurface) {
    self.surface = surface
    operationsByModule = Array(repeating: nil, count: surface.modules.count)
    for (index, module) in surface.modules.enumerated() {
      entries[entry(makingPath: module.path)].module = index
      types[module.authority] = .opaque
    }
    for (index, constructor) in surface.constructors.enumerated() {
      entries[entry(makingPath: constructor.path)].constructor = index
      types[constructor.output] = .opaque
    }
    for source in surface.triggerSources {
      types[source.source] = .opaque
      types[source.event] = .opaque
    }
    for (index, type) in surface.types.enumerated() { types[type.name] = .host(index) }
  }

  private mutating func entry(makingPath path: String) -> Int {
    var current = Self.root
    for segment in path.split(separator: ".", omittingEmptySubsequences: false) {
      let segment = String(segment)
      if let child = entries[current].children[segment] {
        current = child
      } else {
        entries.append(Entry())
        entries[current].children[segment] = entries.count - 1
        entries[current].childNames.append(segment)
        current = entries.count - 1
      }
    }
    return current
  }

  func child(of entry: Int, named segment: String) -> Int? {
    entries[entry].children[segment]
  }

  /// What the host means by a type name.
  func type(named name: String) -> TypeResolution? { types[name] }

  /// The names of all types of the host, in its order.
  var typeNames: [String] {
    surface.types.map(\.name) + surface.modules.map(\.authority)
      + surface.constructors.map(\.output) + surface.triggerSources.map(\.event)
  }

  /// The operation of a module. O(1) after the module's first use.
  mutating func operation(named name: String, of module: Int) -> HostOperation? {
    let operations = surface.modules[module].operations
    if operationsByModule[module] == nil {
      operationsByModule[module] = Dictionary(
        operations.enumerated().map { ($0.element.name, $0.offset) },
        uniquingKeysWith: { first, _ in first })
    }
    return operationsByModule[module]?[name].map { operations[$0] }
  }

  /// Whether any module offers an operation of this name.
  mutating func offers(operation name: String) -> Bool {
    if let allOperations { return allOperations.contains(name) }
    let all = Set(surface.modules.flatMap { $0.operations.map(\.name) })
    allOperations = all
    return all.contains(name)
  }

  /// The modules that offer an operation and whose path begins with `prefix`, in the host's order.
  func modules(offering operation: String, under prefix: String? = nil) -> [HostModule] {
    surface.modules.filter { module in
      prefix.map { module.path.hasPrefix($0 + ".") } ?? true
        && module.operation(named: operation) != nil
    }
  }
}
