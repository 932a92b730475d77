import LashJSON

extension SnapshotWriter {
  /// Writes a JSON text that lazy values read from: its hash if the host will supply it again, else the
  /// text; then what the machine knows of it, by which fuel and memory go on as they would have.
  mutating func writeDocument(_ number: Int, of vm: VM) {
    guard let entry = vm.pointee.heap.state.pointee.documents.entries[number] else { return }
    write(byte: entry.document.promisedHash == nil ? 0 : 1)
    if let hash = entry.document.promisedHash {
      write(text: hash)
    } else {
      write(number: entry.document.bytes.count)
      write(raw: entry.document.bytes)
    }
    write(byte: entry.index == nil ? 0 : 1)
    guard entry.index != nil else { return }
    write(number: entry.order.count)
    for offset in entry.order { write(number: offset) }
  }
}
