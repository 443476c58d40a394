import ArgumentParser
import StepwellReplay

extension ReplayPlace: ExpressibleByArgument {
    /// Reads `EVENT`, `rORDINAL` or a time.
    package init?(argument: String) {
        self.init(argument)
    }
}
