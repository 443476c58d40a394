import StepwellJSON

/// Writes the request of a call by the model of its action.
enum RequestWriter {
    /// The request of a call.
    ///
    /// - Throws: `AWSFault.parameters` for parameters that do not fit the model.
    static func write(
        _ call: AWSCall,
        _ model: ServiceModel,
        _ operation: OperationModel
    ) throws(AWSFault) -> WireRequest {
        if let loose = operation.loose {
            return try LooseRequestWriter(call: call, model: model, operation: operation)
                .write(loose)
        }
        let structure = model.structure(operation.input) ?? StructureShape(members: [])
        let reader = ParameterReader(model: model, call: call)
        let members = try reader.members(call.parameters, of: structure)
        try checkStreams(model, operation)
        var request = WireRequest()
        request.method = operation.method
        request.hostPrefix = try hostPrefix(operation, members)
        switch model.metadata.wireProtocol {
        case .json:
            jsonHead(&request, model, operation)
            request.body = JSONWriter.write(JSONWireFormat.value(.structure(members)))
        case .query, .ec2:
            QueryRequestWriter(model: model).write(members, operation, to: &request)
        case .restJSON, .restXML:
            try RestRequestWriter(model: model, operation: operation, structure: structure)
                .write(members, to: &request)
        case .cbor: cbor(members, model, operation, to: &request)
        }
        return request
    }

    /// The headers of the JSON protocols.
    static func jsonHead(
        _ request: inout WireRequest,
        _ model: ServiceModel,
        _ operation: OperationModel
    ) {
        let metadata = model.metadata
        request.headers.append(("X-Amz-Target", "\(metadata.targetPrefix).\(operation.name)"))
        request.headers.append(("Content-Type", "application/x-amz-json-\(metadata.jsonVersion)"))
        if metadata.isQueryCompatible { request.headers.append(("x-amzn-query-mode", "true")) }
    }

    private static func cbor(
        _ members: [(member: MemberShape, value: WireValue)],
        _ model: ServiceModel,
        _ operation: OperationModel,
        to request: inout WireRequest
    ) {
        request.path = "/service/\(model.metadata.targetPrefix)/operation/\(operation.name)"
        request.headers.append(("smithy-protocol", "rpc-v2-cbor"))
        request.headers.append(("Accept", "application/cbor"))
        guard operation.input != nil else { return }
        request.headers.append(("Content-Type", "application/cbor"))
        if model.metadata.isQueryCompatible {
            request.headers.append(("x-amzn-query-mode", "true"))
        }
        var writer = CBORWriter()
        writer.write(.structure(members))
        request.body = writer.bytes
    }

    private static func checkStreams(
        _ model: ServiceModel,
        _ operation: OperationModel
    ) throws(AWSFault) {
        guard let output = model.structure(operation.output) else { return }
        for member in output.members where model.structure(member)?.isEventStream ?? false {
            throw .unknownAction(
                "the action \(operation.name) answers with a stream of events, which is not "
                    + "supported"
            )
        }
    }

    private static func hostPrefix(
        _ operation: OperationModel,
        _ members: [(member: MemberShape, value: WireValue)]
    ) throws(AWSFault) -> String? {
        guard var prefix = operation.hostPrefix else { return nil }
        for (member, value) in members where member.traits.isHostLabel {
            guard case .string(let text) = value, !text.isEmpty,
                text.utf8.allSatisfy({ isHostByte($0) })
            else {
                throw .parameters(
                    "The value for the field '\(member.sdkName)' must be letters, digits, '-' and "
                        + "'.' only"
                )
            }
            prefix = TextTemplate.filling(prefix, "{\(member.name)}", with: text)
        }
        return prefix
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 97...122, 65...90, 48...57, UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }
}
