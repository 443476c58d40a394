import Foundation
import Logging
import StepwellEngine
import StepwellIntegrations
import StepwellJSON

/// A host with one function, whose processes are a small client of the Runtime API that does what
/// its events say.
struct FunctionRig {
    let folder: CodeFolder
    let host: FunctionHost
    var settings: FunctionSettings

    init(_ change: (inout FunctionSettings) -> Void = { _ in }) throws {
        folder = try CodeFolder()
        try folder.write("bootstrap", Self.runtime, isProgram: true)
        try folder.write("word.txt", "first")
        var settings = FunctionSettings(name: "f", directory: folder.path, handler: "x.y")
        settings.timeout = .seconds(60)
        change(&settings)
        self.settings = settings
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        host = FunctionHost(region: "us-east-1", account: "000000000000", logger: logger)
        host.update([settings])
    }

    /// Runs the function on an event.
    func invoke(
        _ event: String,
        name: String = "f",
        _ change: (inout FunctionInvocation) -> Void = { _ in }
    ) async throws -> FunctionAnswer {
        var call = FunctionInvocation(functionName: name, payload: Array(event.utf8))
        change(&call)
        return try await host.invoke(call)
    }

    /// What the function says of the process that it ran in.
    func process(_ event: String = "{}") async throws -> RuntimeProcess {
        let answer = try await invoke(event)
        return try JSONDecoder().decode(RuntimeProcess.self, from: Data(answer.payload))
    }

    struct RuntimeProcess: Codable {
        var pid: Int32
        var count: Int
        var word: String
        var variables: [String]
        var child: Int32?
        var status: Int?
        var headers: [String: String]
    }

    private static let runtime = #"""
        #!/usr/bin/env python3
        import http.client, json, os, signal, subprocess, sys, time
        address = os.environ["AWS_LAMBDA_RUNTIME_API"]
        word = open("word.txt").read()
        connection = http.client.HTTPConnection(address)
        def call(method, place, body=None):
            connection.request(method, "/2018-06-01/runtime/" + place, body)
            answer = connection.getresponse()
            return answer, answer.read()
        if word == "broken":
            call("POST", "init/error", json.dumps({"errorType": "Broken", "errorMessage": "b"}))
            sys.exit(1)
        if word == "gone":
            os._exit(7)
        count = 0
        while True:
            answer, body = call("GET", "invocation/next")
            id = answer.headers["Lambda-Runtime-Aws-Request-Id"]
            event, result = json.loads(body), {}
            count += 1
            if "print" in event:
                os.write(1, (event["print"] + "\n").encode())
            if "exit" in event:
                os._exit(event["exit"])
            if "signal" in event:
                os.kill(os.getpid(), event["signal"])
            if "hang" in event:
                open("hangs", "w").close()
                while True:
                    signal.pause()
            if "allocate" in event:
                kept = b"x" * (event["allocate"] << 20)
                while True:
                    signal.pause()
            if "wait" in event:
                while not os.path.exists(event["wait"]):
                    time.sleep(0.002)
            if "start" in event:
                result["child"] = subprocess.Popen(["sleep", "1000"]).pid
            if "foreign" in event:
                wrong, _ = call("POST", "invocation/" + event["foreign"] + "/response", "{}")
                result["status"] = wrong.status
            if "error" in event:
                call("POST", f"invocation/{id}/error", json.dumps(event["error"]))
                continue
            if "text" in event:
                call("POST", f"invocation/{id}/response", event["text"])
                continue
            if "bytes" in event:
                text = b'"' + b"x" * event["bytes"] + b'"'
                call("POST", f"invocation/{id}/response", text)
                continue
            call("POST", f"invocation/{id}/response", json.dumps(dict(
                pid=os.getpid(), count=count, word=word, variables=sorted(os.environ),
                headers={k.lower(): v for k, v in answer.headers.items()}, **result)))
        """#
}

extension FunctionAnswer {
    var text: String { String(decoding: payload, as: UTF8.self) }

    /// A member of the payload that is a string.
    func member(_ name: String) throws -> String? {
        guard case .object(let members) = try JSONParser.parse(payload),
            case .string(let text)? = members[name]
        else { return nil }
        return text
    }
}
