import ArgumentParser
import StepwellEngine

/// Options of the commands that run an engine.
struct EngineOptions: ParsableArguments {
    @Option(
        name: .customLong("time-scale"),
        help: ArgumentHelp(
            "How long waiting takes: 0.01 makes a minute 0.6 seconds.",
            valueName: "X"
        )
    )
    var timeScale: Double?

    func validate() throws {
        if let timeScale, !(timeScale > 0 && timeScale <= 1000) {
            throw ValidationError("--time-scale must be above 0, and 1000 at most")
        }
    }

    /// The clock that the options ask for.
    var clock: any EngineClock {
        timeScale.map { ScaledClock(scale: $0) } ?? SystemClock()
    }
}
