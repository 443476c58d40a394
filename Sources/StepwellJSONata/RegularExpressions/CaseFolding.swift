/// ECMAScript's `Canonicalize` for patterns without the flag `u`.
enum CaseFolding {
    /// The canonical forms of all units; computed once, it spares every match the mapping.
    private static let table: [UInt16] = (UInt16(0)...0xFFFF).map(uppercase)

    /// The form under which units that differ in case only are equal: upper case, where that is a
    /// single unit and does not lead from outside ASCII into it.
    static func canonical(_ unit: UInt16) -> UInt16 {
        if unit < 128 {
            return unit >= 0x61 && unit <= 0x7A ? unit - 32 : unit
        }
        return table[Int(unit)]
    }

    private static func uppercase(_ unit: UInt16) -> UInt16 {
        guard let scalar = Unicode.Scalar(unit) else {
            return unit
        }
        let mapped = scalar.properties.uppercaseMapping.utf16
        guard mapped.count == 1, let upper = mapped.first, unit < 128 || upper >= 128 else {
            return unit
        }
        return upper
    }
}
