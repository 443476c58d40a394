/// Texts with places that are filled.
enum TextTemplate {
    /// A text with every occurrence of a place filled.
    static func filling(_ template: String, _ place: String, with value: String) -> String {
        let (text, place) = (Array(template.utf8), Array(place.utf8))
        var filled: [UInt8] = []
        var index = 0
        while index < text.count {
            if text[index...].starts(with: place) {
                filled.append(contentsOf: value.utf8)
                index += place.count
            } else {
                filled.append(text[index])
                index += 1
            }
        }
        return String(decoding: filled, as: UTF8.self)
    }
}
