package import StepwellEngine
import StepwellHistory

/// Starts executions of this engine's state machines, versions and aliases.
package struct StateMachineTargets: DeliveryPerformer {
    private let engine: Engine

    package init(engine: Engine) {
        self.engine = engine
    }

    /// Whether an ARN is of a state machine.
    package func takes(_ arn: String) -> Bool { Self.isOf(arn) }

    /// Whether an ARN is one of a state machine, version or alias.
    package static func isOf(_ arn: String) -> Bool {
        (try? StateMachineARN(arn)) != nil
    }

    /// Starts the execution that a delivery names; one that is there already was started by it.
    package func perform(_ delivery: Delivery) async -> DeliveryOutcome {
        guard !delivery.input.isEmpty else { return .refused(.noInput) }
        var request = StartExecutionRequest(
            stateMachineARN: delivery.target.arn,
            name: delivery.id,
            input: delivery.input,
            traceHeader: delivery.traceHeader.flatMap(Self.fitting)
        )
        request.occurrence = DeliveryID.uuid(of: [delivery.id])
        do {
            _ = try await engine.startExecution(request)
            return .delivered
        } catch let error as ServiceError {
            if error.code == "ExecutionAlreadyExists" { return .delivered }
            return Self.lasting.contains(error.code) ? .refused(error) : .failed(error)
        } catch {
            return .failed(.shuttingDown)
        }
    }

    /// A trace header; nil for one that executions cannot have: longer than 256 bytes, or no ASCII.
    ///
    /// Events may have such, and are worth more than their trace.
    private static func fitting(_ header: String) -> String? {
        header.utf8.count <= 256 && header.utf8.allSatisfy { $0 < 0x80 } ? header : nil
    }

    /// What another attempt does not change.
    private static let lasting: Set<ServiceError.Code> = [
        "StateMachineDoesNotExist", "StateMachineDeleting", "InvalidArn", "InvalidName",
        "InvalidExecutionInput", "InvalidDefinition", "ValidationException",
        "StateMachineTypeNotSupported",
    ]
}

extension ServiceError {
    /// A delivery has no input.
    fileprivate static var noInput: ServiceError {
        ServiceError(
            code: "InvalidExecutionInput",
            message: "There is no input: what the input transformer makes of the event is longer "
                + "than \(InputTemplate.limit) bytes."
        )
    }

    /// Nothing delivers to a target.
    package static func unsupportedTarget(_ arn: String) -> ServiceError {
        ServiceError(
            code: "ValidationException",
            message: "Parameter \(arn) is not valid. Reason: this server delivers to its own state "
                + "machines and event buses, and to SQS queues where AWS is configured."
        )
    }
}
