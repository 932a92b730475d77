import LashJSON

extension HostSurface: CustomStringConvertible {
  /// All that the checker may see, as JSON text: surfaces with equal texts give equal modules.
  public var description: String {
    var everything = HostRequirements()
    everything.abilities = abilities
    everything.usesLabels = allowsLabels
    everything.modules = modules
    everything.types = types
    everything.constructors = constructors
    everything.triggerSources = triggerSources
    everything.globals = globals
    everything.readOnlyGlobals = readOnlyGlobals
    return (acceptsAnyModule ? "any " : "") + everything.json.description
  }
}
