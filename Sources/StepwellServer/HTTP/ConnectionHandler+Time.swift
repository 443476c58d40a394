import NIOCore

extension ConnectionHandler {
    /// Closes the connection when the next step has not come in time.
    func expect(within milliseconds: Int64, context: ChannelHandlerContext) {
        let deadline = NIODeadline.now() + .milliseconds(milliseconds)
        self.deadline = deadline
        // A timer that goes off earlier finds the later deadline itself.
        if let timer, timer.time <= deadline { return }
        startTimer(at: deadline, context: context)
    }

    private func startTimer(at deadline: NIODeadline, context: ChannelHandlerContext) {
        timer?.task.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let task = context.eventLoop.scheduleTask(deadline: deadline) {
            let (handler, context) = bound.value
            handler.timerFired(context: context)
        }
        timer = (task, deadline)
    }

    private func timerFired(context: ChannelHandlerContext) {
        timer = nil
        guard let deadline else { return }
        if deadline > .now() {
            startTimer(at: deadline, context: context)
        } else if !refuseUnfinished(context: context) {
            close(context: context)
            context.close(promise: nil)
        }
    }
}
