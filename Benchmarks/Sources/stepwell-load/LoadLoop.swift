import Glibc

/// The connections, and one loop over what is ready.
struct LoadLoop {
    private struct Connection {
        let descriptor: Int32
        var buffer: [UInt8] = []
        /// When the request that is out was sent, or was due.
        var began: UInt64 = 0
        var isBusy = false
    }

    private let template: RequestTemplate
    private let seconds: Double
    private let rate: Double?
    /// How many requests there are at most.
    private let count: Int
    private var watched: [pollfd] = []
    private var connections: [Connection] = []
    private var sent = 0
    private var refused = 0
    private var latencies: [UInt64] = []
    private var elapsed = 0.0
    private var slowest: (latency: UInt64, end: UInt64) = (0, 0)
    private var began: UInt64 = 0
    /// Connections that wait for the next request to be due, the one that waited longest first:
    /// none is idle so long that the server closes it.
    private var idle: [Int] = []

    init(template: RequestTemplate, seconds: Double, rate: Double?, count: Int) {
        self.template = template
        self.seconds = seconds
        self.rate = rate
        self.count = count
        latencies.reserveCapacity(4_000_000)
    }

    /// Opens one more connection to a server on loopback.
    mutating func connect(to port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { fail("cannot connect: \(String(cString: strerror(errno)))") }
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        watched.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        idle.append(connections.count)
        connections.append(Connection(descriptor: descriptor))
    }

    /// Sends and receives until the time is up, and then until every answer has come.
    mutating func run() {
        began = nanoseconds()
        let end = began + UInt64(seconds * 1_000_000_000)
        var open = 0
        while true {
            let now = nanoseconds()
            if now < end { open += dispatch(from: began, now: now) }
            if now >= end || sent >= count, open == 0 { break }
            poll(&watched, nfds_t(watched.count), pause(from: began, now: now, end: end))
            for index in watched.indices where watched[index].revents != 0 {
                if receive(index) { open -= 1 }
            }
            guard now < end + 60_000_000_000 else { fail("answers are missing after a minute") }
        }
        elapsed = Double(nanoseconds() - began) / 1e9
    }

    /// How many milliseconds to wait for answers.
    ///
    /// Until the next request is due, or a tenth of a second: spinning would take a core from the
    /// server.
    private func pause(from began: UInt64, now: UInt64, end: UInt64) -> Int32 {
        guard let rate, now < end, sent < count, !idle.isEmpty else { return 100 }
        let due = began + UInt64(Double(sent) / rate * 1e9)
        return due > now ? Int32(min(100, (due - now + 999_999) / 1_000_000)) : 0
    }

    /// Sends what is due, on the connections that are free; how many requests that are.
    private mutating func dispatch(from began: UInt64, now: UInt64) -> Int {
        var begun = 0
        while sent < count, let free = idle.first {
            var due = now
            if let rate {
                due = began + UInt64(Double(sent) / rate * 1e9)
                guard due <= now else { break }
            }
            idle.removeFirst()
            send(on: free, at: due)
            begun += 1
        }
        return begun
    }

    private mutating func send(on index: Int, at time: UInt64) {
        let request = template.request(sent)
        sent += 1
        connections[index].began = time
        let count = Glibc.send(
            connections[index].descriptor,
            request,
            request.count,
            Int32(MSG_NOSIGNAL)
        )
        guard count == request.count else { fail("a request could not be sent") }
    }

    /// Reads what has come; whether an answer is complete.
    private mutating func receive(_ index: Int) -> Bool {
        var part = [UInt8](repeating: 0, count: 4_096)
        let count = recv(connections[index].descriptor, &part, part.count, 0)
        guard count > 0 else { fail("the server closed a connection") }
        connections[index].buffer += part[..<count]
        guard let status = Answer.status(of: connections[index].buffer) else { return false }
        let now = nanoseconds()
        let latency = now - connections[index].began
        latencies.append(latency)
        if latency > slowest.latency { slowest = (latency, now) }
        if status != 200 {
            refused += 1
            if refused == 1 {
                warn(String(decoding: connections[index].buffer, as: UTF8.self))
            }
        }
        connections[index].buffer.removeAll(keepingCapacity: true)
        idle.append(index)
        return true
    }

    /// The figures as JSON; latencies in milliseconds.
    var report: String {
        let sorted = latencies.sorted()
        func quantile(_ part: Double) -> Double {
            guard !sorted.isEmpty else { return 0 }
            return Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]) / 1e6
        }
        return """
            {"requests": \(sorted.count), "refused": \(refused), "seconds": \(elapsed), \
            "rate": \(Double(sorted.count) / elapsed), "p50": \(quantile(0.5)), \
            "p99": \(quantile(0.99)), "p999": \(quantile(0.999)), "max": \(quantile(1)), \
            "slowest_at": \(slowest.end > began ? Double(slowest.end - began) / 1e9 : 0)}
            """
    }
}

/// The little of HTTP that the load has to understand.
enum Answer {
    /// The status of a complete answer; nil while some of it is missing.
    static func status(of bytes: [UInt8]) -> Int? {
        guard bytes.count > 64, let end = headEnd(of: bytes) else { return nil }
        let name = Array("content-length: ".utf8)
        var length: Int?
        var place = 0
        while place + name.count < end {
            if matches(bytes, at: place, name) {
                var value = 0
                var digit = place + name.count
                while digit < end, (48...57).contains(bytes[digit]) {
                    value = value * 10 + Int(bytes[digit] - 48)
                    digit += 1
                }
                length = value
                break
            }
            while place < end, bytes[place] != 10 { place += 1 }
            place += 1
        }
        guard let length, bytes.count >= end + length else { return nil }
        return Int(bytes[9] - 48) * 100 + Int(bytes[10] - 48) * 10 + Int(bytes[11] - 48)
    }

    private static func headEnd(of bytes: [UInt8]) -> Int? {
        var place = 3
        while place < bytes.count {
            if bytes[place] == 10, bytes[place - 1] == 13, bytes[place - 2] == 10 {
                return place + 1
            }
            place += 1
        }
        return nil
    }

    private static func matches(_ bytes: [UInt8], at place: Int, _ name: [UInt8]) -> Bool {
        for index in name.indices where bytes[place + index] | 0x20 != name[index] | 0x20 {
            return false
        }
        return true
    }
}
