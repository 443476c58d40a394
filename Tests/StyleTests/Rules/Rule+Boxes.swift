extension Rule {
    /// No closure is kept alone, in a tuple or in an Optional in a generic box.
    ///
    /// A box reads and writes what it holds in place and for any type: each look at a closure wraps
    /// the one that is kept in two more thunks, for ever, until calling it overflows the stack. A
    /// member of a type is left as it is.
    static let closuresInBoxes = Rule("closures in generic boxes") { files in
        let boxes = boxes.union(files.flatMap(genericClasses))
        let functions = functionNames(in: files)
        return files.flatMap { file in
            file.tokens.indices.filter { index in
                boxes.contains(file.tokens[index].text)
                    && (holdsFunction(file.tokens, at: index + 1, functions)
                        || isGivenClosure(file.tokens, at: index + 1))
            }.map { index in
                file.violation(
                    file.tokens[index].line,
                    "`\(file.tokens[index].text)` holds a closure",
                    fix: "make it a `let`, or a member of a type of its own"
                )
            }
        }
    }

    /// Types of the language and its libraries that hold a value of any type and change it in
    /// place.
    private static let boxes: Set = [
        "AllocatedLock", "Atomic", "AtomicLazyReference", "LockedValue", "ManagedAtomic",
        "ManagedBuffer", "Mutex", "NIOLockedValueBox", "NIOLoopBoundBox", "OSAllocatedUnfairLock",
        "UnsafeAtomic", "UnsafeMutableBufferPointer", "UnsafeMutablePointer",
    ]

    /// Classes of the file's own that are generic.
    private static func genericClasses(in file: SourceFile) -> [String] {
        file.tokens.indices.dropLast(2).compactMap { index in
            let isOne = file.tokens[index].text == "class" && file.tokens[index + 2].text == "<"
            return isOne ? file.tokens[index + 1].text : nil
        }
    }

    /// The names that stand for function types, through any number of type aliases, and are
    /// declared as nothing else.
    private static func functionNames(in files: [SourceFile]) -> Set<String> {
        var aliases: [(name: String, type: ArraySlice<Token>)] = []
        var nominal: Set<String> = []
        for file in files {
            for index in file.tokens.indices.dropLast(2) {
                switch file.tokens[index].text {
                case "typealias":
                    let type = aliased(file.tokens, from: index + 2)
                    aliases.append((file.tokens[index + 1].text, type))
                case "actor", "class", "enum", "protocol", "struct":
                    nominal.insert(file.tokens[index + 1].text)
                default: break
                }
            }
        }
        var functions: Set<String> = []
        var isGrowing = true
        while isGrowing {
            let found = aliases.filter { isFunction($0.type, functions) }.map(\.name)
            isGrowing = !functions.isSuperset(of: found)
            functions.formUnion(found)
        }
        return functions.subtracting(nominal)
    }

    /// The type that an alias stands for: to the end of the line, or of what the line leaves open.
    private static func aliased(_ tokens: [Token], from start: Int) -> ArraySlice<Token> {
        var depth = 0
        var end = start
        while end < tokens.count {
            let token = tokens[end]
            let isNewLine = end > start && token.line > tokens[end - 1].line
            let goesOn =
                depth > 0 || ["=", ">", "&", ","].contains(tokens[end - 1].text)
                || ["-", "async", "throws"].contains(token.text)
            if isNewLine, !goesOn { break }
            depth += ["(", "["].contains(token.text) ? 1 : 0
            depth -= [")", "]", "}"].contains(token.text) ? 1 : 0
            if depth < 0 { break }
            end += 1
        }
        return tokens[start..<end]
    }

    /// Whether a type is, or is made of, a function.
    private static func isFunction(_ type: ArraySlice<Token>, _ functions: Set<String>) -> Bool {
        type.indices.contains { index in
            let isArrow =
                type[index].text == ">" && index > type.startIndex && type[index - 1].text == "-"
            return isArrow || functions.contains(type[index].text)
        }
    }

    /// Whether the generic arguments that begin at `open` hold a function.
    private static func holdsFunction(
        _ tokens: [Token],
        at open: Int,
        _ functions: Set<String>
    ) -> Bool {
        guard open < tokens.count, tokens[open].text == "<" else { return false }
        var depth = 0
        for index in open..<tokens.count {
            if tokens[index].text == "<" { depth += 1 }
            if tokens[index].text == ">", tokens[index - 1].text != "-" { depth -= 1 }
            if depth == 0 { return isFunction(tokens[open...index], functions) }
        }
        return false
    }

    /// Whether a box is made of a closure that is written out: `Mutex({ … })`.
    private static func isGivenClosure(_ tokens: [Token], at index: Int) -> Bool {
        let texts = tokens.dropFirst(index).prefix(4).map(\.text)
        return texts.starts(with: ["(", "{"]) || texts.starts(with: [".", "init", "(", "{"])
    }
}
