import Metrics
import Testing

@testable import StepwellServer

@Suite("Metrics as Prometheus reads them")
struct MetricsRegistryTests {
    @Test("Every kind has its lines, sorted, with labels written out")
    func kinds() {
        let registry = MetricsRegistry()
        registry.makeCounter(label: "b", dimensions: [("status", "A\"B\\\n")]).increment(by: 2)
        registry.makeCounter(label: "b", dimensions: [("status", "A\"B\\\n")]).increment(by: 1)
        registry.makeRecorder(label: "a-b", dimensions: [], aggregate: false).record(Int64(7))
        registry.makeRecorder(label: "c", dimensions: [], aggregate: true).record(2.5)
        let timer = registry.makeTimer(label: "d", dimensions: [])
        timer.recordNanoseconds(2_000_000)
        timer.recordNanoseconds(120_000_000_000)
        let lines = registry.text().split(separator: "\n").map(String.init)
        #expect(
            lines.prefix(7) == [
                "# TYPE a_b gauge", "a_b 7.0",
                "# TYPE b counter", #"b{status="A\"B\\\n"} 3.0"#,
                "# TYPE c summary", "c_sum 2.5", "c_count 1",
            ]
        )
        #expect(lines.contains(#"d_seconds_bucket{le="0.001"} 0"#))
        #expect(lines.contains(#"d_seconds_bucket{le="0.0025"} 1"#))
        #expect(lines.contains(#"d_seconds_bucket{le="+Inf"} 2"#))
        #expect(lines.contains("d_seconds_count 2"))
    }

    @Test("The number of series has a bound")
    func bound() {
        let registry = MetricsRegistry()
        for number in 0..<5000 {
            registry.makeCounter(label: "c", dimensions: [("n", "\(number)")]).increment(by: 1)
        }
        #expect(registry.text().split(separator: "\n").count == 1001)
    }

    @Test("The page is there where something is measured")
    func page() async throws {
        try await RouterHarness.run { router in
            let request = ServiceRequest(method: "GET", uri: "/metrics")
            #expect(await router.respond(to: request).status == 404)
            let measured = Router(engine: router.engine, metrics: MetricsRegistry())
            let page = await measured.respond(to: request)
            #expect(page.status == 200)
            let text = String(decoding: page.body, as: UTF8.self)
            #expect(text.contains("stepwell_quarantined_executions 0\n"))
        }
    }
}
