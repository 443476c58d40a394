import StepwellHistory
import StepwellJSON

extension Engine {
    /// Creates an activity; asked again with the same name it answers the same.
    package func createActivity(
        name: String,
        tags: [ResourceTag] = [],
        encryption: EncryptionConfiguration? = nil
    ) async throws -> ActivityDescription {
        try NameRules.check(name)
        let arn = arn(.activity, name)
        let tags = try initialTags(tags, of: arn)
        let encryption = try encryption?.checked()
        let limit = configuration.limits.activities
        let catalog = try await changeCatalog { (catalog, now) throws(ServiceError) in
            let change = try CatalogChange.creatingActivity(
                name,
                as: arn,
                tags: tags,
                encryption: encryption,
                in: catalog,
                at: now
            )
            guard change == nil || catalog.activityCount < limit else {
                throw .activityLimitExceeded(arn)
            }
            return change
        }
        guard let activity = catalog.activity(arn) else {
            throw ServiceError.activityDoesNotExist(arn)
        }
        return activity
    }

    /// What is known of an activity.
    package func describeActivity(arn: String) async throws -> ActivityDescription {
        _ = try ResourceARN(arn, expecting: .activity, atLeast: 1)
        return try await readCatalog { catalog throws(ServiceError) in
            guard let activity = catalog.activity(arn) else { throw .activityDoesNotExist(arn) }
            return activity
        }
    }

    /// The activities in order of their names; `maxResults` 0 stands for 100.
    package func listActivities(
        maxResults: Int,
        nextToken: String?
    ) async throws -> Page<ActivityDescription> {
        let request = try PageRequest(byARN: maxResults, token: nextToken)
        let place = try request.placeARN()
        let found = try await readCatalog { $0.activities(after: place, limit: request.limit + 1) }
        return request.page(of: found, arn: \.activityARN) { $0 }
    }

    /// Deletes an activity; deleting one that is not there is no error.
    package func deleteActivity(arn: String) async throws {
        _ = try ResourceARN(arn, expecting: .activity, atLeast: 1)
        _ = try await changeCatalog { (catalog, now) throws(ServiceError) in
            guard catalog.activity(arn) != nil else { return nil }
            return CatalogChange(record: .activityDeleted(arn: arn, date: now))
        }
    }

    /// Waits up to 60 seconds (see `EngineLimits`) for a task of the activity; nil when none came.
    package func getActivityTask(
        arn: String,
        workerName: String?
    ) async throws -> ActivityTask? {
        _ = try ResourceARN(arn, expecting: .activity, atLeast: 1)
        let id = nextRequest()
        let mailbox = shard.mailbox
        let patience = Task { [seconds = configuration.limits.activityPollSeconds] in
            try await Task.sleep(for: .seconds(seconds))
            Self.send(.cancel(id), via: mailbox, by: .news)
        }
        defer { patience.cancel() }
        let task = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                (continuation: CheckedContinuation<ActivityTask?, any Error>) in
                let command = PollCommand(id: id, activityARN: arn, workerName: workerName) {
                    continuation.resume(with: $0.mapError { $0 as any Error })
                }
                Self.send(.poll(command), via: mailbox)
                // Cancellation before the message went in would find nothing to take back.
                if Task.isCancelled { Self.send(.cancel(id), via: mailbox, by: .news) }
            }
        } onCancel: {
            Self.send(.cancel(id), via: mailbox, by: .news)
        }
        if let task, Task.isCancelled {
            handBackActivityTask(token: task.taskToken)
            throw CancellationError()
        }
        return task
    }

    /// Says that a task did not reach the worker that asked for it.
    ///
    /// The next worker gets it, with the same token. Does nothing when the task has ended.
    package func handBackActivityTask(token: String) {
        guard let token = TaskToken(text: token), token.shard == store.identity.shard else {
            return
        }
        let key = TaskKey(execution: token.execution, ordinal: token.ordinal)
        Self.send(.handBack(key), via: shard.mailbox, by: .news)
    }
}
