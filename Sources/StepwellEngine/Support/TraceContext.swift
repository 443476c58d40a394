import Instrumentation
import ServiceContextModule

/// The trace that work belongs to: what came with the start of an execution and goes on with the
/// calls that its tasks make.
///
/// It is kept as the execution has it, in the form of AWS X-Ray:
/// `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`. W3C's form,
/// `traceparent`, has the same numbers (W3C Trace Context, 3.2; AWS Distro for OpenTelemetry,
/// "X-Ray propagator").
package struct TraceContext: Sendable, Hashable {
    /// The trace that the current task belongs to.
    @TaskLocal
    package static var current: TraceContext?

    /// X-Ray's form: the value of `X-Amzn-Trace-Id`.
    package let header: String

    /// A trace by its header.
    package init(header: String) {
        self.header = header
    }

    /// The trace that a request's header fields name: `X-Amzn-Trace-Id`, or else `traceparent`.
    ///
    /// Nil when there is none, or none that can be understood and passed on: a field that is too
    /// long or no ASCII is no reason to refuse a request.
    package init?(xray: String?, traceparent: String?) {
        if let xray, !xray.isEmpty, xray.utf8.count <= 256,
            xray.utf8.allSatisfy({ (0x20..<0x7F).contains($0) })
        {
            header = xray
            return
        }
        guard let traceparent, let parts = Self.parts(of: traceparent) else { return nil }
        let root = "1-\(parts.trace.prefix(8))-\(parts.trace.dropFirst(8))"
        header = "Root=\(root);Parent=\(parts.parent);Sampled=\(parts.isSampled ? 1 : 0)"
    }

    /// W3C's form; nil when the header has no trace or parent of the usual lengths.
    package var traceparent: String? {
        var fields: [Substring: Substring] = [:]
        for field in header.split(separator: ";") {
            let pair = field.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { fields[pair[0].drop { $0 == " " }] = pair[1] }
        }
        guard let root = fields["Root"]?.split(separator: "-"), root.count == 3,
            root[1].utf8.count == 8, root[2].utf8.count == 24,
            let parent = fields["Parent"], parent.utf8.count == 16,
            Self.isHexadecimal(root[1]), Self.isHexadecimal(root[2]), Self.isHexadecimal(parent)
        else { return nil }
        return "00-\(root[1])\(root[2])-\(parent)-\(fields["Sampled"] == "1" ? "01" : "00")"
    }

    /// The header fields that pass the trace on.
    package var fields: [(name: String, value: String)] {
        let xray = (name: "X-Amzn-Trace-Id", value: header)
        return [xray] + (traceparent.map { [("traceparent", $0)] } ?? [])
    }

    /// What a tracer makes of a header: the context of spans that belong to its trace.
    static func spanContext(of header: String?) -> ServiceContext {
        var context = ServiceContext.topLevel
        guard let header else { return context }
        InstrumentationSystem.instrument.extract(
            TraceContext(header: header),
            into: &context,
            using: FieldExtractor()
        )
        return context
    }

    /// The trace that who calls is in: the current one, or that of the tracing span around it.
    static var ofCaller: TraceContext? {
        if let current { return current }
        guard let context = ServiceContext.current else { return nil }
        var fields: [String: String] = [:]
        InstrumentationSystem.instrument.inject(context, into: &fields, using: FieldInjector())
        return TraceContext(xray: fields["x-amzn-trace-id"], traceparent: fields["traceparent"])
    }

    private struct FieldInjector: Injector {
        func inject(_ value: String, forKey key: String, into fields: inout [String: String]) {
            fields[key.lowercased()] = value
        }
    }

    private struct FieldExtractor: Extractor {
        func extract(key: String, from carrier: TraceContext) -> String? {
            carrier.fields.first { $0.name.lowercased() == key.lowercased() }?.value
        }
    }

    private static func parts(
        of traceparent: String
    ) -> (trace: Substring, parent: Substring, isSampled: Bool)? {
        let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        // Later versions may say more behind these four, 255 is none.
        guard parts.count >= 4, parts[0].utf8.count == 2, isHexadecimal(parts[0]),
            parts[0] != "ff", parts.count == 4 || parts[0] != "00",
            parts[1].utf8.count == 32, isHexadecimal(parts[1]),
            parts[1].utf8.contains(where: { $0 != UInt8(ascii: "0") }),
            parts[2].utf8.count == 16, isHexadecimal(parts[2]),
            parts[2].utf8.contains(where: { $0 != UInt8(ascii: "0") }),
            parts[3].utf8.count == 2, isHexadecimal(parts[3]),
            let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        return (parts[1], parts[2], flags & 1 == 1)
    }

    private static func isHexadecimal(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
