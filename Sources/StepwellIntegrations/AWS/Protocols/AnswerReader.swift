import StepwellJSON

/// Reads the result of an action out of its answer, in the spelling of SDK integrations.
struct AnswerReader {
    let model: ServiceModel
    let operation: OperationModel

    /// The answer of a call that succeeded.
    ///
    /// - Throws: `AWSFault.service` with the code `UnreadableAnswer` when it is not of the
    ///   protocol.
    func read(_ answer: OutgoingAnswer) throws(AWSFault) -> AWSAnswer {
        var result = AWSAnswer(
            output: JSONObject(),
            status: answer.status,
            headers: answer.headers,
            requestID: ErrorReader.requestID(answer)
        )
        if operation.loose != nil {
            if case .object(let members) = try json(answer) {
                let names = LooseNames(spelling: model.loose ?? LooseSpelling())
                result.output = names.answer(members)
            }
            return result
        }
        guard let structure = model.structure(operation.output) else { return result }
        switch model.metadata.wireProtocol {
        case .json:
            let value = try json(answer)
            result.output = JSONAnswerFormat(model: model).members(value, of: structure)
        case .cbor:
            guard !answer.body.isEmpty else { return result }
            guard let value = try? CBORReader.read(answer.body) else { throw unreadable(answer) }
            result.output = CBORAnswerFormat(model: model).members(value, of: structure)
        case .query, .ec2:
            let format = XMLAnswerFormat(model: model)
            let root = try xml(answer)
            // Within the root of query is `…Result`; ec2 has the members in the root.
            let wrapper = root.child("\(operation.name)Result") ?? root
            result.requestID =
                root.child("ResponseMetadata")?.child("RequestId")?.string
                ?? root.child("requestId")?.string ?? result.requestID
            result.output = format.members(wrapper, of: structure)
        case .restJSON, .restXML: try read(rest: structure, answer, into: &result)
        }
        return result
    }

    private func read(
        rest structure: StructureShape,
        _ answer: OutgoingAnswer,
        into result: inout AWSAnswer
    ) throws(AWSFault) {
        result.output = HeaderAnswerFormat(model: model).members(answer, of: structure)
        let isJSON = model.metadata.wireProtocol == .restJSON
        guard let payload = structure.payloadMember else {
            guard structure.members.contains(where: { $0.traits.location == nil }),
                !answer.body.isEmpty
            else { return }
            let body =
                isJSON
                ? JSONAnswerFormat(model: model).members(try json(answer), of: structure)
                : XMLAnswerFormat(model: model).members(try xml(answer), of: structure)
            for (key, value) in body { result.output[key] = value }
            return
        }
        switch model.shape(payload) {
        case .blob, .string:
            result.payload = answer.body
            let text = String(decoding: answer.body, as: UTF8.self)
            result.output[payload.sdkName] = .string(text)
        default:
            guard !answer.body.isEmpty else { return }
            result.output[payload.sdkName] =
                isJSON
                ? JSONAnswerFormat(model: model).value(try json(answer), payload)
                : XMLAnswerFormat(model: model).value(try xml(answer), payload)
        }
    }

    private func json(_ answer: OutgoingAnswer) throws(AWSFault) -> JSONValue {
        guard !answer.body.isEmpty else { return .object(JSONObject()) }
        guard let value = try? JSONParser.parse(answer.body) else { throw unreadable(answer) }
        return value
    }

    private func xml(_ answer: OutgoingAnswer) throws(AWSFault) -> XMLNode {
        guard !answer.body.isEmpty else { return XMLNode(name: "") }
        guard let root = try? XMLReader.read(answer.body) else { throw unreadable(answer) }
        return root
    }

    private func unreadable(_ answer: OutgoingAnswer) -> AWSFault {
        .service(
            ServiceFault(
                code: "UnreadableAnswer",
                message: "the answer of \(operation.name) cannot be read",
                status: answer.status,
                requestID: ErrorReader.requestID(answer)
            )
        )
    }
}
