import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// Writes what the children of a Map Run came to: to objects and a manifest that names them, or,
/// for a writer without a resource, to the result of the state (developer guide,
/// "ResultWriter (Map)").
///
/// Children are read from the store, some at a time, in the order of their items. Names and content
/// of the objects follow from the run, so that doing it again writes the same.
struct ResultExport {
    let engine: Engine
    let target: (any ResultTarget)?
    let write: ResultWrite
    let execution: ExecutionNumber
    /// The role of the execution.
    let roleARN: String

    /// Children that are read from the store at once.
    private static let chunk = 256

    /// What stands for the results, and how many they are; nil when nobody wants them any more.
    func run() async throws(MapRunDataFault) -> (output: Payload, count: Int)? {
        guard let state = await state(), state.mapRuns.indices.contains(write.mapRun),
            state.mapRuns[write.mapRun].arn.utf8.elementsEqual(write.mapRunARN.utf8)
        else { return nil }
        let run = state.mapRuns[write.mapRun]
        guard write.writer["Resource"] != nil else {
            let limit = state.start?.limits.payloadBytes ?? LimitsProfile.standard.payloadBytes
            return try await stateOutput(of: run, limit: limit)
        }
        return try await objects(of: run)
    }

    private func state() async -> ExecutionState? {
        var rest = Duration.milliseconds(20)
        while !engine.isShuttingDown {
            if let found = try? await engine.see(execution, { $0 }) { return found }
            do { try await Task.sleep(for: rest) } catch { return nil }
            rest = min(rest * 2, .seconds(2))
        }
        return nil
    }

    // MARK: Objects

    private func objects(
        of run: MapRun
    ) async throws(MapRunDataFault) -> (output: Payload, count: Int) {
        guard let target else {
            throw MapRunDataFault(
                "Nothing writes objects: give the engine a target of results, such as a folder "
                    + "that stands for the bucket."
            )
        }
        let place = try ResultPlace(write.writer, mapRunARN: write.mapRunARN)
        let form = ResultForm(write.writer["WriterConfig"], default: .none)
        var files = ResultGroup.allCases.map { ResultFiles($0, form: form, place: place) }
        var count = 0
        for pending in run.itemsAtHand {
            let full = files[ResultGroup.pending.rawValue].add(form.pending(pending))
            if let full { try await put(full, place, target) }
        }
        try await forEachChild(of: run, form) { (child) throws(MapRunDataFault) in
            count += 1
            let group: ResultGroup = child.status == .succeeded ? .succeeded : .failed
            for text in child.results {
                guard let full = files[group.rawValue].add(text) else { continue }
                try await put(full, place, target)
            }
        }
        for index in files.indices {
            if let last = files[index].finish() { try await put(last, place, target) }
        }
        let manifest = place.manifest(mapRunARN: write.mapRunARN, files: files)
        let key = place.key("manifest.json")
        try await put((key: key, bytes: manifest), place, target)
        let details = JSONObject([("Bucket", .string(place.bucket)), ("Key", .string(key))])
        let output = JSONObject([
            ("MapRunArn", .string(write.mapRunARN)), ("ResultWriterDetails", .object(details)),
        ])
        return (Payload(.object(output)), count)
    }

    private func put(
        _ file: (key: String, bytes: [UInt8]),
        _ place: ResultPlace,
        _ target: any ResultTarget
    ) async throws(MapRunDataFault) {
        let object = ResultObject(
            bucket: place.bucket,
            key: file.key,
            bytes: file.bytes,
            mapRunARN: write.mapRunARN,
            roleARN: roleARN
        )
        try await target.put(object)
    }

    // MARK: The state's result

    private func stateOutput(
        of run: MapRun,
        limit: Int
    ) async throws(MapRunDataFault) -> (output: Payload, count: Int) {
        let form = ResultForm(write.writer["WriterConfig"], default: .compact)
        var text = ResultText(form.outputType)
        try await forEachChild(of: run, form) { (child) throws(MapRunDataFault) in
            guard child.status == .succeeded || form.transformation == .none else { return }
            for result in child.results { text.add(result) }
            guard text.count <= limit else {
                throw MapRunDataFault(
                    error: "States.DataLimitExceeded",
                    "The results of the Map Run exceed the maximum number of bytes service limit."
                )
            }
        }
        let whole = text.finished()
        guard form.outputType == .jsonLines else { return (Payload(text: whole), 0) }
        return (Payload(.string(String(decoding: whole, as: UTF8.self))), 0)
    }

    // MARK: Children

    /// Gives `body` each child in the order of the items; what is next is read meanwhile.
    private func forEachChild(
        of run: MapRun,
        _ form: ResultForm,
        _ body: (WrittenChild) async throws(MapRunDataFault) -> Void
    ) async throws(MapRunDataFault) {
        let end = run.children.count
        for start in stride(from: 0, to: end, by: 2 * Self.chunk) {
            let middle = min(start + Self.chunk, end)
            async let ahead = children(middle..<min(middle + Self.chunk, end), of: run, form)
            for child in try await children(start..<middle, of: run, form).get() {
                try await body(child)
            }
            for child in try await ahead.get() { try await body(child) }
        }
    }

    /// What is written of some children.
    private func children(
        _ indexes: Range<Int>,
        of run: MapRun,
        _ form: ResultForm
    ) async -> Result<[WrittenChild], MapRunDataFault> {
        let rules = RedriveRules(
            limits: engine.configuration.limits,
            isStateMachineThere: true,
            now: engine.clock.now()
        )
        let reader = ChildResultReader(store: engine.store, run: run, rules: rules)
        var rest = Duration.milliseconds(20)
        while true {
            do {
                let children = try await engine.reads.read(.page, isRefusable: false) {
                    try reader.results(indexes).map { child in
                        WrittenChild(status: child.status, results: form.results(of: child))
                    }
                }
                return .success(children)
            } catch {
                // The store is asked again: it is no fault of the results.
                guard !engine.isShuttingDown else { return .failure(MapRunDataFault("\(error)")) }
                do { try await Task.sleep(for: rest) } catch {
                    return .failure(MapRunDataFault("The engine ends."))
                }
                rest = min(rest * 2, .seconds(2))
            }
        }
    }
}

/// A child of a Map Run, and what is written of it.
private struct WrittenChild: Sendable {
    let status: ExecutionStatus
    let results: [[UInt8]]
}
