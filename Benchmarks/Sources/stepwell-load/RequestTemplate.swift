/// The bytes of a StartExecution request; the execution's name differs, and its input may.
struct RequestTemplate {
    private let before: [UInt8]
    private let after: [UInt8]
    private let due: DueTimes?

    /// Requests that start executions named `prefix` and ten digits; with due times, each input
    /// says its own.
    init(machine: String, prefix: String, port: UInt16, due: DueTimes?) {
        let head = #"{"stateMachineArn":"\#(machine)","name":"\#(prefix)"#
        let input = due == nil ? #"\"order\":17"# : #"\"due\":\"\#(DueTimes.sample)\""#
        let tail = #"","input":"{\#(input)}"}"#
        let length = head.utf8.count + 10 + tail.utf8.count
        let fields =
            "POST / HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
            + "Content-Type: application/x-amz-json-1.0\r\n"
            + "X-Amz-Target: AWSStepFunctions.StartExecution\r\n"
            + "Content-Length: \(length)\r\n\r\n"
        before = Array((fields + head).utf8)
        after = Array(tail.utf8)
        self.due = due
    }

    /// The request for the execution with a number.
    func request(_ number: Int) -> [UInt8] {
        let digits = decimal(number, digits: 10)
        guard let due else { return before + digits + after }
        // The input ends the body: `…DUE\"}"}`.
        let place = after.count - DueTimes.sample.utf8.count - 5
        let time = due.text(number)
        return before + digits + after[..<place] + time + after[(place + time.count)...]
    }
}

/// A number with leading zeros.
func decimal(_ number: Int, digits count: Int) -> [UInt8] {
    var digits = [UInt8](repeating: UInt8(ascii: "0"), count: count)
    var rest = number
    for place in digits.indices.reversed() {
        digits[place] += UInt8(rest % 10)
        rest /= 10
    }
    return digits
}
