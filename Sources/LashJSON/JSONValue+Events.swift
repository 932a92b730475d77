extension JSONValue {
  /// Sends the events of the value to a sink, members in order or by ascending UTF-8 bytes of
  /// their keys. Bears any depth; throws only what the sink throws.
  public func send<Sink: JSONSink>(
    to sink: inout Sink, sortingKeys: Bool = false
  ) throws(JSONError) {
    var open: [JSONUnsent] = []
    var next: JSONValue? = self
    while let value = next {
      switch value {
      case .null: try sink.null()
      case .bool(let value): try sink.bool(value)
      case .integer(let value): try sink.integer(value)
      case .double(let value): try sink.double(value)
      case .string(let value): try sink.string(value)
      case .array(let items):
        try sink.beginArray()
        open.append(.items(items[...]))
      case .object(let object):
        try sink.beginObject()
        open.append(.members((sortingKeys ? object.sortedByKey() : object)[...]))
      }
      next = try Self.nextUnsent(of: &open, to: &sink)
    }
  }

  /// Ends the containers that are complete; the value that follows, its key sent.
  private static func nextUnsent<Sink: JSONSink>(
    of open: inout [JSONUnsent], to sink: inout Sink
  ) throws(JSONError) -> JSONValue? {
    while let innermost = open.popLast() {
      switch innermost {
      case .items(var items):
        if let value = items.popFirst() {
          open.append(.items(items))
          return value
        }
        try sink.endArray()
      case .members(var members):
        if let (key, value) = members.popFirst() {
          open.append(.members(members))
          try sink.key(key)
          return value
        }
        try sink.endObject()
      }
    }
    return nil
  }
}

/// What of an open container is still to be sent.
private enum JSONUnsent {
  case items(ArraySlice<JSONValue>)
  case members(Slice<JSONObject>)
}
