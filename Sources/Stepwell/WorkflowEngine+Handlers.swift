import StepwellJSON

extension WorkflowEngine.Configuration {
    /// Has the tasks of a resource done by a closure in this process.
    ///
    /// `resource` is matched with the `Resource` field of Task states by its bytes; a plain
    /// name also matches ARNs that end in it:
    ///
    /// | registered | serves |
    /// | --- | --- |
    /// | `charge` | `charge`, `stepwell:charge`, `arn:aws:lambda:…:function:charge` |
    /// | the ARN of a function | that ARN |
    /// | any other ARN | exactly that ARN |
    ///
    /// A plain name serves each of these with `.waitForTaskToken` after it, too. A function is
    /// served with a version or alias after its name as well, and by
    /// `arn:aws:states:::lambda:invoke` whose `FunctionName` names it: the handler is given the
    /// `Payload`, and the task's result is what Lambda's Invoke answers. An invocation of type
    /// `Event` is not waited for: it counts for no bound and is lost with the process.
    ///
    /// The task's input is decoded from its JSON and the result is encoded to JSON, by
    /// ``WorkflowEngine/Configuration/coding``. Throwing ``TaskError`` (or an error that is
    /// ``TaskErrorConvertible``) fails the task with that error name, for `Retry` and `Catch` to
    /// match; any other error fails it as `States.TaskFailed`. For a resource with
    /// `.waitForTaskToken` the closure's return only hands the token on: the task ends with
    /// ``WorkflowEngine/sendTaskSuccess(token:output:)`` or its kin.
    ///
    /// The closure may be called again after a crash: make it idempotent by
    /// ``TaskContext/idempotencyKey``. Its task is cancelled when the state times out, the
    /// execution is stopped or the engine shuts down.
    ///
    /// - Parameters:
    ///   - resource: What the handler serves; of two handlers that serve a resource, the first.
    ///   - maximumConcurrency: How many of its tasks run at once, for what stands few (a database,
    ///     an API with a rate); the others wait without holding up other handlers. Nil is as many
    ///     as ``WorkflowEngine/Configuration/maximumConcurrentTasks``.
    ///   - handler: Does the task.
    public mutating func handle<Input: Decodable & Sendable, Output: Encodable & Sendable>(
        _ resource: String,
        maximumConcurrency: Int? = nil,
        _ handler: @escaping @Sendable (Input, TaskContext) async throws -> Output
    ) {
        let registration = HandlerRegistration(resource) { home in
            HandlerConnector(resource: resource, width: maximumConcurrency, home: home) {
                try home.coding.encode(try await handler($0, $1))
            }
        }
        handlers.append(registration)
    }

    /// Has the tasks of a resource done by a closure that needs nothing but the input; see
    /// ``handle(_:maximumConcurrency:_:)-(_,_,(Input,TaskContext)->Output)``.
    public mutating func handle<Input: Decodable & Sendable, Output: Encodable & Sendable>(
        _ resource: String,
        maximumConcurrency: Int? = nil,
        _ handler: @escaping @Sendable (Input) async throws -> Output
    ) {
        handle(resource, maximumConcurrency: maximumConcurrency) {
            (input: Input, _: TaskContext) in try await handler(input)
        }
    }

    /// Has the tasks of a resource done by a closure whose result is `null`; see
    /// ``handle(_:maximumConcurrency:_:)-(_,_,(Input,TaskContext)->Output)``.
    public mutating func handle<Input: Decodable & Sendable>(
        _ resource: String,
        maximumConcurrency: Int? = nil,
        _ handler: @escaping @Sendable (Input, TaskContext) async throws -> Void
    ) {
        handle(resource, maximumConcurrency: maximumConcurrency) {
            (input: Input, context: TaskContext) -> JSONValue in
            try await handler(input, context)
            return .null
        }
    }

    /// Has the tasks of a resource done by a closure that needs nothing but the input, and whose
    /// result is `null`; see
    /// ``handle(_:maximumConcurrency:_:)-(_,_,(Input,TaskContext)->Output)``.
    public mutating func handle<Input: Decodable & Sendable>(
        _ resource: String,
        maximumConcurrency: Int? = nil,
        _ handler: @escaping @Sendable (Input) async throws -> Void
    ) {
        handle(resource, maximumConcurrency: maximumConcurrency) {
            (input: Input, _: TaskContext) -> JSONValue in
            try await handler(input)
            return .null
        }
    }

    /// Has the tokens of a resource's callback tasks handed on by a closure: the tasks of
    /// `RESOURCE.waitForTaskToken`.
    ///
    /// When the closure has returned, the task waits, a year if need be, for
    /// ``WorkflowEngine/sendTaskSuccess(token:output:)`` or
    /// ``WorkflowEngine/sendTaskFailure(token:_:)``; throwing fails it. After a crash the closure
    /// may be called again, with the same token.
    ///
    /// ```swift
    /// $0.handleCallback("approve") { (ask: Ask, token: String, task: TaskContext) in
    ///     try await database.save(token, for: ask.id)
    /// }
    /// ```
    public mutating func handleCallback<Input: Decodable & Sendable>(
        _ resource: String,
        maximumConcurrency: Int? = nil,
        _ handler: @escaping @Sendable (Input, String, TaskContext) async throws -> Void
    ) {
        let suffix = ".waitForTaskToken"
        let name = resource.hasSuffix(suffix) ? resource : resource + suffix
        handle(name, maximumConcurrency: maximumConcurrency) {
            (input: Input, context: TaskContext) in
            guard let token = context.token else {
                throw TaskError("States.Runtime", cause: "'\(name)' was given no task token")
            }
            try await handler(input, token, context)
        }
    }
}
