/// Something that a module needs and a host lacks or has otherwise (rule MOD-4).
public struct HostMismatch: Hashable, Sendable, CustomStringConvertible {
  /// What it is about: `module web`, `operation web.search`, `type Finding`, `ability sleep` …
  public var subject: String
  /// What the module needs; empty if its being there is all.
  public var needed: String
  /// What the host has instead; nothing if the subject is missing.
  public var found: String?

  /// What is wrong.
  public var description: String {
    guard let found else { return "the host lacks \(subject)" }
    return "\(subject): the module needs `\(needed)`, the host has `\(found)`"
  }
}

extension HostRequirements {
  /// What `surface` lacks, or has with other types, in a fixed order; empty if the module can run
  /// there. Types must be the same; how they are laid out does not count.
  public func missing(in surface: HostSurface) -> [HostMismatch] {
    var problems: [HostMismatch] = []
    addAbilities(surface, &problems)
    for module in modules { add(module, surface, &problems) }
    for authority in authorities {
      let modules = surface.modules.filter { $0.authority == authority.name }
      if modules.isEmpty, !surface.acceptsAnyModule {
        problems.append(HostMismatch(subject: "module of type \(authority.name)", needed: ""))
        continue
      }
      for operation in authority.operations {
        let found = modules.lazy.compactMap { $0.operation(named: operation.name) }.first
        compare(operation, found, "\(authority.name).\(operation.name)", surface, &problems)
      }
    }
    for operation in operations where !surface.acceptsAnyModule {
      if !surface.modules.contains(where: { $0.operation(named: operation) != nil }) {
        problems.append(
          HostMismatch(subject: "operation \(operation) in any module", needed: ""))
      }
    }
    addTypes(surface, &problems)
    addVariables(surface, &problems)
    return problems
  }

  private func addAbilities(_ surface: HostSurface, _ problems: inout [HostMismatch]) {
    let granted = surface.abilities
    let needs = [
      ("ability processes", abilities.processes, granted.processes),
      ("ability sleep", abilities.sleep, granted.sleep),
      ("ability process signals", abilities.processSignals, granted.processSignals),
      ("ability triggers", abilities.triggers, granted.triggers),
      ("label annotations", usesLabels, surface.allowsLabels),
    ]
    for (subject, isNeeded, isGranted) in needs where isNeeded && !isGranted {
      problems.append(HostMismatch(subject: subject, needed: ""))
    }
  }

  private func add(
    _ module: HostModule, _ surface: HostSurface, _ problems: inout [HostMismatch]
  ) {
    guard let found = surface.module(at: module.path) else {
      if !surface.acceptsAnyModule {
        problems.append(HostMismatch(subject: "module \(module.path)", needed: module.authority))
      }
      return
    }
    if found.authority != module.authority {
      problems.append(
        HostMismatch(
          subject: "type of module \(module.path)", needed: module.authority,
          found: found.authority))
    }
    for operation in module.operations {
      compare(
        operation, found.operation(named: operation.name), "\(module.path).\(operation.name)",
        surface, &problems)
    }
  }

  private func compare(
    _ operation: HostOperation, _ found: HostOperation?, _ name: String, _ surface: HostSurface,
    _ problems: inout [HostMismatch]
  ) {
    guard let found else {
      if !surface.acceptsAnyModule {
        problems.append(HostMismatch(subject: "operation \(name)", needed: ""))
      }
      return
    }
    let parts = [
      ("input of \(name)", operation.input?.oneText ?? "any", found.input?.oneText ?? "any"),
      ("output of \(name)", operation.output?.oneText ?? "any", found.output?.oneText ?? "any"),
      (
        "field of \(name) that gives its output type", operation.outputFromInput ?? "none",
        found.outputFromInput ?? "none"
      ),
    ]
    for (subject, needed, found) in parts where needed != found {
      problems.append(HostMismatch(subject: subject, needed: needed, found: found))
    }
  }

  private func addTypes(_ surface: HostSurface, _ problems: inout [HostMismatch]) {
    for type in types {
      let found = surface.types.first { $0.name == type.name }
      add("type \(type.name)", type.type.oneText, found?.type.oneText, &problems)
    }
    for constructor in constructors {
      let found = surface.constructors.first { $0.path == constructor.path }
      add("constructor \(constructor.path)", constructor.text, found?.text, &problems)
    }
    for source in triggerSources {
      let found = surface.triggerSources.first { $0.source == source.source }
      add("trigger source \(source.source)", source.event, found?.event, &problems)
    }
    let known = Set(
      surface.constructors.map(\.output) + surface.modules.map(\.authority)
        + surface.triggerSources.flatMap { [$0.source, $0.event] } + surface.types.map(\.name))
    for type in opaqueTypes where !known.contains(type) {
      problems.append(HostMismatch(subject: "type \(type)", needed: ""))
    }
  }

  private func addVariables(_ surface: HostSurface, _ problems: inout [HostMismatch]) {
    for name in globals where !surface.globals.contains(name) {
      problems.append(HostMismatch(subject: "variable \(name)", needed: ""))
    }
    for name in readOnlyGlobals
    where !surface.readOnlyGlobals.contains(name) && !surface.globals.contains(name) {
      problems.append(HostMismatch(subject: "variable \(name)", needed: ""))
    }
  }

  private func add(
    _ subject: String, _ needed: String, _ found: String?, _ problems: inout [HostMismatch]
  ) {
    if found != needed {
      problems.append(HostMismatch(subject: subject, needed: needed, found: found))
    }
  }
}

extension HostConstructor {
  fileprivate var text: String { "\(input.oneText) -> \(output)" }
}

extension HostType {
  /// The type in lashlang's syntax, whatever its layout.
  var oneText: String {
    guard case .text(let text) = self else { return displayText }
    let parsed = Parser.parse(SourceFile(name: "", text: "type T = \(text)"))
    guard !parsed.hasErrors, parsed.tree.declarations.count == 1,
      case .type(let declaration) = parsed.tree.declarations[0]
    else { return text }
    return parsed.tree.text(of: declaration.type)
  }
}
