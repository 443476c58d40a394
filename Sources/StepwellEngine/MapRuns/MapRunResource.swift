import StepwellHistory
import StepwellInterpreter

/// A resource by which a distributed Map state reads its items or writes its results.
enum MapRunResource {
    case reader
    case writer

    /// What a resource is for; nil when it is a task's.
    init?(_ resource: String) {
        guard case .integration(let work) = TaskResourceName(resource).kind,
            work.resourceType.utf8.elementsEqual("s3".utf8)
        else { return nil }
        switch work.resource {
        case "getObject", "listObjectsV2": self = .reader
        case "putObject": self = .writer
        default: return nil
        }
    }
}
