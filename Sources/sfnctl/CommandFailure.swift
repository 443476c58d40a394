import ArgumentParser
import Stepwell
import StepwellEngine
import StepwellIntegrations
import StepwellServer

/// Why a command ends without success: what it says, and its exit status.
struct CommandFailure: Error, CustomStringConvertible {
    /// The exit statuses of sfnctl.
    enum Status: Int32 {
        case failed = 1
        case damage = 2
        case usage = 64
        case badInput = 65
        case unreachable = 69
        case unusableDirectory = 73
    }

    let status: Status
    let description: String

    init(_ status: Status, _ description: String) {
        self.status = status
        self.description = description
    }

    /// The failure that an error of a lower layer amounts to.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as ValidationError: self.init(.usage, error.message)
        case let error as UnreachableError: self.init(.unreachable, error.description)
        case let error as ListenError: self.init(.unreachable, error.description)
        case let error as StoreError: self.init(error)
        case let error as StoreOpeningError: self.init(error.cause)
        case let error as CredentialsFileError: self.init(.badInput, error.description)
        case let error as TLSIdentityError: self.init(.badInput, error.description)
        case let error as SettingsProblems: self.init(.badInput, error.description)
        case let error as LineSinkError: self.init(.unusableDirectory, error.description)
        case let error as AuditFileError: self.init(.unusableDirectory, error.description)
        case let error as FunctionProblem: self.init(.badInput, error.description)
        case let error as SettingsProblem: self.init(.badInput, error.description)
        case let error as MockFileError: self.init(.badInput, error.description)
        case let error as ServiceError: self.init(.failed, error.description)
        default: self.init(.failed, "\(error)")
        }
    }

    private init(_ error: StoreError) {
        switch error.code {
        case .damaged, .contradiction: self.init(.damage, error.message)
        case .inUse:
            let mend = "; end that process, or choose another --data-dir"
            self.init(.unusableDirectory, error.message + mend)
        case .unusable, .full, .fenced: self.init(.unusableDirectory, error.message)
        case .failed, .unknown: self.init(.failed, error.message)
        }
    }
}

/// Runs a command's body; a failure is said on standard error and becomes the exit status.
func reporting(_ body: () async throws -> Void) async throws {
    do {
        try await body()
        try Terminal.checkOutput()
    } catch let exit as ExitCode {
        throw exit
    } catch is CancellationError {
        throw ExitCode.failure
    } catch {
        let failure = CommandFailure(error)
        // Whoever started this may not read what it says.
        _ = SlowCall { Terminal.error(failure.description) }.value(withinMilliseconds: 2000)
        throw ExitCode(failure.status.rawValue)
    }
}
