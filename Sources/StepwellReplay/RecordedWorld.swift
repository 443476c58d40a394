import StepwellHistory
import StepwellInterpreter

/// What a turn was told about the world outside, as far as it mattered and was recorded.
struct RecordedWorld: Sendable {
    private var absentActivities: [String] = []
    private var absentHandlers: [(resource: String, stateName: String)] = []
    private(set) var openActivities = Int.max

    init(_ turn: Turn) {
        for record in turn.records {
            switch record.body {
            case .engine(.activityAbsent(let arn)): absentActivities.append(arn)
            case .engine(.handlerAbsent(let resource, let state)):
                absentHandlers.append((resource, state))
            case .engine(.activitiesExhausted(let limit)): openActivities = limit
            case .input, .engine, .event: break
            }
        }
    }

    func activityExists(_ arn: String) -> Bool {
        !absentActivities.contains { $0.utf8.elementsEqual(arn.utf8) }
    }

    func isServed(_ offer: TaskOffer) -> Bool {
        !absentHandlers.contains {
            $0.resource.utf8.elementsEqual(offer.resource.utf8)
                && $0.stateName.utf8.elementsEqual(offer.stateName.utf8)
        }
    }
}
