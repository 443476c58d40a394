import StepwellHistory

extension ShardCore {
    /// Answers when the execution has got beyond an ordinal or has closed.
    func watch(_ command: WatchCommand) {
        do throws(StoreError) {
            var head = residents[command.execution]?.head
            if head == nil { head = try store.heads(.execution(command.execution)).first }
            guard let head else {
                command.reply(.success(.unknownExecution))
                return
            }
            if head.answers(command) {
                answer(command, by: head)
            } else {
                watches.add(command)
            }
        } catch {
            command.reply(.failure(.storeUnavailable(error)))
        }
    }

    /// Tells those who watch an execution of its newest turn.
    func notifyWatches(of resident: ResidentExecution) {
        for watch in watches.take(answeredBy: resident.head) {
            answer(watch, by: resident.head)
        }
    }

    private func answer(_ command: WatchCommand, by head: ExecutionHead) {
        let answer = WatchAnswer.reached(head.lastOrdinal, status: head.summary.status)
        let reply = command.reply
        emit(
            .reply { failure in reply(failure.map { .failure($0) } ?? .success(answer)) },
            after: residents[head.execution]?.lastBatch ?? 0
        )
    }
}
