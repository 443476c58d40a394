/// Shows views on a screen until it is left.
struct WatchSession {
    let api: any ServiceAPI
    /// Seconds between looks.
    let interval: Double

    /// How often keys and the size of the terminal are looked at.
    private static let tick = Duration.milliseconds(50)

    /// Shows a view, and those that it leads to.
    func run(_ first: any WatchView) async throws {
        let screen = try Screen()
        defer { screen.leave() }
        var views = [first]
        var problem: String?
        var drawn: Screen.Size?
        var next = ContinuousClock.now
        while true {
            if ContinuousClock.now >= next {
                problem = try await refresh(&views[views.count - 1])
                next = ContinuousClock.now + .seconds(interval)
                drawn = nil
            }
            for key in screen.takeKeys() {
                drawn = nil
                switch key {
                case .quit: return
                case .back where views.count > 1:
                    views.removeLast()
                    next = .now
                default:
                    guard let other = views[views.count - 1].press(key) else { continue }
                    views.append(other)
                    next = .now
                }
            }
            let size = screen.size
            if drawn != size {
                screen.draw(page(views[views.count - 1], problem, size), in: size)
                drawn = size
            }
            try await Task.sleep(for: Self.tick)
        }
    }

    /// Why the view could not be refreshed, if so: what was seen before stays.
    private func refresh(_ view: inout any WatchView) async throws -> String? {
        var fresh = view
        do {
            try await api.refresh()
            try await fresh.refresh(from: api)
            view = fresh
            return nil
        } catch let error as CancellationError {
            throw error
        } catch {
            return CommandFailure(error).description
        }
    }

    /// The view's lines, and at the bottom what the keys do or what is wrong.
    private func page(
        _ view: any WatchView,
        _ problem: String?,
        _ size: Screen.Size
    ) -> [StyledLine] {
        let room = Screen.Size(lines: max(1, size.lines - 1), columns: size.columns)
        var lines = Array(view.lines(in: room).prefix(room.lines))
        while lines.count < room.lines { lines.append(StyledLine()) }
        if let problem {
            lines.append(StyledLine(problem, .red))
        } else {
            lines.append(
                StyledLine("q quit   ↑ ↓ move   enter open   esc back", .faint)
            )
        }
        return lines
    }
}
