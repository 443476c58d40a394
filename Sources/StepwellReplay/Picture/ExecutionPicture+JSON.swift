import StepwellHistory
package import StepwellJSON

/// Pictures as JSON documents: times as RFC 3339, payloads as the documents that they are. What is
/// cut is a string with its beginning, beside a member `…Truncated` with the bytes of the whole.
extension ExecutionPicture {
    /// The picture as a JSON object.
    package var json: JSONObject {
        var object = JSONObject()
        object["executionArn"] = .string(executionARN)
        object["name"] = .string(name)
        object["stateMachineArn"] = .string(stateMachineARN)
        object["status"] = .string(status.rawValue)
        object["startDate"] = .string(startDate.rfc3339)
        object["stopDate"] = stopDate.map { .string($0.rfc3339) }
        object["at"] = .object(place.json)
        object.add("input", input)
        object.add("output", output)
        object["error"] = error.map { .string($0) }
        object["cause"] = cause.map { .string($0) }
        object.add(variables)
        object["timeout"] = timeout.map { .string($0.rfc3339) }
        object["redriveCount"] = .number(JSONNumber(Int64(redriveCount)))
        object["redriveDate"] = redriveDate.map { .string($0.rfc3339) }
        object["branches"] = .array(branches.map { .object($0.json) })
        return object
    }
}

extension ExecutionPicture.Place {
    fileprivate var json: JSONObject {
        JSONObject([
            ("eventId", .number(JSONNumber(eventID))),
            ("record", .number(JSONNumber(Int64(clamping: record)))),
            ("time", .string(time.rfc3339)),
            ("lastEventId", .number(JSONNumber(lastEventID))),
            ("lastRecord", .number(JSONNumber(Int64(clamping: lastRecord)))),
        ])
    }
}

extension ActiveBranch {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object["id"] = .number(JSONNumber(id))
        object["path"] = .string(path)
        object["kind"] = .string(kind.name)
        object["index"] = index.map { .number(JSONNumber(Int64($0))) }
        object["executionArn"] = executionARN.map { .string($0) }
        object["state"] = state.map { .string($0) }
        object["type"] = type.map { .string($0) }
        object["phase"] = phase.map { .string($0) }
        object["status"] = .string(status.rawValue)
        object["enteredEventId"] = enteredEventID.map { .number(JSONNumber($0)) }
        object["since"] = since.map { .string($0.rfc3339) }
        object.add("input", input)
        if kind != .child {
            object.add(variables)
            object["retries"] = .array(retries.map { .object($0.json) })
        }
        object["waitingFor"] = waitingFor.map { .object($0.json) }
        object["error"] = error.map { .string($0) }
        object["cause"] = cause.map { .string($0) }
        object["children"] = children.map { .object($0.json) }
        return object
    }
}

extension BranchRetry {
    fileprivate var json: JSONObject {
        JSONObject([
            ("errorEquals", .array(errorEquals.map { .string($0) })),
            ("retrier", .number(JSONNumber(Int64(retrier)))),
            ("attempt", .number(JSONNumber(Int64(attempt)))),
            ("maxAttempts", .number(JSONNumber(maxAttempts))),
        ])
    }
}

extension BranchWait {
    /// As the API and `--json` have it.
    package var json: JSONObject {
        var object = JSONObject()
        object["kind"] = .string(kind.name)
        object["since"] = .string(since.rfc3339)
        object["sinceEventId"] = .number(JSONNumber(sinceEventID))
        object["until"] = until.map { .string($0.rfc3339) }
        object["resource"] = resource.map { .string($0) }
        object["started"] = isStarted.map { .bool($0) }
        object["worker"] = workerName.map { .string($0) }
        object["token"] = token.map { .string($0) }
        object["timeout"] = timeout.map { .string($0.rfc3339) }
        object["heartbeat"] = heartbeat.map { .string($0.rfc3339) }
        object["deliveries"] = deliveries.map { .number(JSONNumber(Int64($0))) }
        object["childArn"] = childARN.map { .string($0) }
        object["error"] = error.map { .string($0) }
        object["cause"] = cause.map { .string($0) }
        return object
    }
}

extension BranchChildren {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        for (name, number) in [
            ("count", count), ("running", running), ("succeeded", succeeded), ("failed", failed),
            ("pending", pending),
        ] {
            object[name] = .number(JSONNumber(Int64(number)))
        }
        object["maxConcurrency"] = maxConcurrency.map { .number(JSONNumber(Int64($0))) }
        object["branches"] = .array(branches.map { .object($0.json) })
        object["next"] = next.map { .number(JSONNumber(Int64($0))) }
        return object
    }
}

extension JSONObject {
    /// Adds a payload, with its length when it is cut.
    package mutating func add(_ key: String, _ payload: PicturedPayload?) {
        guard let payload else { return }
        self[key] = payload.value
        guard payload.isTruncated else { return }
        self[key + "Truncated"] = .number(JSONNumber(Int64(payload.byteCount)))
    }

    fileprivate mutating func add(_ variables: [PicturedVariable]) {
        var values = JSONObject()
        var lengths = JSONObject()
        for variable in variables {
            values[variable.name] = variable.value.value
            guard variable.value.isTruncated else { continue }
            lengths[variable.name] = .number(JSONNumber(Int64(variable.value.byteCount)))
        }
        self["variables"] = .object(values)
        if lengths.count > 0 { self["variablesTruncated"] = .object(lengths) }
    }
}
