import StepwellHistory

extension HistoryReader {
    /// How many tasks the states of a name scheduled before an event, retries included.
    func tasksScheduled(
        by stateName: String,
        in execution: ExecutionNumber,
        before event: EventID
    ) throws(ServiceError) -> Int {
        let source = PayloadSource(store: store, execution: execution)
        var entered: [BranchID: Bool] = [:]
        var count = 0
        var next = Ordinal(1)
        while true {
            let turns = try read(source, next...Ordinal(.max))
            guard !turns.isEmpty else { return count }
            for record in turns.flatMap(\.records) where record.ordinal >= next {
                next = record.ordinal.advanced(by: 1)
                guard case .event(let found) = record.body else { continue }
                if found.id >= event { return count }
                if case .stateEntered(_, let details) = found.body {
                    entered[record.branch] = details.name.utf8.elementsEqual(stateName.utf8)
                } else if found.body.isTaskScheduled, entered[record.branch] == true {
                    count += 1
                }
            }
        }
    }
}

extension HistoryEventBody {
    /// `TaskScheduled`, `LambdaFunctionScheduled` or `ActivityScheduled`.
    fileprivate var isTaskScheduled: Bool {
        switch self {
        case .task(.scheduled), .lambdaFunction(.scheduled), .activity(.scheduled): true
        default: false
        }
    }
}
