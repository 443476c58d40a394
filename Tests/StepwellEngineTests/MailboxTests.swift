import StepwellHistory
import Testing

@testable import StepwellEngine

@Suite("The mailbox")
struct MailboxTests {
    private func input(bytes: Int) -> ShardMessage {
        let output = Payload(text: [UInt8](repeating: 0x20, count: bytes))
        return .input(
            InputCommand(
                execution: ExecutionNumber(1),
                input: .taskSucceeded(Ordinal(1), output: output)
            ) { _ in }
        )
    }

    @Test("callers fill it, the engine has four times the room, and news always goes in")
    func bounds() {
        let mailbox = Mailbox(capacity: 1_000, byteCapacity: 10_000, wakeup: Wakeup())
        func fill(_ sender: Mailbox.Sender) -> Int {
            var count = 0
            while count < 1_000, case .admitted = mailbox.send(input(bytes: 744), by: sender) {
                count += 1
            }
            return count
        }
        #expect(fill(.caller) == 10)
        #expect(fill(.engine) == 30)
        #expect(mailbox.byteCount == 40_000)
        guard case .admitted = mailbox.send(.cancel(RequestID(1)), by: .news) else {
            Issue.record("news was refused")
            return
        }
        var taken: [ShardMessage] = []
        mailbox.take(into: &taken)
        #expect(taken.count == 41)
        #expect(mailbox.byteCount == 0)
    }

    @Test("one message goes in whatever its size")
    func single() {
        let mailbox = Mailbox(capacity: 1, byteCapacity: 1, wakeup: Wakeup())
        guard case .admitted = mailbox.send(input(bytes: 10_000)),
            case .full = mailbox.send(input(bytes: 1))
        else {
            Issue.record("the first was refused, or the second taken")
            return
        }
    }
}
