/// Checks that every loop of a body is charged at each turn, so that fuel bounds every run.
///
/// Calls are charged by what they enter (a function that calls costs something, see `OperandCheck`),
/// and do not count here.
struct ChargeCheck {
  let body: DecodedBody

  /// Looks for a cycle among the steps that charge nothing: depth first, with a stack of its own. O(n).
  func check() throws(VerificationError) {
    var marks = Array(repeating: Mark.new, count: body.instructions.count)
    for root in marks.indices where marks[root] == .new {
      var path = [(number: root, edge: 0)]
      marks[root] = .open
      while let last = path.last {
        let successors = free(last.number)
        guard last.edge < 2 else {
          marks[last.number] = .done
          path.removeLast()
          continue
        }
        path[path.count - 1].edge += 1
        guard let successor = last.edge == 0 ? successors.next : successors.jump else { continue }
        switch marks[successor] {
        case .new:
          marks[successor] = .open
          path.append((successor, 0))
        case .open: throw body.refuse(last.number, "it closes a loop that charges no fuel")
        case .done: break
        }
      }
    }
  }

  private enum Mark {
    case new, open, done
  }

  /// Where control may go without being charged.
  private func free(_ number: Int) -> (next: Int?, jump: Int?) {
    let instruction = body.instructions[number]
    var next = InstructionFormat(instruction.opcode).flow == .next ? number + 1 : nil
    var jump = body.target(of: number)
    switch instruction.opcode {
    case .charge where instruction.wide > 0: next = nil
    case .rangeBegin where instruction.b > 0, .iterateBegin where instruction.b > 0: next = nil
    case .rangeNext where instruction.b > 0, .iterateNext where instruction.b > 0: jump = nil
    default: break
    }
    return (next, jump)
  }
}
