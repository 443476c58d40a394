import StepwellJSON

extension ServiceModel {
    /// The model of a text in the form of botocore's `service-2.json`.
    static func parse(_ bytes: [UInt8]) throws(ModelFault) -> ServiceModel {
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw ModelFault("it is not JSON: \(error)")
        }
        guard let metadata = value["metadata"]?.objectValue,
            let operations = value["operations"]?.objectValue,
            let shapes = value["shapes"]?.objectValue
        else { throw ModelFault("it is not a service model") }
        let reader = ModelReader(shapes: shapes)
        let built = try reader.builtShapes()
        return ServiceModel(
            metadata: try Metadata(metadata),
            operations: try reader.operations(operations),
            shapes: built.shapes,
            errors: built.errors
        )
    }
}

extension ServiceModel.Metadata {
    fileprivate init(_ object: JSONObject) throws(ModelFault) {
        let text = { (key: String) in object[key]?.stringValue }
        guard let prefix = text("endpointPrefix") else {
            throw ModelFault("it has no endpointPrefix")
        }
        endpointPrefix = prefix
        serviceID = text("serviceId") ?? text("serviceAbbreviation") ?? prefix
        signingName = text("signingName") ?? prefix
        apiVersion = text("apiVersion") ?? ""
        jsonVersion = text("jsonVersion") ?? "1.0"
        targetPrefix = text("targetPrefix") ?? ""
        isQueryCompatible = object["awsQueryCompatible"] != nil
        isUnsigned = ["bearer", "none"].contains(text("signatureVersion"))
        let offered = object["protocols"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let names = offered.isEmpty ? [text("protocol") ?? ""] : offered
        let known = ServiceModel.WireProtocol.allCases.first { names.contains($0.rawValue) }
        guard let known else {
            throw ModelFault("its protocol is not spoken: \(names.joined(separator: ", "))")
        }
        wireProtocol = known
    }
}

/// Reads the shapes and actions of a model.
private struct ModelReader {
    let shapes: JSONObject

    func builtShapes() throws(ModelFault) -> (shapes: [String: Shape], errors: [String: String]) {
        var built: [String: Shape] = [:]
        var errors: [String: String] = [:]
        built.reserveCapacity(shapes.count)
        for (name, value) in shapes {
            guard let object = value.objectValue else { continue }
            built[name] = shape(object)
            if object["exception"]?.boolValue ?? false { errors[code(name, object)] = name }
        }
        return (built, errors)
    }

    private func code(_ name: String, _ shape: JSONObject) -> String {
        shape["error"]?["code"]?.stringValue ?? name
    }

    private func shape(_ object: JSONObject) -> Shape {
        switch object["type"]?.stringValue {
        case "structure": .structure(structure(object))
        case "list": .list(member("", object["member"]))
        case "map": .map(key: member("", object["key"]), value: member("", object["value"]))
        case "boolean": .boolean
        case "byte", "short", "integer", "long": .integer
        case "float": .float
        case "double": .double
        case "timestamp": .timestamp
        case "blob": .blob
        default: .string
        }
    }

    private func structure(_ object: JSONObject) -> StructureShape {
        let described = object["members"]?.objectValue ?? JSONObject()
        // DynamoDB's values are a notation of their own (`BOOL`, `SS`): `DynamoDBSpelling`.
        let isAttributeValue = described["BOOL"] != nil && described["NULL"] != nil
        var members: [MemberShape] = []
        for (name, reference) in described {
            members.append(member(name, reference, keepsName: isAttributeValue))
        }
        return StructureShape(
            members: members,
            payload: object["payload"]?.stringValue,
            required: Set(object["required"]?.arrayValue?.compactMap(\.stringValue) ?? []),
            isDocument: object["document"]?.boolValue ?? false,
            isEventStream: object["eventstream"]?.boolValue ?? false
        )
    }

    func member(
        _ name: String,
        _ reference: JSONValue?,
        keepsName: Bool = false
    ) -> MemberShape {
        let reference = reference?.objectValue ?? JSONObject()
        let target = reference["shape"]?.stringValue ?? ""
        let shape = shapes[target]?.objectValue ?? JSONObject()
        return MemberShape(
            name: name,
            shape: target,
            traits: ShapeTraits(shape: shape, reference: reference),
            keepsName: keepsName
        )
    }

    func operations(_ object: JSONObject) throws(ModelFault) -> [String: OperationModel] {
        var operations: [String: OperationModel] = [:]
        for (name, value) in object {
            guard let value = value.objectValue else { continue }
            operations[name] = operation(name, value)
        }
        return operations
    }

    private func operation(_ name: String, _ object: JSONObject) -> OperationModel {
        var operation = OperationModel(name: object["name"]?.stringValue ?? name)
        operation.method = object["http"]?["method"]?.stringValue ?? "POST"
        operation.uri = object["http"]?["requestUri"]?.stringValue ?? "/"
        operation.input = object["input"].map { member("", $0) }
        operation.output = object["output"].map { member("", $0) }
        operation.hostPrefix = object["endpoint"]?["hostPrefix"]?.stringValue
        let schemes = object["auth"]?.arrayValue?.compactMap(\.stringValue) ?? []
        operation.isUnsigned =
            object["authtype"]?.stringValue == "none" || schemes == ["smithy.api#noAuth"]
        let checksum = object["httpChecksum"]
        operation.checksumMember = checksum?["requestAlgorithmMember"]?.stringValue
        operation.needsChecksum =
            checksum?["requestChecksumRequired"]?.boolValue
            ?? object["httpChecksumRequired"]?.boolValue ?? false
        for error in object["errors"]?.arrayValue ?? [] {
            guard let name = error["shape"]?.stringValue else { continue }
            let shape = shapes[name]?.objectValue ?? JSONObject()
            operation.errors[code(name, shape)] = name
        }
        return operation
    }
}
