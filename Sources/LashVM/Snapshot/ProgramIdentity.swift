import LashJSON

extension Program {
  /// Placeholder until programs have an encoded form: a hash of what their code does.
  var identity: [UInt8] {
    var text = "\(keys)\(shapes)\(constants)\(variables)\(processes)"
    for body in bodies {
      text +=
        "\(body.name ?? "")\(body.parameterCount) \(body.registerCount) \(body.cost) \(body.code)"
    }
    return SHA256.hash(Array(text.utf8))
  }
}
