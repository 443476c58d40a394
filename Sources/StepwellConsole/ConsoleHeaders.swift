import StepwellServer

/// The header fields that every answer of the console has, errors too.
enum ConsoleHeaders {
    /// What the page may load: its own files and nothing else; no script or style within a page.
    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
        "connect-src 'self'", "font-src 'self'", "base-uri 'none'", "form-action 'self'",
        "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private static let fields = [
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ]

    /// Adds them; what is not said to be kept is kept by nobody.
    static func add(to response: inout ServiceResponse) {
        let isCached = response.headers.contains { $0.name == "Cache-Control" }
        for (name, value) in fields { response.headers.append((name, value)) }
        if !isCached { response.headers.append(("Cache-Control", "no-store")) }
    }
}
