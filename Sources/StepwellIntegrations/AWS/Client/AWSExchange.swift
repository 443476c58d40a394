import StepwellEngine
import StepwellHistory
import StepwellJSON

/// Makes one call of a service: the request by its model, signed, sent, again where that is safe,
/// and its answer read.
struct AWSExchange: Sendable {
    let library: ModelLibrary
    let transport: any HTTPTransport
    let clock: any EngineClock
    /// How far the clocks of services are from this one.
    let skew: ClockSkew
    let endpoints: EndpointResolver
    let retries: RetryRules
    /// Waits so many milliseconds.
    let pause: @Sendable (Double) async throws -> Void

    /// The largest answer that is read, in bytes.
    let largestAnswer: Int

    /// The largest answer when no setting says another: what a task may give is far less.
    static let usualLargestAnswer = 8 << 20

    /// Makes a call, signed with `credentials`, which are asked for before each attempt; nil leaves
    /// it unsigned.
    func make(
        _ call: AWSCall,
        credentials: @Sendable (_ isRenewed: Bool) async throws(AWSFault) -> AWSCredentials?
    ) async throws(AWSFault) -> AWSAnswer {
        let (model, operation) = try library.operation(service: call.service, action: call.action)
        let wire = try RequestWriter.write(call, model, operation)
        let endpoint = try endpoints.endpoint(
            of: call.service,
            model.metadata,
            region: call.region ?? endpoints.region
        )
        let deadline = ContinuousClock.now + call.timeout
        let isUnsigned = operation.isUnsigned || model.metadata.isUnsigned
        var request = try RequestAddress(endpoint: endpoint, model: model, operation: operation)
            .request(wire, call)
        request.maximumAnswerBytes = largestAnswer
        var isRenewed = false
        for attempt in 1... {
            request.timeout = deadline - ContinuousClock.now
            guard request.timeout > .zero else {
                throw .unreachable(endpoint: endpoint.url, .timeout)
            }
            let offset = skew.offset(at: endpoint.url)
            if !isUnsigned, let credentials = try await credentials(isRenewed) {
                AWSSigner(
                    service: model.metadata.signingName,
                    region: endpoint.signingRegion
                ).sign(
                    &request,
                    with: credentials,
                    at: clock.now().advanced(byMilliseconds: offset)
                )
            }
            let fault: AWSFault
            do {
                return try await attemptOnce(request, model, operation, endpoint, attempt)
            } catch {
                fault = error
            }
            let isOfTime = RetryRules.isOfTime(fault) && skew.offset(at: endpoint.url) != offset
            let renews = !isOfTime && RetryRules.isOfCredentials(fault) && !isRenewed
            isRenewed = isRenewed || renews
            guard isOfTime || renews || RetryRules.isTransient(fault),
                attempt < retries.maximumAttempts,
                !Task.isCancelled
            else { throw fault }
            let share = Double.random(in: 0...1)
            let delay = RetryRules.delay(afterAttempt: attempt, share: share)
            guard ContinuousClock.now + .milliseconds(delay) < deadline else { throw fault }
            do {
                try await pause(delay)
            } catch {
                throw .cancelled
            }
        }
        throw .cancelled
    }

    private func attemptOnce(
        _ request: OutgoingRequest,
        _ model: ServiceModel,
        _ operation: OperationModel,
        _ endpoint: AWSEndpoint,
        _ attempt: Int
    ) async throws(AWSFault) -> AWSAnswer {
        let answer: OutgoingAnswer
        do {
            answer = try await transport.send(request)
        } catch .cancelled {
            throw .cancelled
        } catch .refused(let rule) {
            throw .forbidden(rule)
        } catch {
            throw .unreachable(endpoint: endpoint.url, error)
        }
        guard (200..<300).contains(answer.status) else {
            let reader = ErrorReader(model: model, operation: operation)
            let fault = reader.read(answer, attempts: attempt)
            if RetryRules.isOfTime(.service(fault)) {
                skew.learn(from: answer, at: endpoint.url, now: clock.now())
            }
            throw .service(fault)
        }
        return try AnswerReader(model: model, operation: operation).read(answer)
    }
}
