import StepwellEngine

/// The header `Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.
enum AuthorizationHeader {
    /// What the header says.
    ///
    /// - Throws: `IncompleteSignatureException` that names what is missing.
    static func claim(
        _ header: String,
        of request: ServiceRequest
    ) throws(ServiceError) -> SignatureClaim {
        let algorithm = header.utf8.prefix { $0 != 0x20 }
        let isKnown = algorithm.elementsEqual(SigningScope.algorithm.utf8)
        let parameters = try isKnown ? parameters(header, after: algorithm.count) : [:]
        let time = request.headerValues("x-amz-date").first
        var problems: [String] = []
        for name in ["Credential", "Signature", "SignedHeaders"] where parameters[name] == nil {
            problems.append("Authorization header requires '\(name)' parameter.")
        }
        if time == nil {
            // The header Date is not read: no AWS client signs it in place of X-Amz-Date.
            problems.append("Authorization header requires existence of a 'X-Amz-Date' header.")
        }
        guard problems.isEmpty else {
            problems.append("Authorization=\(header)")
            throw .incompleteSignature(problems.joined(separator: " "))
        }
        return try SignatureClaim(
            credential: parameters["Credential"] ?? "",
            signedHeaders: parameters["SignedHeaders"] ?? "",
            signature: parameters["Signature"] ?? "",
            time: time ?? "",
            sessionToken: request.headerValues("x-amz-security-token").first
        )
    }

    private static func parameters(
        _ header: String,
        after length: Int
    ) throws(ServiceError) -> [String: String] {
        var found: [String: String] = [:]
        let isSeparator = { (byte: UInt8) in byte == UInt8(ascii: ",") || byte == 0x20 }
        for part in header.utf8.dropFirst(length).split(whereSeparator: isSeparator) {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")), equals != part.startIndex
            else {
                let shown = String(decoding: part, as: UTF8.self)
                throw .incompleteSignature(
                    "'\(shown)' not a valid key=value pair (missing equal-sign) in "
                        + "Authorization header: '\(header)'."
                )
            }
            let name = String(decoding: part[..<equals], as: UTF8.self)
            let value = part[part.index(after: equals)...]
            found[name] = String(decoding: value, as: UTF8.self)
        }
        return found
    }
}
