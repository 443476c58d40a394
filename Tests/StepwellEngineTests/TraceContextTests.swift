import StepwellEngine
import Testing

@Suite("Trace headers")
struct TraceContextTests {
    @Test("W3C's form and X-Ray's have the same numbers")
    func forms() throws {
        let traceparent = "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01"
        let trace = try #require(TraceContext(xray: nil, traceparent: traceparent))
        let header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"
        #expect(trace.header == header)
        #expect(trace.traceparent == traceparent)
        let names = trace.fields.map(\.name)
        #expect(names == ["X-Amzn-Trace-Id", "traceparent"])
        let root = TraceContext(header: "Root=1-5759e988-bd862e3fe1be46a994272793")
        #expect(root.fields.map(\.name) == ["X-Amzn-Trace-Id"])
        #expect(TraceContext(xray: "Root=x", traceparent: traceparent)?.header == "Root=x")
    }

    @Test(
        "What is no trace is none",
        arguments: [
            "", "00", "00-0-0-00", "ff-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01",
            "00-00000000000000000000000000000000-53995c3f42cd8ad8-01",
            "00-5759e988bd862e3fe1be46a994272793-0000000000000000-01",
            "00-5759E988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01",
            "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01-more",
        ]
    )
    func none(traceparent: String) {
        #expect(TraceContext(xray: nil, traceparent: traceparent) == nil)
        #expect(TraceContext(xray: "é", traceparent: traceparent) == nil)
    }
}
