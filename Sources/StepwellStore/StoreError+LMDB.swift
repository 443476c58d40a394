import StepwellEngine
import StepwellLMDB

extension StoreError {
    /// What an error of LMDB means to the engine, outside of a commit.
    init(_ error: LMDBError) {
        switch error.code {
        case .mapFull:
            self.init(.full, "\(error); open the store with a larger map")
        case .noSpace:
            self.init(.full, "\(error)")
        case .io, .readersFull, .busy, .keyExists, .other:
            self.init(.failed, "\(error)")
        case .damaged:
            self.init(.damaged, "\(error)")
        case .versionMismatch, .denied:
            self.init(.unusable, "\(error)")
        case .locked:
            self.init(.inUse, "\(error)")
        case .panicked:
            self.init(.unknown, "\(error)")
        }
    }
}
