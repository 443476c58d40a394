import StepwellJSON
import StepwellLanguage

/// A parameter fitted to its shape, as the protocols write it.
indirect enum WireValue: Sendable {
    case structure([(member: MemberShape, value: WireValue)])
    case list(element: MemberShape, [WireValue])
    case map(key: MemberShape, value: MemberShape, [(key: String, value: WireValue)])
    case string(String)
    case bool(Bool)
    /// A number; of 32 bits when `isSingle`.
    case number(JSONNumber, isSingle: Bool)
    case blob([UInt8])
    case timestamp(StatesTimestamp)
    /// Anything, as it is.
    case document(JSONValue)
}
