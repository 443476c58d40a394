import Crypto
import StepwellHistory
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

extension ExecutionState {
    /// Goes on with a distributed Map: prepares its run, `MapRunStarted`, then child after child as
    /// long as more may start.
    func continueMapRun(
        _ fields: MapFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        guard let place = branches[id].mapRun else {
            return try prepareMapRun(fields, on: id, into: &builder)
        }
        if mapRuns[place].isReopened {
            let count = mapRuns[place].redriveCount + 1
            let arn = mapRuns[place].arn
            let redriven = MapRunEvent.redriven(mapRunARN: arn, redriveCount: count)
            return emit(event: .mapRun(redriven), on: id, into: &builder)
        }
        guard mapRuns[place].startedEventID != 0 else {
            let started = MapRunEvent.started(mapRunARN: mapRuns[place].arn)
            return emit(event: .mapRun(started), on: id, into: &builder)
        }
        if mapRuns[place].needsPlan { return try configureMapRun(fields, on: id, into: &builder) }
        guard mapRuns[place].mayStartChild else { return stall(id, into: &builder) }
        if let index = mapRuns[place].pendingRedrive.last {
            return redriveChild(index, of: place, on: id, into: &builder)
        }
        if let batching = mapRuns[place].plan?.batching {
            return try scheduleBatch(batching, of: place, fields, on: id, into: &builder)
        }
        let index = mapRuns[place].children.count
        guard let item = mapRuns[place].item(at: mapRuns[place].nextItem) else {
            return stall(id, into: &builder)
        }
        // The text alone: the child parses its own, and the run may keep it for long.
        let given = try iterationInput(of: fields, item: item, under: id, into: &builder)
        let input = Payload(text: given.text, location: given.location).stored(
            at: nextOrdinal(after: builder)
        )
        emit(.engine(.childScheduled(index: index, input: input)), on: id, into: &builder)
        builder.ask(.child(index, ofMapRun: place))
    }

    private func redriveChild(
        _ index: Int,
        of place: Int,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) {
        emit(.engine(.childRedriven(index: index)), on: id, into: &builder)
        builder.ask(.child(index, ofMapRun: place))
    }

    /// The tolerance is found out once the Map state has started.
    private func prepareMapRun(
        _ fields: MapFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let count = try fields.toleratedFailureCount.map { field throws(StateFailure) in
            try toleratedCount(field, of: id, into: &builder)
        }
        let percentage = try fields.toleratedFailurePercentage.map { field throws(StateFailure) in
            try toleratedPercentage(field, of: id, into: &builder)
        }
        var stream = random(after: builder)
        let bytes = MapRunID.bytes(execution: execution, random: Array(stream.block().prefix(16)))
        let prepared = EngineRecord.mapRunPrepared(
            id: bytes,
            toleratedFailureCount: count,
            toleratedFailurePercentage: percentage
        )
        emit(.engine(prepared), on: id, into: &builder)
    }

    /// The run that a branch's Map state has going; nil when there is none or it is over.
    func openMapRun(of id: BranchID) -> Int? {
        guard let place = branches[id].mapRun, mapRuns[place].status == .running else {
            return nil
        }
        return place
    }

    /// `Label`, or what stands for it: a UUID that the definition and the state's name determine.
    func mapRunLabel(of state: State, _ fields: MapFields) -> String {
        if let label = fields.label { return label }
        var hash = SHA256()
        hash.update(data: start?.definition.bytes ?? [])
        hash.update(data: Array(state.name.utf8))
        return MapRunID.uuid(Array(hash.finalize()))
    }

    /// The outputs of the children that succeeded, in the order of their items.
    func mapRunResults(_ place: Int) -> [Payload] {
        let results = mapRuns[place].results
        return results.keys.sorted().compactMap { results[$0] }
    }
}

/// `ToleratedFailureCount` and `ToleratedFailurePercentage`.
extension ExecutionState {
    func toleratedCount(
        _ field: CountField,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Int64 {
        let name = "ToleratedFailureCount"
        switch field {
        case .literal(let count): return count
        case .expression(let expression):
            let range = 0...Int64(Int32.max)
            return try integer(expression, field: name, in: range, on: id, into: &builder)
        case .path(let path):
            let integer = try whole(at: path, of: name + "Path", in: id, into: &builder)
            guard integer >= 0 else {
                throw runtimeFailure(Causes.negative(field: name), in: id)
            }
            return integer
        }
    }

    func toleratedPercentage(
        _ field: PercentageField,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Double {
        let name = "ToleratedFailurePercentage"
        let percentage: Double
        switch field {
        case .literal(let literal): return literal
        case .path(let path):
            let found = try found(at: path, of: id, into: &builder)
            guard let number = found.number else {
                let cause = Causes.notAFloat(
                    field: name + "Path",
                    value: found.shown,
                    path: path.text
                )
                throw runtimeFailure(cause, in: id)
            }
            percentage = number.double
        case .expression(let expression):
            let value = try evaluate(expression, field: name, on: id, into: &builder)
            guard case .number(let number) = value else {
                throw unexpected(value, expected: "number", of: expression, field: name, in: id)
            }
            percentage = number.double
        }
        guard (0...100).contains(percentage) else {
            throw runtimeFailure(Causes.notAPercentage(field: name), in: id)
        }
        return percentage
    }

    /// The whole number that the path of a field leads to; a text that reads as a number is taken
    /// for one (recorded of tolerances and batches, seen of MaxConcurrencyPath).
    func whole(
        at path: JSONPath,
        of field: String,
        in id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Int64 {
        let found = try found(at: path, of: id, into: &builder)
        guard let integer = found.number.flatMap(\.integer) else {
            let cause = Causes.notAnInteger(field: field, value: found.shown, path: path.text)
            throw runtimeFailure(cause, in: id)
        }
        return integer
    }

    /// What the path of a number leads to, as a number if it is or reads as one, and as AWS
    /// shows it.
    func found(
        at path: JSONPath,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> (number: JSONNumber?, shown: String) {
        let input = try effectiveInput(of: id, into: &builder)
        let scope = evaluation(of: id, input: try value(of: input, in: id, into: &builder))
        switch try evaluate(path, in: scope, branch: id, into: &builder) {
        case .number(let number): return (number, number.text)
        case .string(let text):
            guard case .number(let number)? = try? JSONParser.parse(Array(text.utf8)) else {
                return (nil, text)
            }
            return (number, text)
        case let other: return (nil, JSONWriter.string(other))
        }
    }
}
