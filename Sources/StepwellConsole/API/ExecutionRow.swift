import StepwellEngine
import StepwellHistory
import StepwellServer

/// An execution as a list shows it.
struct ExecutionRow {
    let head: ExecutionHead

    init(_ head: ExecutionHead) {
        self.head = head
    }

    /// Its ARN.
    var arn: String {
        let name = head.executionName
        // The name of an execution of an Express workflow is `NAME:UUID`; others have no colon.
        let isExpress = name.utf8.contains(UInt8(ascii: ":"))
        return ExecutionARN(
            stateMachineARN: head.stateMachineARN,
            name: name,
            isExpress: isExpress
        ).string
    }

    var fields: ResponseFields {
        var fields = ResponseFields()
        let machine = head.stateMachineARN
        fields.add("executionArn", arn)
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
