public import Logging
public import StepwellEngine
import StepwellHistory

extension WorkflowEngine {
    /// How an engine is set up, and the handlers it has.
    public struct Configuration: Sendable {
        package var engine: EngineConfiguration
        /// Who does tasks beside the handlers, asked after them.
        package var connectors: [any TaskConnector] = []
        var handlers: [HandlerRegistration] = []
        /// Whether the engine has schedules and rules; not where the server has its own.
        package var keepsTriggers = true

        /// Who does tasks in an engine that there need not be: the handlers, then the others.
        package var everyConnector: [any TaskConnector] {
            let home = EngineHome(coding: coding, logger: logger)
            return handlers.map { $0.connector(home) } + connectors
        }

        /// The clock that all waiting goes by: the wall clock, or `VirtualClock` of
        /// StepwellTesting.
        public var clock: any EngineClock = SystemClock()

        /// How inputs and outputs become JSON and come from it: dates, bytes.
        public var coding = PayloadCoding()

        /// Nothing but the defaults.
        public init() {
            engine = EngineConfiguration()
            engine.isSuspended = true
        }

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

        /// How long ``WorkflowEngine/shutdown()`` waits for handlers that were cancelled and for
        /// the disk, at most; 10 seconds by default.
        public var shutdownTimeout: Duration {
            get { .milliseconds(engine.limits.shutdownMilliseconds) }
            set { engine.limits.shutdownMilliseconds = newValue.wholeMilliseconds }
        }

        /// Answers tasks out of a mock configuration file of Step Functions Local.
        ///
        /// Executions that are started with one of its test cases (see
        /// ``WorkflowEngine/start(_:name:input:testCase:)``) get its responses for the states that
        /// the test case names; a handler registered for the resource goes first. The file is read
        /// again when it changes.
        ///
        /// - Throws: ``MockFileError`` with the line and column of what is wrong with the file.
        public mutating func mocks(file path: String) throws {
            engine.mocks = try MockFile(path: path, logger: logger)
        }
    }
}

extension Duration {
    /// The milliseconds, rounded up; 0 at least.
    fileprivate var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000)
        return isTooLong
            ? .max : max(0, whole + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
