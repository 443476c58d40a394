public import Logging
public import StepwellEngine
import StepwellHistory

extension Stepwell {
    /// How an engine is set up, and the handlers it has.
    public struct Configuration: Sendable {
        package var engine = EngineConfiguration()
        package var connectors: [any TaskConnector] = []
        /// The handlers that stand for functions.
        var functions: [any TaskConnector] = []

        /// The clock that all waiting goes by: the wall clock, or `VirtualClock` of
        /// StepwellTesting.
        public var clock: any EngineClock = SystemClock()

        /// Nothing but the defaults.
        public init() {}

        /// The region in the ARNs that the engine makes; `us-east-1` by default.
        public var region: String {
            get { engine.region }
            set { engine.region = newValue }
        }

        /// The account in the ARNs that the engine makes; twelve zeros by default.
        public var account: String {
            get { engine.account }
            set { engine.account = newValue }
        }

        /// Where the engine says what it notices; labelled `stepwell` by default.
        public var logger: Logger {
            get { engine.logger }
            set { engine.logger = newValue }
        }

        /// How many handlers run at once (1,024 by default); other tasks queue.
        public var maximumConcurrentTasks: Int {
            get { engine.limits.concurrentTasks }
            set { engine.limits.concurrentTasks = newValue }
        }

        /// How many executions' states are kept in memory; 20,000 by default.
        ///
        /// Sleeping ones beyond that are loaded again when they are needed.
        public var maximumResidentExecutions: Int {
            get { engine.limits.residentExecutions }
            set { engine.limits.residentExecutions = newValue }
        }

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
        /// A plain name serves each of these with `.waitForTaskToken` behind it, too. A function is
        /// served with a version or alias behind its name as well, and by
        /// `arn:aws:states:::lambda:invoke` whose `FunctionName` names it: the handler is given the
        /// `Payload`, and the task's result is what Lambda's Invoke answers.
        ///
        /// The task's input is decoded from its JSON and the result is encoded to JSON. Throwing
        /// ``LocalTaskFailure`` fails the task with that error name, for `Retry` and `Catch` to
        /// match; any other error fails it as `States.TaskFailed`. For a resource with
        /// `.waitForTaskToken` the closure's return only hands the token on: the task ends with
        /// ``Stepwell/sendTaskSuccess(token:output:)`` or its kin.
        ///
        /// The closure may be called again after a crash: make it idempotent by
        /// ``TaskContext/idempotencyKey``. Its task is cancelled when the state times out, the
        /// execution is stopped or the engine shuts down.
        public mutating func handle<Input: Decodable & Sendable, Output: Encodable & Sendable>(
            _ resource: String,
            _ handler: @escaping @Sendable (Input, TaskContext) async throws -> Output
        ) {
            let connector = HandlerConnector(resource: resource, handler: handler)
            connectors.append(connector)
            let isPlain = !resource.utf8.starts(with: "arn:".utf8)
            if isPlain || FunctionReference(arn: resource) != nil { functions.append(connector) }
        }

        /// Answers tasks out of a mock configuration file of Step Functions Local.
        ///
        /// Executions that are started with one of its test cases (see
        /// ``Stepwell/start(_:name:input:testCase:)``) get its responses for the states that the
        /// test case names; a handler registered for the resource goes first. The file is read
        /// again when it changes.
        ///
        /// - Throws: ``MockFileError`` with the line and column of what is wrong with the file.
        public mutating func mocks(file path: String) throws {
            engine.mocks = try MockFile(path: path, logger: logger)
        }

        /// Has the tasks of a resource done by a closure that needs nothing but the input; see
        /// ``handle(_:_:)-(_,(Input,TaskContext)->Output)``.
        public mutating func handle<Input: Decodable & Sendable, Output: Encodable & Sendable>(
            _ resource: String,
            _ handler: @escaping @Sendable (Input) async throws -> Output
        ) {
            handle(resource) { (input: Input, _: TaskContext) in try await handler(input) }
        }
    }
}
