extension GraphStateType {
    /// The symbol in the square of 26 pixels before a state's name, as path data.
    var glyph: String {
        switch self {
        case .task: "M14 5.5L8 14.5H12.8L11.8 20.5L18 11.5H13.2Z"
        case .pass: "M6.5 13H19M14 8L19 13L14 18"
        case .choice: "M13 6L20 13L13 20L6 13Z"
        case .wait: "M13 6A7 7 0 1 1 13 20A7 7 0 1 1 13 6M13 9.2V13L15.8 15"
        case .succeed: "M7 13.5L11.3 18L19.5 8.5"
        case .fail: "M8.5 8.5L17.5 17.5M17.5 8.5L8.5 17.5"
        case .parallel: "M8 7V19M13 7V19M18 7V19"
        case .map: "M6.5 10.5H15.5V19.5H6.5ZM10 10.5V6.5H19.5V16H15.5"
        case .unknown, .missing: "M10 10A3 3 0 1 1 14.2 12.8Q13 13.4 13 15M13 18.5V18.6"
        }
    }

    /// The class of its elements.
    var className: String { rawValue.lowercased() }
}
