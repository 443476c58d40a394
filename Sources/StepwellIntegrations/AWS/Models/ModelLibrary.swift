import Synchronization

/// The service models: read from files when they are first needed, and what is built in.
///
/// A few are kept in memory; of the others the files are read again.
package final class ModelLibrary: Sendable {
    private struct State {
        var folders: [String: String?] = [:]
        /// The models that are kept, the one used last at the end.
        var models: [(service: String, model: ServiceModel)] = []
    }

    private let files: ModelFiles
    private let known: Set<String>
    private let state = Mutex(State())

    /// How many models are kept.
    private static let kept = 16
    /// How many names of services are remembered.
    private static let remembered = 1_024

    /// The models of the directories that settings and an environment name, and of those where
    /// botocore and the AWS CLI usually are.
    package convenience init(named: [String], environment: [String: String]) {
        self.init(files: ModelFiles(named: named, environment: environment))
    }

    /// What is built in alone.
    package static func builtIn() -> ModelLibrary { ModelLibrary(files: .none) }

    init(files: ModelFiles) {
        self.files = files
        known = files.folders()
    }

    /// Whether there may be such an action: the service's model is not read to say so.
    package func mayKnow(service: String, action: String) -> Bool {
        if folder(of: service) != nil { return true }
        return BuiltInModels.model(of: service)?.operations[action] != nil
    }

    /// Whether there is such an action.
    package func knows(service: String, action: String) -> Bool {
        (try? operation(service: service, action: action)) != nil
    }

    /// The model of a service and one of its actions.
    ///
    /// - Throws: `AWSFault.unknownAction`, which says what to do about it.
    func operation(
        service: String,
        action: String
    ) throws(AWSFault) -> (ServiceModel, OperationModel) {
        let model = try model(of: service)
        for model in [model, BuiltInModels.model(of: service)] {
            if let model, let operation = model.operations[action] { return (model, operation) }
        }
        guard model == nil else {
            throw .unknownAction("the service \(service) has no action \(action)")
        }
        throw .unknownAction(
            "there is no model of \(service):\(action): install botocore or the AWS CLI, or name "
                + "the directory of their service models (AWS_DATA_PATH, or models in the "
                + "configuration)"
        )
    }

    private func folder(of service: String) -> String? {
        if let found = state.withLock({ $0.folders[service] }) { return found }
        let found = ServiceNames.folder(of: service, among: known)
        state.withLock { state in
            if state.folders.count < Self.remembered { state.folders[service] = .some(found) }
        }
        return found
    }

    /// The model of a service in the files; nil when they have none.
    private func model(of service: String) throws(AWSFault) -> ServiceModel? {
        let kept = state.withLock { state -> ServiceModel? in
            guard let place = state.models.firstIndex(where: { $0.service == service }) else {
                return nil
            }
            let entry = state.models.remove(at: place)
            state.models.append(entry)
            return entry.model
        }
        if let kept { return kept }
        guard let folder = folder(of: service), let path = files.file(of: folder) else {
            return nil
        }
        do {
            let model = try ModelFiles.read(path)
            state.withLock { state in
                state.models.removeAll { $0.service == service }
                if state.models.count >= Self.kept { state.models.removeFirst() }
                state.models.append((service, model))
            }
            return model
        } catch {
            throw .unknownAction("the model of \(service) cannot be used: \(error.text)")
        }
    }
}
