import LashLang

// Reads of host references. An instruction that needs a part of one notes what it needs and gives up
// (`Fault.waiting`); when the host has answered it is executed again and finds the answer. So each
// operation is written as if the answer were there.
//
// `HeapState.reads` is a list of reads: tuples of reference, number of the part, two arguments,
// whether it is answered, and the answer. The answer to `whole` is kept with the reference, not here.

/// The parts of a reference that can be read, by the number in a read. See `LazyRead.Part`.
enum LazyPartNumber: Int {
  case whole, count, keys, field, item, slice, contains, find
}

extension Heap {
  private enum Read {
    static let reference = 0
    static let part = 1
    static let first = 2
    static let second = 3
    static let isAnswered = 4
    static let answer = 5
  }

  /// Whether reads wait for the host.
  @inline(__always)
  var isReading: Bool {
    guard state.pointee.reads.isList, let first = state.pointee.reads.object.items.first else {
      return false
    }
    return first.object.values[Read.isAnswered].bits == Value.false.bits
  }

  /// A part of a reference, owned by the caller, or `Fault.waiting` if the host must be asked.
  func read(
    _ reference: Object, _ part: LazyPartNumber, _ first: Value = .null, _ second: Value = .null
  ) throws(Fault) -> Value {
    if let answer = takeAnswer(reference, part, first, second) { return answer }
    try ask(reference, part, first, second)
    throw .waiting
  }

  /// Notes a read for the host.
  func ask(
    _ reference: Object, _ part: LazyPartNumber, _ first: Value = .null, _ second: Value = .null
  ) throws(Fault) {
    let read = try makeBlock(.tuple, count: 6)
    read.values[Read.reference] = copy(Value(reference))
    read.values[Read.part] = Value(double: Double(part.rawValue))
    read.values[Read.first] = copy(first)
    read.values[Read.second] = copy(second)
    read.values[Read.isAnswered] = .false
    read.values[Read.answer] = .null
    if !isReading {
      let fresh: Object
      do throws(Fault) { fresh = try makeList(capacity: 2) } catch {
        release(Value(read))
        throw error
      }
      // Answers that nobody came for go.
      replaceReads(Value(fresh))
    }
    try append(Value(read), orReleaseIt: &state.pointee.reads)
  }

  private func replaceReads(_ reads: Value) {
    release(state.pointee.reads)
    state.pointee.reads = reads
  }

  private func takeAnswer(
    _ reference: Object, _ part: LazyPartNumber, _ first: Value, _ second: Value
  ) -> Value? {
    guard state.pointee.reads.isList else { return nil }
    let list = state.pointee.reads.object
    let count = Int(list.pointee.count)
    for position in 0..<count {
      let read = list.values[position].object
      guard read.values[Read.reference].object == reference,
        Int(read.values[Read.part].double) == part.rawValue,
        read.values[Read.isAnswered].bits == Value.true.bits,
        isSame(read.values[Read.first], first), isSame(read.values[Read.second], second)
      else { continue }
      let answer = copy(read.values[Read.answer])
      release(read)
      for next in position..<(count - 1) { list.values[next] = list.values[next + 1] }
      list.pointee.count = UInt32(count - 1)
      if count == 1 {
        release(state.pointee.reads)
        state.pointee.reads = .null
      }
      return answer
    }
    return nil
  }

  /// Whether two arguments are the same: the same bits, or equal scalars (a text may have been made anew).
  private func isSame(_ a: Value, _ b: Value) -> Bool {
    if a.bits == b.bits { return true }
    if a.isString && b.isString { return equalBytes(a.object.text, b.object.text) }
    guard let left = Number(a), let right = Number(b) else { return false }
    return Number.compare(left, right) == 0
  }

  // MARK: The host's side

  /// The reads that wait, as a request.
  func lazyReads() -> [LazyRead] {
    state.pointee.reads.object.items.map { read in
      let parts = read.object.values
      return LazyRead(
        reference: reference(parts[Read.reference].object), part: lazyPart(of: read.object))
    }
  }

  private func lazyPart(of read: Object) -> LazyRead.Part {
    let first = read.values[Read.first]
    let second = read.values[Read.second]
    switch LazyPartNumber(rawValue: Int(read.values[Read.part].double)) ?? .whole {
    case .whole: return .whole
    case .count: return .count
    case .keys: return .keys
    case .field: return .field(string(first))
    case .item: return .item(offset(first) ?? 0)
    case .slice: return .slice(from: offset(first), to: offset(second))
    case .contains: return .contains((try? hostValue(first)) ?? .null)
    case .find: return .find(string(first), start: offset(second) ?? 0)
    }
  }

  private func offset(_ value: Value) -> Int? {
    if case .integer(let integer)? = Number(value) { return Int(integer) }
    return nil
  }

  /// Traps if an argument of a read may not leave; charges for what leaves.
  func checkReadsLeave() throws(Fault) {
    var size = LeavingSize()
    for read in state.pointee.reads.object.items {
      let before = size
      try checkLeaving(read.object.values[Read.first], addingTo: &size)
      charge(elements: size.parts - before.parts)
      charge(bytes: size.bytes - before.bytes)
    }
  }

  /// Puts the host's answers to the reads that wait into place. After a fault nothing waits any more.
  func answerReads(_ answers: [HostValue]) throws(Fault) {
    do throws(Fault) { try take(answers) } catch {
      replaceReads(.null)
      throw error
    }
  }

  private func take(_ answers: [HostValue]) throws(Fault) {
    let reads = state.pointee.reads.object.items
    guard answers.count == reads.count else { throw misfit() }
    for (read, answer) in zip(reads, answers) {
      let value = try value(answer)
      let parts = read.object.values
      let reference = parts[Read.reference].object
      let part = LazyPartNumber(rawValue: Int(parts[Read.part].double)) ?? .whole
      guard fits(value, part, of: reference, parts[Read.first], parts[Read.second]) else {
        release(value)
        throw misfit()
      }
      parts[Read.isAnswered] = .true
      switch part {
      case .whole:
        release(reference.values[LazyPart.plain])
        reference.values[LazyPart.plain] = value
      case .count:
        reference.values[LazyPart.count] = value
        parts[Read.answer] = copy(value)
      default: parts[Read.answer] = value
      }
    }
  }

  private func misfit() -> Fault {
    trap(
      .hostFailure, "the host's answer does not fit what was read",
      hint: "this is a mistake of the host, not of the program")
  }

  private func fits(
    _ value: Value, _ part: LazyPartNumber, of reference: Object, _ first: Value, _ second: Value
  ) -> Bool {
    let kind = lazyKind(reference)
    switch part {
    case .whole: return fits(value, kind)
    case .count: return offset(value).map { $0 >= 0 } ?? false
    case .keys: return value.isList && value.object.items.allSatisfy(\.isString)
    case .field: return true
    case .item: return kind == .list || value.isString || value.isNull
    case .slice:
      guard kind == .list else { return value.isString }
      guard value.isList else { return false }
      guard let from = offset(first), let to = offset(second), from >= 0, to >= 0 else {
        return true
      }
      return Int(value.object.pointee.count) <= max(to - from, 0)
    case .contains: return value.isBool
    case .find: return value.isNull || offset(value).map { $0 >= 0 } ?? false
    }
  }

  /// Whether the reads that were restored are as `ask` and `answerReads` leave them.
  var hasWellFormedReads: Bool {
    let reads = state.pointee.reads
    if reads.isNull { return true }
    guard reads.isList, let first = reads.object.items.first, first.isKind(.tuple),
      first.object.pointee.count == 6
    else { return false }
    let isAnswered = first.object.values[Read.isAnswered]
    return isAnswered.isBool
      && reads.object.items.allSatisfy { read in
        guard read.isKind(.tuple), read.object.pointee.count == 6 else { return false }
        let parts = read.object.values
        guard parts[Read.reference].isKind(.reference), parts[Read.part].isIndex,
          let part = LazyPartNumber(rawValue: Int(parts[Read.part].double)),
          parts[Read.isAnswered].bits == isAnswered.bits
        else { return false }
        if isAnswered.bits == Value.false.bits || part == .whole {
          return parts[Read.answer].isNull
        }
        return fits(
          parts[Read.answer], part, of: parts[Read.reference].object, parts[Read.first],
          parts[Read.second])
      }
  }

  /// Whether a value may stand for a lazy one of a kind: a plain one, or JSON.
  func fits(_ value: Value, _ kind: LazyReference.Kind) -> Bool {
    if isLazy(value) { return lazyKind(value.object) == kind && value.isKind(.lazyJSON) }
    switch kind {
    case .list: return value.isList
    case .record: return value.isRecord
    case .string: return value.isString
    }
  }
}
