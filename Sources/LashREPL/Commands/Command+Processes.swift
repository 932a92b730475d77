import LashLang

extension Command {
  /// Commands for processes, signals, triggers and the clock.
  static let processCommands: [Command] = []
}
