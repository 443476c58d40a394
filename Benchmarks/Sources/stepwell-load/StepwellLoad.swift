import Glibc

/// A load of StartExecution calls on kept connections, from one thread that waits for all of them.
///
/// Usage: stepwell-load PORT STATE-MACHINE-ARN CONNECTIONS SECONDS PREFIX
/// [RATE [COUNT [DUE DUE-RATE]]]
///
/// Each connection sends its next request when its answer has come; with a RATE that is not 0 the
/// requests begin evenly spaced in time, and latencies count from when a request was due. With a
/// COUNT it ends after so many requests, if the SECONDS have not passed. With DUE, milliseconds
/// since 1970, each input is `{"due":TIME}`: DUE-RATE of them a second, the first at DUE. Prints
/// one JSON object.
@main
struct StepwellLoad {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count >= 6, let port = UInt16(arguments[1]),
            let connections = Int(arguments[3]), let seconds = Double(arguments[4]),
            connections > 0, connections <= 10_000, seconds > 0
        else {
            fail("usage: stepwell-load PORT STATE-MACHINE-ARN CONNECTIONS SECONDS PREFIX [RATE …]")
        }
        let more = arguments[6...].map { Double($0) ?? 0 }
        let rate = more.first.flatMap { $0 > 0 ? $0 : nil }
        let due = more.count > 3 ? DueTimes(first: Int(more[2]), rate: more[3]) : nil
        let template = RequestTemplate(
            machine: arguments[2],
            prefix: arguments[5],
            port: port,
            due: due
        )
        var load = LoadLoop(
            template: template,
            seconds: seconds,
            rate: rate,
            count: more.count > 1 ? Int(more[1]) : .max
        )
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
