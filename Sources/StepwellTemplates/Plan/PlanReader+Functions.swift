import StepwellIntegrations
import StepwellJSON

extension PlanReader {
    mutating func readFunction(_ resource: TemplateResource) throws(SettingsProblem) {
        let runtime = try text("Runtime", of: resource)
        guard try text("PackageType", of: resource) != "Image" else {
            return leaveOut(resource, "its code is a container image; `functions` run directories")
        }
        if let runtime, !Self.runtimes.contains(where: runtime.hasPrefix) {
            return leaveOut(resource, "nothing here runs the runtime '\(runtime)'")
        }
        guard let directory = try directory(of: resource) else { return }
        guard let handler = try text("Handler", of: resource) ?? Self.handler(of: runtime) else {
            throw document.problem("'Handler' is missing here", at: resource.place)
        }
        if let place = place(of: "Layers", resource) {
            note("layers are not used: put what they hold into \(directory)", at: place)
        }
        if let place = place(of: "Events", resource) {
            note("events of functions are left out; those of state machines are made", at: place)
        }
        plan.functions.append(
            PlannedFunction(
                logicalID: resource.logicalID,
                name: try scope.name(of: resource).attribute("Name"),
                directory: directory,
                handler: handler,
                timeoutSeconds: try text("Timeout", of: resource).flatMap(Double.init),
                memoryMegabytes: try text("MemorySize", of: resource).flatMap(Int.init),
                environment: try texts(["Environment", "Variables"], of: resource)
            )
        )
    }

    private static let runtimes = ["python", "nodejs", "provided"]

    /// Custom runtimes do without one.
    private static func handler(of runtime: String?) -> String? {
        runtime?.hasPrefix("provided") == true ? "bootstrap" : nil
    }

    /// The directory of the code; nil when the resource is left out for want of one.
    private mutating func directory(
        of resource: TemplateResource
    ) throws(SettingsProblem) -> String? {
        if place(of: "InlineCode", resource) != nil {
            leaveOut(resource, "its code is in the template; put it into a directory")
            return nil
        }
        let place: JSONPointer?
        if resource.type == "AWS::Serverless::Function" {
            place = self.place(of: "CodeUri", resource)
        } else {
            place = self.place(of: "Code", resource)
            if let place, document.value[place]?["ZipFile"] != nil {
                leaveOut(resource, "its code is in the template; put it into a directory")
                return nil
            }
        }
        let staged = resource.place.appending("Metadata").appending("aws:asset:path")
        var path = try scope.text(at: staged).map(absolute)
        if path == nil, let place { path = try file(at: place) }
        guard let path else {
            leaveOut(resource, "its code is an object of S3, not a directory of this machine")
            return nil
        }
        guard surroundings.exists(path) else {
            throw document.problem(
                "there is no directory '\(path)' with the function's code",
                at: place ?? resource.place
            )
        }
        guard surroundings.isDirectory(path) else {
            leaveOut(resource, "its code is the archive \(path); `functions` run directories")
            return nil
        }
        return path
    }
}
