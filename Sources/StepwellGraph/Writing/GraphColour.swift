/// The colours by name; each is a property `--sw-NAME` that a page may set.
enum GraphColour: String, CaseIterable {
    case canvas, box, border, text, detail, pill
    case pillText = "pill-text"
    case edge, caught, label
    case labelBox = "label-box"
    case labelBorder = "label-border"
    case cluster
    case clusterBorder = "cluster-border"
    case region
    case regionBorder = "region-border"
    case focus, glyph
    case task, pass, choice, wait, succeed, fail, parallel, map, unknown
    case succeeded, failed
    case handled, running, aborted, retrying
    case succeededBox = "succeeded-box"
    case failedBox = "failed-box"
    case handledBox = "handled-box"
    case runningBox = "running-box"
    case abortedBox = "aborted-box"
    case retryingBox = "retrying-box"

    /// The colour on a light ground and on a dark one.
    private var pair: (light: String, dark: String) {
        switch self {
        case .canvas: ("#ffffff", "#11161c")
        case .box: ("#ffffff", "#1c242d")
        case .border: ("#b9c4d0", "#435263")
        case .text: ("#17212b", "#e8eef4")
        case .detail: ("#566576", "#a3b3c3")
        case .pill: ("#4a5a6a", "#93a5b8")
        case .pillText: ("#ffffff", "#11161c")
        case .edge: ("#7b8a9a", "#7d90a5")
        case .caught: ("#c0490f", "#f28b45")
        case .label: ("#2f4052", "#c9d6e2")
        case .labelBox: ("#ffffff", "#18202a")
        case .labelBorder: ("#d5dce4", "#364452")
        case .cluster: ("#f2f5f9", "#161d25")
        case .clusterBorder: ("#b9c4d0", "#435263")
        case .region: ("#fbfcfe", "#11171e")
        case .regionBorder: ("#cdd6e0", "#33414f")
        case .focus: ("#1668dc", "#5aa2ff")
        case .glyph: ("#ffffff", "#ffffff")
        case .task: ("#4059c9", "#5a73e6")
        case .pass: ("#64748b", "#64748b")
        case .choice: ("#8446c9", "#9a63dc")
        case .wait: ("#a3660c", "#b7791f")
        case .succeed, .succeeded: ("#1d7f46", "#35a765")
        case .fail, .failed: ("#c42b37", "#ea5c66")
        case .parallel: ("#0c7783", "#17909d")
        case .map: ("#b83272", "#cf5590")
        case .unknown: ("#b42318", "#e5534b")
        case .handled: ("#c26a00", "#ef9b35")
        case .running: ("#1668dc", "#5aa2ff")
        case .aborted: ("#697786", "#8a99a8")
        case .retrying: ("#9a7400", "#dcb33a")
        case .succeededBox: ("#e4f5ea", "#14301f")
        case .failedBox: ("#fdeaea", "#3a181b")
        case .handledBox: ("#fff0dc", "#382510")
        case .runningBox: ("#e4effe", "#122a48")
        case .abortedBox: ("#e9edf1", "#252d36")
        case .retryingBox: ("#fdf6d8", "#332a0d")
        }
    }

    /// The colour in a theme; on a light ground when that is not known.
    func value(in theme: GraphTheme) -> String {
        theme == .dark ? pair.dark : pair.light
    }
}

extension GraphStatus.Kind {
    /// The colours of a box: of its border and of its ground; nil for those of any box.
    var colours: (line: GraphColour, ground: GraphColour)? {
        switch self {
        case .notEntered: nil
        case .running: (.running, .runningBox)
        case .succeeded: (.succeeded, .succeededBox)
        case .failed, .timedOut: (.failed, .failedBox)
        case .caught: (.handled, .handledBox)
        case .aborted: (.aborted, .abortedBox)
        case .retrying: (.retrying, .retryingBox)
        }
    }
}
