extension Rule {
    /// A module imports only what its row of the layer table allows.
    static let imports = Rule(
        "import direction",
        perFile: { file in
            guard file.isSwift, let module = file.module else { return [] }
            guard let layer = Layers.named(module) else {
                return [
                    file.violation(
                        1,
                        "module \(module) has no row in the layer table",
                        fix: "give it one in Tests/StyleTests/Checker/Layers.swift"
                    )
                ]
            }
            return importedModules(of: file).compactMap { found in
                let allowed = layer.own.contains(found.text) || layer.others.contains(found.text)
                return allowed ? nil : breach(in: file, found, by: layer)
            }
        }
    )

    private static let kinds: Set = [
        "class", "enum", "func", "let", "protocol", "struct", "typealias", "var",
    ]

    private static func importedModules(of file: SourceFile) -> [Token] {
        file.tokens.indices.compactMap { index in
            guard file.tokens[index].text == "import", index + 2 <= file.tokens.count else {
                return nil
            }
            let isKind = kinds.contains(file.tokens[index + 1].text)
            let name = index + (isKind ? 2 : 1)
            return name < file.tokens.count ? file.tokens[name] : nil
        }
    }

    private static func breach(
        in file: SourceFile,
        _ found: Token,
        by layer: Layers
    ) -> Violation {
        let known = Layers.named(found.text)
        let fix =
            if layer.row == 0 {
                "row 0 is pure: pass the value in, or move the code to a row that may import it"
            } else if known?.row == 2 && layer.row == 2 {
                "adapters never import each other: declare a port in StepwellEngine"
            } else {
                "move the code, or argue for a change of Layers.swift and ARCHITECTURE.md"
            }
        return file.violation(
            found.line,
            "\(layer.module) (row \(layer.row)) imports \(found.text)",
            fix: fix
        )
    }
}
