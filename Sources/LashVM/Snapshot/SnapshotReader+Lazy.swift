import LashJSON

extension SnapshotReader {
  /// Reads a JSON text that lazy values read from, and makes its index and directories again.
  mutating func document(_ heap: Heap) throws(SnapshotError) -> Object {
    let document =
      try flag() ? promisedDocument() : JSONDocument(Array(text(count("bytes of a text"))))
    let block = try allocate(.document, payload: 8, count: 1, extra: 0, heap)
    let number = heap.state.pointee.documents.add(document, block)
    block.values[0] = Value(double: Double(number))
    guard try flag() else { return block }
    let index: JSONIndex
    do throws(JSONError) {
      index = try JSONIndex(document.bytes)
    } catch {
      throw damaged("the text of a lazy value is no JSON: \(error)")
    }
    heap.state.pointee.documents.set(index, of: number, memory: try take(index.byteCount, heap))
    for _ in 0..<(try count("directories")) {
      let offset = try self.number(upTo: max(document.bytes.count - 1, 0), "an offset in a text")
      let node = index.node(at: offset)
      guard node.isContainer,
        heap.state.pointee.documents.entries[number]?.directories[offset] == nil
      else { throw damaged("a directory of nothing, or a second one") }
      let directory = JSONDirectory(node, in: index)
      heap.state.pointee.documents.set(
        directory, at: offset, of: number, memory: try take(directory.byteCount, heap))
    }
    return block
  }

  private mutating func promisedDocument() throws(SnapshotError) -> JSONDocument {
    let hash = try string("bytes of a hash")
    guard let bytes = documents(hash), SHA256.hexHash(bytes) == hash else {
      throw .missingText(hash: hash)
    }
    return JSONDocument(bytes, promisedHash: hash)
  }

  private func take(_ bytes: Int, _ heap: Heap) throws(SnapshotError) -> Int {
    do throws(Fault) {
      return try heap.state.pointee.allocator.take(bytes)
    } catch {
      throw .exceedsBounds("the index of a lazy value needs more than the memory bound")
    }
  }
}

extension Heap {
  /// Whether a lazy value or cursor that was read has parts that its readers can rely on. The places of
  /// strings in texts are checked all at once, by `hasWellFormedTexts`.
  func isWellFormedLazy(_ object: Object) -> Bool {
    let parts = object.values
    switch object.pointee.kind {
    case .cursor:
      let count = Int(object.pointee.count)
      return parts[count].isKind(.reference) && lazyKind(parts[count].object) == .list
        && parts[count + 1].isIndex
    case .reference:
      return parts[LazyPart.id].isString && parts[LazyPart.kind].isIndex
        && parts[LazyPart.kind].double <= 2
        && isCountOrNone(parts[LazyPart.count])
        && isPlainOrNone(parts[LazyPart.plain], of: object)
    case .lazyJSON:
      guard parts[LazyPart.document].isKind(.document) else { return false }
      let number = documentNumber(parts[LazyPart.document].object)
      guard let entry = state.pointee.documents.entries[number] else { return false }
      let offset = parts[LazyPart.offset]
      if offset.isDouble, offset.double == -1 {
        let first = LazyJSON(entry.document).firstByte
        guard first == UInt8(ascii: "[") || first == UInt8(ascii: "{") else { return false }
      } else {
        guard offset.isIndex, Int(offset.double) < entry.document.bytes.count,
          let index = entry.index
        else { return false }
        let node = index.node(at: Int(offset.double))
        if !node.isContainer {
          state.pointee.documents.note(string: node.offset, of: number)
        }
      }
      return !isLazy(parts[LazyPart.plain]) && isPlainOrNone(parts[LazyPart.plain], of: object)
    default: return false
    }
  }

  private func isCountOrNone(_ count: Value) -> Bool {
    if case .integer(let count)? = Number(count) { return count >= 0 }
    return count.isNull
  }

  private func isPlainOrNone(_ plain: Value, of lazy: Object) -> Bool {
    plain.isNull || fits(plain, lazyKind(lazy))
  }

  /// Whether all lazy strings begin where strings do. Their places were noted when they were read.
  var hasWellFormedTexts: Bool { state.pointee.documents.checkStrings() }
}
