/// The bytes of a StartExecution request; only the execution's name differs.
struct RequestTemplate {
    private let before: [UInt8]
    private let after: [UInt8]

    /// Requests that start executions named `prefix` and ten digits.
    init(machine: String, prefix: String, port: UInt16) {
        let head = #"{"stateMachineArn":"\#(machine)","name":"\#(prefix)"#
        let tail = #"","input":"{\"order\":17}"}"#
        let length = head.utf8.count + 10 + tail.utf8.count
        let fields =
            "POST / HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
            + "Content-Type: application/x-amz-json-1.0\r\n"
            + "X-Amz-Target: AWSStepFunctions.StartExecution\r\n"
            + "Content-Length: \(length)\r\n\r\n"
        before = Array((fields + head).utf8)
        after = Array(tail.utf8)
    }

    /// The request for the execution with a number.
    func request(_ number: Int) -> [UInt8] {
        var digits = [UInt8](repeating: UInt8(ascii: "0"), count: 10)
        var rest = number
        for place in digits.indices.reversed() {
            digits[place] += UInt8(rest % 10)
            rest /= 10
        }
        return before + digits + after
    }
}
