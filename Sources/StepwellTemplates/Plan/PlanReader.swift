package import StepwellIntegrations
import StepwellJSON

/// Reads a template and says what is to be made of it.
package struct PlanReader {
    /// What reading needs from outside.
    package struct Surroundings {
        /// Whether there is a file or directory at an absolute path.
        package var exists: (String) -> Bool
        /// Whether there is a directory.
        package var isDirectory: (String) -> Bool
        /// The local file or directory that stands for an object of the CDK's assets, by the
        /// object's key; nil when there is none.
        package var asset: (String) -> String?

        /// Surroundings that are asked while a template is read.
        package init(
            exists: @escaping (String) -> Bool,
            isDirectory: @escaping (String) -> Bool,
            asset: @escaping (String) -> String? = { _ in nil }
        ) {
            self.exists = exists
            self.isDirectory = isDirectory
            self.asset = asset
        }
    }

    let scope: TemplateScope
    let surroundings: Surroundings
    var plan = TemplatePlan()
    var problems: [SettingsProblem] = []

    /// A reader of one template.
    ///
    /// - Throws: `SettingsProblems` when its parameters have no values.
    package init(
        _ document: TemplateDocument,
        settings: TemplateSettings,
        surroundings: Surroundings
    ) throws(SettingsProblems) {
        scope = try TemplateScope(document, settings)
        self.surroundings = surroundings
    }

    var document: TemplateDocument { scope.document }

    /// Reads all resources.
    ///
    /// - Throws: `SettingsProblems`, all of them.
    package mutating func read() throws(SettingsProblems) -> TemplatePlan {
        guard let resources = document.value["Resources"]?.objectValue else {
            throw SettingsProblems([
                document.problem("there are no 'Resources': this is not a template", at: .root)
            ])
        }
        for (name, value) in resources {
            let place = JSONPointer.root.appending("Resources").appending(name)
            guard let resource = scope.resources[name] else {
                let reason =
                    name.hasPrefix("Fn::")
                    ? "\(name.split(separator: ":").prefix(2).joined(separator: "::")) is not "
                        + "supported among resources"
                    : "'Type' is missing here"
                problems.append(document.problem(reason, at: place))
                continue
            }
            do throws(SettingsProblem) {
                try read(resource, value)
            } catch {
                problems.append(error)
            }
        }
        guard problems.isEmpty else { throw SettingsProblems(problems) }
        return plan
    }

    private mutating func read(
        _ resource: TemplateResource,
        _ value: JSONValue
    ) throws(SettingsProblem) {
        if let condition = value["Condition"]?.stringValue {
            let place = resource.place.appending("Condition")
            guard try scope.holds(condition, at: place, depth: 0) else {
                return leaveOut(resource, "its condition '\(condition)' does not hold")
            }
        }
        switch resource.type {
        case "AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine":
            try readStateMachine(resource)
        case "AWS::StepFunctions::Activity": try readActivity(resource)
        case "AWS::StepFunctions::StateMachineVersion": try readVersion(resource)
        case "AWS::StepFunctions::StateMachineAlias": try readAlias(resource)
        case "AWS::Serverless::Function", "AWS::Lambda::Function": try readFunction(resource)
        case "AWS::Events::Rule": try readRule(resource)
        case "AWS::Events::EventBus": try readEventBus(resource)
        case "AWS::Scheduler::Schedule": try readSchedule(resource)
        case "AWS::Scheduler::ScheduleGroup": try readScheduleGroup(resource)
        default: leaveOut(resource, LeftOutReason.of(resource.type))
        }
    }

    mutating func leaveOut(_ resource: TemplateResource, _ reason: String) {
        let (line, column) = document.position(of: resource.place)
        plan.leftOut.append(
            TemplatePlan.LeftOut(
                logicalID: resource.logicalID,
                type: resource.type,
                reason: reason,
                place: "\(document.file):\(line):\(column)"
            )
        )
    }

    mutating func note(_ message: String, at place: JSONPointer) {
        plan.notes.append(document.problem(message, at: place))
    }

    // MARK: Properties

    /// Where a property of a resource is written: with it, or in the globals of its type.
    func place(of property: String, _ resource: TemplateResource) -> JSONPointer? {
        let own = resource.place.appending("Properties").appending(property)
        if document.value[own] != nil { return own }
        let kinds = [
            "AWS::Serverless::Function": "Function",
            "AWS::Serverless::StateMachine": "StateMachine",
        ]
        guard let kind = kinds[resource.type] else { return nil }
        let global = JSONPointer.root.appending("Globals").appending(kind).appending(property)
        return document.value[global] == nil ? nil : global
    }

    func value(
        _ property: String,
        of resource: TemplateResource
    ) throws(SettingsProblem) -> JSONValue? {
        guard let place = place(of: property, resource) else { return nil }
        return try scope.value(at: place)
    }

    func text(
        _ property: String,
        of resource: TemplateResource
    ) throws(SettingsProblem) -> String? {
        guard let place = place(of: property, resource) else { return nil }
        return try scope.text(at: place)
    }

    /// A text that has to be there.
    func neededText(
        _ property: String,
        of resource: TemplateResource
    ) throws(SettingsProblem) -> String {
        guard let text = try text(property, of: resource) else {
            throw document.problem("'\(property)' is missing here", at: resource.place)
        }
        return text
    }

    /// A mapping of texts: the globals', and above them the resource's own.
    func texts(
        _ path: [String],
        of resource: TemplateResource
    ) throws(SettingsProblem) -> [(name: String, value: String)] {
        let isFunction = resource.type == "AWS::Serverless::Function"
        let globals = JSONPointer.root.appending("Globals")
            .appending(isFunction ? "Function" : "StateMachine")
        let isServerless = resource.type.hasPrefix("AWS::Serverless::")
        var merged = JSONObject()
        for base in (isServerless ? [globals] : []) + [resource.place.appending("Properties")] {
            let place = path.reduce(base) { $0.appending($1) }
            for (name, value) in try scope.value(at: place)?.objectValue ?? JSONObject() {
                merged[name] = value
            }
        }
        return merged.compactMap { member in
            member.value.plainText.map { (member.key, $0) }
        }
    }

    /// A path as it is from anywhere; templates name files from their own directory.
    func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        var parts = (document.directory + "/" + path).split(separator: "/")[...]
        var result: [Substring] = []
        while let part = parts.popFirst() {
            if part == "." { continue }
            if part == ".." { _ = result.popLast() } else { result.append(part) }
        }
        return "/" + result.joined(separator: "/")
    }
}
