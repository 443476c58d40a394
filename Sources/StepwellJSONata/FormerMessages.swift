/// The messages that were other ones in the first revision.
enum FormerMessages {
    static let table: [String: String] = [
        "D2014": "The size of the sequence allocated by the range operator (..) must not exceed "
            + "1e7.  Attempted to allocate {value}.",
        "D3070": "The single argument form of the sort function can only be applied to an array "
            + "of strings or an array of numbers",
        "D3080": "A number picture has at most two sub-pictures",
        "D3081": "A sub-picture has at most one decimal separator",
        "D3082": "A sub-picture has at most one percent sign",
        "D3083": "A sub-picture has at most one per-mille sign",
        "D3084": "A sub-picture cannot have both a percent and a per-mille sign",
        "D3085": "The mantissa of a sub-picture must have at least one digit, optional or not",
        "D3086": "A sub-picture cannot have a passive character between active characters",
        "D3087": "A grouping separator cannot stand beside the decimal separator",
        "D3088": "A grouping separator cannot end the integer part of a sub-picture",
        "D3089": "Two grouping separators cannot stand side by side in a sub-picture",
        "D3090": "An optional digit cannot follow a mandatory one in the integer part",
        "D3091": "A mandatory digit cannot follow an optional one in the fractional part",
        "D3092": "A sub-picture with a percent or per-mille sign cannot have an exponent",
        "D3093": "The exponent of a sub-picture must consist of mandatory digits",
        "D3100": "The radix of the formatBase function must be between 2 and 36.  It was given "
            + "{value}",
        "D3131": "The digits of a decimal digit pattern must be of one decimal group",
        "U1001": "The evaluation exceeded a budget ({detail})",
    ]
}
