import Stepwell
import StepwellJSON

extension Benchmark {
    /// Three states that look into their payload and rewrite it, in both query languages.
    static let payloads = Benchmark(
        name: "W7",
        summary: "payloads of 1, 20 and 200 KB read and rewritten by JSONPath and by JSONata"
    ) { effort in
        var report: JSONObject = [:]
        for (language, definition) in [
            ("jsonpath", jsonPathDefinition), ("jsonata", jsonataDefinition),
        ] {
            var bySize: JSONObject = [:]
            for kilobytes in [1, 20, 200] {
                let count = (effort == .quick ? 4_000 : 60_000) / (kilobytes + 10)
                let run = try await payloads(definition, kilobytes, count)
                let figures = try run.figures(transitions: count * 3)
                let rate = Double(count) / run.seconds
                bySize["\(kilobytes)_KB"] = [
                    "executions_per_second": Figures.number(rate),
                    "payload_MB_per_second": Figures.number(rate * Double(kilobytes) * 3 / 1_000),
                    "transitions_per_second": Figures.number(figures.transitionsPerSecond),
                    "raw_ratio": Figures.number(figures.rawRatio),
                    "log_bytes_per_transition": Figures.number(figures.logBytesPerTransition),
                ]
            }
            report[language] = .object(bySize)
        }
        return report
    }

    private static func payloads(
        _ definition: String,
        _ kilobytes: Int,
        _ count: Int
    ) async throws -> LoggedRun {
        let order = Order(kilobytes: kilobytes)
        return try await LoggedRun.of { stepwell in
            try await stepwell.createStateMachine("payload", definition: .json(definition))
            _ = try await stepwell.start("payload", name: "warm-up", input: order)
                .result(as: AnyOutput.self)
        } work: { stepwell in
            try await Clients.run(16, count: count) { place in
                let execution = try await stepwell.start(
                    "payload",
                    name: "payload-\(place)",
                    input: order
                )
                _ = try await execution.result(as: AnyOutput.self)
            }
        }
    }

    /// An order whose lines take about so many kilobytes.
    private struct Order: Encodable, Sendable {
        struct Line: Encodable, Sendable {
            let sku: String
            let quantity: Int
            let price: Double
            let note: String
        }

        let customer = "c-1"
        let lines: [Line]

        init(kilobytes: Int) {
            lines = (0..<(kilobytes * 8)).map { place in
                Line(
                    sku: "SKU-\(place)",
                    quantity: place % 7 + 1,
                    price: Double(place % 100) + 0.5,
                    note: String(repeating: "wool ", count: 12)
                )
            }
        }
    }

    private static let jsonPathDefinition = """
        {"StartAt":"Pick","States":{
        "Pick":{"Type":"Pass","Parameters":{"who.$":"$.customer","skus.$":"$.lines[*].sku",
        "lines.$":"$.lines"},"Next":"Count"},
        "Count":{"Type":"Pass","Parameters":{"who.$":"$.who","count.$":"States.ArrayLength($.skus)",
        "dear.$":"$.lines[?(@.quantity == 7)]","lines.$":"$.lines"},"Next":"Last"},
        "Last":{"Type":"Pass","Parameters":{"text.$":"States.Format('{}: {}',$.who,$.count)",
        "lines.$":"$.lines"},"End":true}}}
        """

    private static let jsonataDefinition = """
        {"QueryLanguage":"JSONata","StartAt":"Pick","States":{
        "Pick":{"Type":"Pass","Output":{"who":"{% $states.input.customer %}",
        "skus":"{% $states.input.lines.sku %}","lines":"{% $states.input.lines %}"},"Next":"Count"},
        "Count":{"Type":"Pass","Output":{"who":"{% $states.input.who %}",
        "total":"{% $sum($states.input.lines.(price * quantity)) %}",
        "dear":"{% $states.input.lines[quantity = 7] %}","lines":"{% $states.input.lines %}"},
        "Next":"Last"},
        "Last":{"Type":"Pass","Output":{"text":
        "{% $states.input.who & ': ' & $string($states.input.total) %}",
        "lines":"{% $map($states.input.lines, function($l) { $merge([$l, {'sum':
        $l.price * $l.quantity}]) }) %}"},"End":true}}}
        """.replacing("\n", with: " ")
}
