import StepwellEngine
import StepwellIntegrations
import StepwellJSON

extension PlanReader {
    mutating func readStateMachine(_ resource: TemplateResource) throws(SettingsProblem) {
        let isServerless = resource.type == "AWS::Serverless::StateMachine"
        let name = try scope.name(of: resource)
        guard let definition = try definition(of: resource) else { return }
        var settings = JSONObject()
        for (property, member) in [
            ("Logging", "loggingConfiguration"), ("LoggingConfiguration", "loggingConfiguration"),
            ("Tracing", "tracingConfiguration"), ("TracingConfiguration", "tracingConfiguration"),
            ("EncryptionConfiguration", "encryptionConfiguration"),
        ] {
            guard let value = try value(property, of: resource) else { continue }
            settings[member] = value.lowerCamelKeys
        }
        let tags = try tags(of: resource)
        if !tags.isEmpty { settings["tags"] = .array(tags) }
        let account = scope.settings.account
        let partition = Partition.of(scope.settings.region)
        var role = try text("Role", of: resource)
        if role == nil { role = try text("RoleArn", of: resource) }
        let type = try text(isServerless ? "Type" : "StateMachineType", of: resource)
        let substitutions = try texts(["DefinitionSubstitutions"], of: resource)
        let machine = PlannedStateMachine(
            logicalID: resource.logicalID,
            name: name.attribute("Name"),
            arn: name.reference,
            definition: definition,
            substitutions: Dictionary(substitutions.map { ($0.name, $0.value) }) { $1 },
            roleARN: role
                ?? partition.arn("iam", account: account, "role/\(resource.logicalID)Role"),
            type: type ?? "STANDARD",
            settings: settings,
            publishedAlias: isServerless ? try text("AutoPublishAlias", of: resource) : nil,
            place: resource.place
        )
        plan.stateMachines.append(machine)
        if isServerless { try readEvents(of: machine, resource) }
    }

    /// Where the definition is; nil when the resource is left out for want of one.
    private mutating func definition(
        of resource: TemplateResource
    ) throws(SettingsProblem) -> PlannedStateMachine.Definition? {
        if let place = place(of: "Definition", resource) {
            let value = try scope.value(at: place) ?? .null
            return .text(JSONWriter.string(value), partsAt: place)
        }
        if let place = place(of: "DefinitionString", resource) {
            guard let text = try scope.text(at: place) else {
                throw document.problem("a definition is expected here", at: place)
            }
            return .text(text, partsAt: nil)
        }
        for property in ["DefinitionUri", "DefinitionS3Location"] {
            guard let place = place(of: property, resource) else { continue }
            guard let path = try file(at: place) else {
                leaveOut(resource, "its definition is an object of S3, not a file of this machine")
                return nil
            }
            guard surroundings.exists(path) else {
                throw document.problem("there is no file '\(path)'", at: place)
            }
            return .file(path)
        }
        throw document.problem("there is no definition here", at: resource.place)
    }

    /// The local file of a path, or of the bucket and key of an asset; nil for other objects.
    func file(at place: JSONPointer) throws(SettingsProblem) -> String? {
        guard let value = try scope.value(at: place) else { return nil }
        if let path = value.stringValue {
            return path.hasPrefix("s3://") ? nil : absolute(path)
        }
        let key = value["Key"] ?? value["S3Key"]
        return key?.plainText.flatMap(surroundings.asset)
    }

    /// Tags as the API has them, of a list or SAM's mapping.
    private func tags(of resource: TemplateResource) throws(SettingsProblem) -> [JSONValue] {
        for property in ["Tags", "StateMachineTags"] {
            guard case .array(let items)? = try value(property, of: resource) else { continue }
            return items.map(\.lowerCamelKeys)
        }
        guard resource.type == "AWS::Serverless::StateMachine" else { return [] }
        return try texts(["Tags"], of: resource).map {
            .object(JSONObject([("key", .string($0.name)), ("value", .string($0.value))]))
        }
    }

    mutating func readActivity(_ resource: TemplateResource) throws(SettingsProblem) {
        plan.activities.append(
            PlannedActivity(
                logicalID: resource.logicalID,
                name: try scope.name(of: resource).attribute("Name"),
                place: resource.place
            )
        )
    }

    mutating func readVersion(_ resource: TemplateResource) throws(SettingsProblem) {
        plan.versions.append(
            PlannedVersion(
                logicalID: resource.logicalID,
                stateMachineARN: try neededText("StateMachineArn", of: resource),
                description: try text("Description", of: resource),
                place: resource.place
            )
        )
    }

    mutating func readAlias(_ resource: TemplateResource) throws(SettingsProblem) {
        let properties = resource.place.appending("Properties")
        var routes: [PlannedAlias.Route] = []
        let routing = properties.appending("RoutingConfiguration")
        let preference = properties.appending("DeploymentPreference")
        if document.value[preference] != nil {
            let place = preference.appending("StateMachineVersionArn")
            routes = [PlannedAlias.Route(version: try version(at: place), weight: 100)]
            note("the alias is changed at once, without the steps of a deployment", at: preference)
        } else {
            let items = document.value[routing]?.arrayValue ?? []
            for index in items.indices {
                let item = routing.appending(index)
                let weight = try scope.text(at: item.appending("Weight")).flatMap(Int.init)
                let place = item.appending("StateMachineVersionArn")
                routes.append(
                    PlannedAlias.Route(version: try version(at: place), weight: weight ?? 100)
                )
            }
        }
        guard !routes.isEmpty else {
            throw document.problem("'RoutingConfiguration' is missing here", at: resource.place)
        }
        plan.aliases.append(
            PlannedAlias(
                logicalID: resource.logicalID,
                name: try neededText("Name", of: resource),
                description: try text("Description", of: resource),
                routes: routes,
                place: resource.place
            )
        )
    }

    /// The version that is referred to: the logical id of its resource, whose number is known when
    /// it is published, or an ARN.
    private func version(at place: JSONPointer) throws(SettingsProblem) -> String {
        let written = document.value[place]
        let referred =
            written?["Ref"]?.stringValue
            ?? written?["Fn::GetAtt"]?.arrayValue?.first?.stringValue
        if let referred,
            scope.resources[referred]?.type == "AWS::StepFunctions::StateMachineVersion"
        {
            return referred
        }
        guard let text = try scope.text(at: place) else {
            throw document.problem("a version is expected here", at: place)
        }
        return text
    }
}

extension JSONValue {
    /// The value with the first letter of every key made small, as the API's members are.
    var lowerCamelKeys: JSONValue {
        switch self {
        case .object(let members):
            .object(
                JSONObject(
                    members.map { member -> (String, JSONValue) in
                        let first = member.key.prefix(1).lowercased()
                        return (first + member.key.dropFirst(), member.value.lowerCamelKeys)
                    }
                )
            )
        case .array(let items): .array(items.map(\.lowerCamelKeys))
        case .null, .bool, .number, .string: self
        }
    }
}
