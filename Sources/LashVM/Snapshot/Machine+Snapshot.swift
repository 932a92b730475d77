extension Machine {
  /// Whether its program fitted its memory bound.
  var isLoaded: Bool { vm.pointee.loadedShapes > 0 }

  /// The machine as bytes, from which `init(restoring:program:bounds:)` makes it again, in this process
  /// or another: at any halt, and before the first `run`. Fuel and memory go on counting from where
  /// they are. O(size of the live values). Throws only if the machine never came to be.
  public func snapshot() throws(SnapshotError) -> [UInt8] {
    guard isLoaded else { throw .notLoaded }
    var writer = SnapshotWriter(vm)
    writer.write(vm, fuel: fuel)
    return writer.finish()
  }

  /// The machine that a snapshot was taken of, which must have run the same program.
  ///
  /// `bounds` replaces those of the snapshot: give it when the bytes come from where they may have been
  /// changed. What was used counts against it. Damaged and hostile bytes throw, or make a machine that
  /// runs within its bounds and its own memory. O(size of the snapshot and of the program's code).
  /// `documents` supplies lazy JSON texts again whose host promised to (`JSONDocument.promisedHash`).
  public init(
    restoring snapshot: [UInt8], program: Program, bounds: Bounds? = nil,
    documents: @escaping (_ hash: String) -> [UInt8]? = { _ in nil }
  ) throws(SnapshotError) {
    let restored = try snapshot.withUnsafeBufferPointer { bytes throws(SnapshotError) in
      try VM.restore(UnsafeRawBufferPointer(bytes), program, bounds, documents)
    }
    self.init(restored.vm, body: restored.entry, fuel: restored.fuel)
    keepFinal()
  }
}

extension VM {
  fileprivate static func restore(
    _ bytes: UnsafeRawBufferPointer, _ program: Program, _ wanted: Bounds?,
    _ documents: @escaping (String) -> [UInt8]?
  ) throws(SnapshotError) -> (vm: VM, entry: Int, fuel: Int) {
    var reader = SnapshotReader(bytes, documents: documents)
    try reader.readHeader(of: program)
    var meters = try reader.readMeters()
    let bounds = wanted?.clamped ?? meters.bounds
    let vm = VM.make(MachineState(loading: program, body: 0, bounds: bounds))
    do throws(SnapshotError) {
      guard vm.pointee.loadedShapes > 0 else {
        throw .exceedsBounds("the program alone needs more than \(bounds.memory) bytes of memory")
      }
      if wanted != nil {
        meters.fuel = bounds.fuel - (meters.granted - meters.fuel)
        meters.granted = bounds.fuel
      }
      return (vm, try reader.read(into: vm, meters), meters.granted)
    } catch {
      vm.destroy()
      throw error
    }
  }
}
