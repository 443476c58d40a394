import Crypto
import StepwellEngine
import StepwellServer

/// Answers requests for the files of the page.
struct ConsoleFiles {
    private let source: any AssetSource

    init(_ source: any AssetSource) {
        self.source = source
    }

    /// The answer to a request for a path below the console.
    ///
    /// - Throws: `NotFound`, `MethodNotAllowed`.
    func answer(
        _ request: ServiceRequest,
        _ path: Substring
    ) throws(ServiceError) -> ServiceResponse {
        guard request.method == "GET" || request.method == "HEAD" else {
            throw ConsoleRefusal.method(request.method, "GET")
        }
        if path.isEmpty {
            // Relative, so that it is right behind a proxy that serves it elsewhere.
            var response = ServiceResponse(json: [], status: 308)
            response.contentType = "text/plain; charset=utf-8"
            response.headers = [("Location", "console/")]
            return response
        }
        let name = path == "/" ? "index.html" : String(path.dropFirst())
        let isPublic = name == "index.html" || name.hasPrefix("assets/")
        guard isPublic, Self.isPlain(name), let bytes = source.bytes(of: name) else {
            throw ConsoleRefusal.notFound(request.pathAndQuery.path)
        }
        return Self.response(bytes, name, request)
    }

    /// Whether a path has nothing that means another: no empty or hidden part, nothing escaped.
    private static func isPlain(_ path: String) -> Bool {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x25 && $0 != 0x5C }
            && parts.allSatisfy { !$0.isEmpty && $0.first != UInt8(ascii: ".") }
    }

    /// The file; its names stay the same when the program changes, so browsers ask each time, and
    /// are told that nothing has changed.
    private static func response(
        _ bytes: [UInt8],
        _ name: String,
        _ request: ServiceRequest
    ) -> ServiceResponse {
        let digest = SHA256.hash(data: bytes).prefix(12).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        let tag = "\"\(digest.joined())\""
        let known = request.headerValues("if-none-match").flatMap { $0.split(separator: ",") }
        let isKnown = known.contains { each in
            let each = each.drop { $0 == " " }
            return each == "*" || each.dropped("W/") ?? each == Substring(tag)
        }
        var response = ServiceResponse(json: isKnown ? [] : bytes, status: isKnown ? 304 : 200)
        response.contentType = type(of: name)
        response.headers = [("ETag", tag), ("Cache-Control", "no-cache")]
        return response
    }

    private static func type(of name: String) -> String {
        let ending = name.utf8.split(separator: UInt8(ascii: ".")).last.map { String($0) ?? "" }
        return switch ending {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js", "mjs": "text/javascript; charset=utf-8"
        case "json", "map": "application/json"
        case "svg": "image/svg+xml"
        case "webmanifest": "application/manifest+json"
        case "txt": "text/plain; charset=utf-8"
        default: "application/octet-stream"
        }
    }
}
