import Glibc

/// A load of StartExecution calls on kept connections, from one thread that waits for all of them.
///
/// Usage: stepwell-load PORT STATE-MACHINE-ARN CONNECTIONS SECONDS PREFIX [RATE]
///
/// Each connection sends its next request when its answer has come; with a RATE the requests begin
/// evenly spaced in time, and latencies count from when a request was due. Prints one JSON object.
@main
struct StepwellLoad {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count >= 6, let port = UInt16(arguments[1]),
            let connections = Int(arguments[3]), let seconds = Double(arguments[4]),
            connections > 0, connections <= 10_000, seconds > 0
        else {
            fail("usage: stepwell-load PORT STATE-MACHINE-ARN CONNECTIONS SECONDS PREFIX [RATE]")
        }
        let rate = arguments.count > 6 ? Double(arguments[6]) : nil
        let template = RequestTemplate(machine: arguments[2], prefix: arguments[5], port: port)
        var load = LoadLoop(template: template, seconds: seconds, rate: rate)
        for _ in 0..<connections { load.connect(to: port) }
        load.run()
        print(load.report)
    }
}

/// Ends the program with a message.
func fail(_ message: String) -> Never {
    warn(message)
    exit(1)
}

/// Writes a message to standard error.
func warn(_ message: String) {
    let line = Array((message + "\n").utf8)
    _ = write(STDERR_FILENO, line, line.count)
}

/// Nanoseconds of the monotonic clock.
func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
