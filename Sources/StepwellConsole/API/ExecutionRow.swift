import StepwellEngine
import StepwellHistory
import StepwellServer

/// An execution as a list shows it.
struct ExecutionRow {
    let head: ExecutionHead

    init(_ head: ExecutionHead) {
        self.head = head
    }

    var fields: ResponseFields {
        var fields = ResponseFields()
        let machine = head.stateMachineARN
        fields.add("executionArn", head.executionARN)
        fields.add("name", head.executionName)
        fields.add("status", head.summary.status.rawValue)
        fields.add("startDate", head.startDate)
        fields.add("stopDate", head.stopDate)
        fields.add("stateMachineArn", machine)
        let machineName = machine.utf8.reversed().prefix { $0 != UInt8(ascii: ":") }.reversed()
        fields.add("stateMachineName", String(decoding: machineName, as: UTF8.self))
        fields.add("redriveCount", head.redriveCount)
        fields.add("lastEventId", Int(head.lastEventID))
        return fields
    }
}
