/// The API whose answer the result of a Task state has the shape of.
struct MockedAPI: Equatable {
    /// The service as SDK integrations spell it: `sfn`.
    let service: String
    let action: String
    /// Fields that the integration parses, which are strings in the API's own answer.
    var parsedFields: [String] = []

    /// Nil for what no API of AWS answers: activities, functions by their ARN, callbacks, and jobs
    /// whose polling API is not known.
    init?(_ resource: String) {
        let parts = resource.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 7, parts[2] == "states", parts[3].isEmpty else { return nil }
        var path = Array(parts[5...])
        if path.first == "aws-sdk" { path.removeFirst() }
        guard path.count >= 2, !resource.hasSuffix(".waitForTaskToken") else { return nil }
        let names = ["states": "sfn", "eventbridge": "events"]
        let name = path[0].lowercased()
        service = names[name] ?? name
        // `.sync:2` holds a colon of its own.
        let action = path[1].split(separator: ".").first.map(String.init) ?? ""
        if path.count > 2, path[2] == "2" { parsedFields = ["Input", "Output"] }
        guard path[1].hasSuffix(".sync") else {
            self.action = action
            return
        }
        // What a job answers is what polling for its end answers.
        guard service == "sfn", action == "startExecution" else { return nil }
        self.action = "describeExecution"
    }
}
