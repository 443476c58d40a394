import StepwellHistory
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

/// The fields of a distributed Map state that read, batch and write, evaluated once its run has
/// started: what fails here fails the run (recorded of `MaxItemsPath`).
extension ExecutionState {
    /// `mapRunConfigured`.
    func configureMapRun(
        _ fields: MapFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        var plan = JSONObject()
        if let reader = fields.reader {
            plan["ItemReader"] = .object(try evaluate(reader, on: id, into: &builder))
        }
        if let batcher = fields.batcher {
            plan["ItemBatcher"] = .object(try evaluate(batcher, on: id, into: &builder))
        }
        if let writer = fields.writer {
            plan["ResultWriter"] = .object(try evaluate(writer, on: id, into: &builder))
        }
        let recorded = try payload(.object(plan), in: id, into: &builder)
        emit(.engine(.mapRunConfigured(stored(recorded, into: builder))), on: id, into: &builder)
    }

    private func evaluate(
        _ reader: ItemReaderFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONObject {
        var evaluated = JSONObject([("Resource", .string(reader.resource))])
        evaluated["Parameters"] = try parameters(
            reader.parameters,
            reader.arguments,
            of: "ItemReader",
            on: id,
            into: &builder
        )
        var configuration = reader.configuration
        if let field = reader.maxItems {
            let count = try readerItems(field, on: id, into: &builder)
            if count > 0 { configuration["MaxItems"] = .number(JSONNumber(count)) }
        }
        evaluated["ReaderConfig"] = .object(configuration)
        return evaluated
    }

    /// `MaxItems` or its path form; 0 stands for all.
    private func readerItems(
        _ field: CountField,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Int64 {
        let found: Int64
        switch field {
        case .literal(let count): found = count
        case .expression(let expression):
            let range = Int64.min...Int64.max
            let name = "ItemReader/ReaderConfig/MaxItems"
            found = try integer(expression, field: name, in: range, on: id, into: &builder)
        case .path(let path):
            let value = try self.found(at: path, of: id, into: &builder)
            guard let count = value.number.flatMap(\.integer) else {
                let cause = Causes.notAnInteger(
                    field: "MaxItemsPath",
                    value: value.shown,
                    path: path.text
                )
                throw StateFailure(Failure(error: ErrorName.itemReaderFailed, cause: cause))
            }
            found = count
        }
        guard found >= 0 else {
            let cause = Causes.notPositive(field: "MaxItems")
            throw StateFailure(Failure(error: ErrorName.itemReaderFailed, cause: cause))
        }
        return min(found, LanguageLimits.readerItems)
    }

    /// The limits of a batcher and what its batches share.
    func evaluate(
        _ batcher: ItemBatcherFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONObject {
        var evaluated = JSONObject()
        let limits: [(name: String, field: CountField?, most: Int64)] = [
            ("MaxItemsPerBatch", batcher.maxItems, Int64(Int32.max)),
            ("MaxInputBytesPerBatch", batcher.maxBytes, LanguageLimits.batchBytes),
        ]
        for limit in limits {
            guard let field = limit.field else { continue }
            let count = try batchLimit(field, limit.name, on: id, into: &builder)
            evaluated[limit.name] = .number(JSONNumber(min(count, limit.most)))
        }
        if let template = batcher.inputTemplate {
            let scope = try expressionScope(of: id, into: &builder)
            evaluated["BatchInput"] = try evaluate(
                template,
                field: "ItemBatcher/BatchInput",
                in: scope,
                on: id,
                into: &builder
            )
        } else if let template = batcher.input {
            let input = try effectiveInput(of: id, into: &builder)
            evaluated["BatchInput"] = try evaluate(template, input: input, on: id, into: &builder)
        }
        return evaluated
    }

    /// How large a batch may be; a text that reads as a number is taken for one (recorded).
    private func batchLimit(
        _ field: CountField,
        _ name: String,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Int64 {
        switch field {
        case .literal(let count): return count
        case .expression(let expression):
            return try integer(
                expression,
                field: "ItemBatcher/" + name,
                in: 1...Int64.max,
                on: id,
                into: &builder
            )
        case .path(let path):
            let count = try whole(at: path, of: name + "Path", in: id, into: &builder)
            guard count > 0 else { throw runtimeFailure(Causes.notPositive(field: name), in: id) }
            return count
        }
    }

    private func evaluate(
        _ writer: ResultWriterFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONObject {
        var evaluated = JSONObject()
        if let resource = writer.resource { evaluated["Resource"] = .string(resource) }
        evaluated["Parameters"] = try parameters(
            writer.parameters,
            writer.arguments,
            of: "ResultWriter",
            on: id,
            into: &builder
        )
        if let configuration = writer.configuration {
            evaluated["WriterConfig"] = .object(configuration)
        }
        return evaluated
    }

    /// `Parameters` or, of a JSONata state, `Arguments`.
    private func parameters(
        _ parameters: PayloadTemplate?,
        _ arguments: ExpressionTemplate?,
        of field: String,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue? {
        if let arguments {
            let scope = try expressionScope(of: id, into: &builder)
            let name = field + "/Arguments"
            return try evaluate(arguments, field: name, in: scope, on: id, into: &builder)
        }
        guard let parameters else { return nil }
        let input = try effectiveInput(of: id, into: &builder)
        return try evaluate(parameters, input: input, on: id, into: &builder)
    }
}
