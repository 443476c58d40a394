import Logging
import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellServer

extension ConsoleRoutes {
    /// Which server this is, and how it is.
    func about() async -> ResponseFields {
        var fields = ResponseFields()
        fields.add("version", settings.version)
        fields.add("region", settings.region)
        fields.add("accountId", settings.accountID)
        fields.add("storeId", Hexadecimal.text(engine.store.identity.storeID))
        fields.add("startedAt", settings.startedAt)
        fields.add("time", settings.clock.now())
        fields.add("condition", .object(router.condition))
        var features = JSONObject()
        for feature in settings.features { features[feature] = .bool(true) }
        fields.add("features", .object(features))
        return fields
    }

    /// Lines of the server's log.
    func log(_ parameters: ConsoleParameters) throws(ServiceError) -> ResponseFields {
        let after = try parameters.integer("after", in: 0...Int.max) ?? 0
        let limit = try parameters.integer("limit", in: 1...LogRing.capacity)
        let lines = settings.log.lines(after: after, limit: limit ?? LogRing.capacity)
        var fields = ResponseFields()
        fields.add("lines", lines.map(\.fields))
        fields.add("next", lines.last?.number ?? settings.log.count)
        return fields
    }
}

extension LogRing.Line {
    /// The line as the page takes it.
    var fields: ResponseFields {
        var fields = ResponseFields()
        fields.add("seq", number)
        fields.add("time", time)
        fields.add("level", level.rawValue)
        fields.add("message", message)
        fields.add(
            "metadata",
            .object(JSONObject(metadata.map { ($0.name, .string($0.value)) }))
        )
        return fields
    }
}
