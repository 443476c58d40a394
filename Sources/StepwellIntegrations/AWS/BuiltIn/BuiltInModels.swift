import Synchronization

/// The services that are known without model files.
enum BuiltInModels {
    /// By the names that SDK integrations have for them.
    private static let services: [String: BuiltInService] = {
        var services: [String: BuiltInService] = [:]
        for table in [data, jobs, compute, machineLearning, objects] {
            services.merge(table) { first, _ in first }
        }
        return services
    }()

    private static let models = Mutex<[String: ServiceModel]>([:])

    /// The model of a service; nil when it is not built in.
    static func model(of service: String) -> ServiceModel? {
        guard let described = services[service] else { return nil }
        return models.withLock { models in
            if let model = models[service] { return model }
            let model = described.model()
            models[service] = model
            return model
        }
    }
}
