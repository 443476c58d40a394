#!/usr/bin/env python3
"""The console's modules on their own, in a browser: texts, differences, scales, trees, routes."""

import contextlib
import functools
import http.server
import pathlib
import sys
import threading

from browser import Browser
from checks import Checks

RESOURCES = pathlib.Path(__file__).resolve().parents[2] / "Sources/StepwellConsole/Resources"
check = Checks()


class Handler(http.server.SimpleHTTPRequestHandler):
    """The console's files, without a word on each."""

    def do_GET(self) -> None:
        """A file; the icon that browsers ask for is the console's."""
        if self.path == "/favicon.ico":
            self.path = "/assets/icon.svg"
        super().do_GET()

    def log_message(self, *_) -> None:  # pylint: disable=arguments-differ
        """Says nothing."""


@contextlib.contextmanager
def served():
    """The address of the console's files."""
    handler = functools.partial(Handler, directory=RESOURCES)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/assets/"
        server.shutdown()


def module(path: str, names: str) -> str:
    """A line that imports names."""
    return f"const {{ {names} }} = await import('/assets/{path}');"


@check
def json_texts_keep_what_javascript_cannot_hold(page):
    text = page.run(
        module("core/json-text.js", "reformatted")
        + "return reformatted('{\"a\":12345678901234567890,\"a\":[],\"b\":[1e400,{}]}')")
    assert text == ('{\n  "a": 12345678901234567890,\n  "a": [],\n  "b": [\n    1e400,\n'
                    '    {}\n  ]\n}'), text
    assert page.run(module("core/json-text.js", "reformatted") + "return reformatted('{a')") == "{a"


@check
def answers_keep_numbers_that_javascript_cannot_hold(page):
    text = ('{"id":12345678901234567890,"big":1e400,"fine":0.12345678901234567890,'
            '"time":1795944422.7521,"small":-5}')
    assert page.run(module("core/api.js", "parsedExactly") + """
        const value = parsedExactly(given[0]);
        return [JSON.stringify(value), value.time + value.small]""", text) == [
            text, 1795944417.7521]
    written = page.run(module("core/api.js", "parsedExactly") + """
        return parsedExactly('[1.0, 1e3, -0.50, 100000000000000000000, "12345678901234567890"]')""")
    assert written == [1, 1000, -0.5, 1e20, "12345678901234567890"], written


@check
def a_text_that_is_broken_has_a_structure(page):
    found = page.run(
        module("core/json-text.js", "structure, placeOf") + """
        const text = '{\\n "States": {\\n  "A b": {"Type": "Pass",\\n   "x/y": [1, {"q": 2';
        const { places } = structure(text);
        const at = places.get('/States/A b/x~1y/1/q');
        return [placeOf(text, at.start), text.slice(at.value, at.valueEnd)]""")
    assert found == [{"line": 3, "column": 15}, "2"], found


@check
def differences_are_the_fewest(page):
    lines = page.run(
        module("core/diff.js", "lineDiff")
        + "return lineDiff('a\\nb\\nc\\nd', 'a\\nx\\nc\\nd\\ne').map((l) => l.kind[0] + l.text)")
    assert sorted(lines[1:3]) == ["ax", "rb"], lines
    assert [lines[0]] + lines[3:] == ["sa", "sc", "sd", "ae"], lines
    numbers = page.run(
        module("core/diff.js", "lineDiff")
        + "return lineDiff('a\\nb', 'b').map((l) => [l.before ?? 0, l.after ?? 0])")
    assert numbers == [[1, 0], [2, 1]], numbers


@check
def completions_know_where_they_are(page):
    script = module("core/asl-completions.js", "aslCompletions") + """
        const [text, offset] = [given[0].replace('^', ''), given[0].indexOf('^')];
        return aslCompletions(text, offset)?.options.map((each) => each.label) ?? null;"""
    machine = '{"StartAt": "A", "States": {"A": {"Type": "Wait", "Next": "^"}, "B": {}}}'
    assert page.run(script, machine) == ["A", "B"]
    fields = page.run(script, '{"States": {"A": {"Type": "Wait", "Sec^"}}}')
    assert fields == ["Seconds", "SecondsPath"], fields
    assert "States.Timeout" in page.run(
        script, '{"States": {"A": {"Type": "Task", "Retry": [{"ErrorEquals": ["States.^"]}]}}}')
    assert page.run(script, '{"Comment": "St^"}') == []


@check
def long_idle_times_are_folded(page):
    script = module("pages/execution/time-scale.js", "TimeScale") + """
        const scale = new TimeScale(given[0], given[1], given[2]);
        return [scale.folded.map((each) => each.length), given[0].map((time) => scale.share(time))];
        """
    day = 86_400_000
    folded, shares = page.run(script, [1000, 2000, day, day + 1000, 2 * day], 0, 2 * day + 2000)
    assert folded == [day - 2000, day - 1000], folded
    assert shares == sorted(shares) and shares[0] > 0.1, shares
    folded, shares = page.run(script, [4000, 5000], 0, 10_000)
    assert (folded, shares) == ([], [0.4, 0.5]), (folded, shares)
    back = page.run(module("pages/execution/time-scale.js", "TimeScale") + f"""
        const scale = new TimeScale([1000, {day}], 0, {day} + 2000);
        return [0, 500, 1000, 40000000, {day} + 500].map((time) =>
            Math.round(scale.time(scale.share(time)) - time))""")
    assert all(abs(each) <= 1 for each in back), back


@check
def the_tree_of_events_comes_back_from_joins(page):
    events = [
        (1, 0, "ExecutionStarted", None), (2, 1, "ParallelStateEntered", "P"),
        (3, 2, "ParallelStateStarted", "P"), (4, 3, "PassStateEntered", "A"),
        (5, 3, "PassStateEntered", "B"), (6, 4, "PassStateExited", "A"),
        (7, 5, "PassStateExited", "B"), (8, 7, "ParallelStateSucceeded", "P"),
        (9, 8, "ParallelStateExited", "P"), (10, 9, "ExecutionSucceeded", None)]
    rows = page.run(
        module("pages/execution/event-tree.js", "eventTree") + """
        const events = given[0].map(([id, previousEventId, type, stateName]) =>
            ({ id, previousEventId, type, stateName }));
        return eventTree(events).map((row) => [row.event.id, row.depth])""", events)
    assert rows == [[1, 0], [2, 0], [3, 0], [4, 1], [6, 1], [5, 1], [7, 1], [8, 0], [9, 0],
                    [10, 0]], rows


@check
def lengths_and_names_are_words(page):
    texts = page.run(
        module("core/format.js", "duration, bytes, words")
        + "return [...given[0].map(duration), bytes(1234567), words('TIMED_OUT'),"
        + " words('notEntered')]", [0, 999, 1000, 61_000, 90_061_000, 31_536_000_000])
    assert texts == ["0 ms", "999 ms", "1.00 s", "1 min 1 s", "1 d 1 h", "1 y", "1.2 MB",
                     "Timed out", "Not entered"], texts


@check
def times_close_by_are_told(page):
    texts = page.run(
        module("core/format.js", "relative")
        + "return given[0].map((offset) => relative(new Date(1e12 + offset).toISOString(), 1e12))",
        [-3000, -9000, 0, 1500, 90_000])
    assert texts == ["just now", "9 seconds ago", "just now", "in 2 seconds", "in 1 minute"], texts


@check
def causes_of_functions_are_told_apart(page):
    script = (module("core/cause.js", "causeParts, failureLine")
              + "return given[0].map((cause) => [causeParts(cause), failureLine('E', cause)])")
    python = '{"errorMessage": "by zero", "errorType": "E", "stackTrace": ["  a\\n", "  b"]}'
    node = '{"errorType":"E","errorMessage":"no","trace":["E: no","    at f"]}'
    texts = page.run(script, [python, node, '{"a": 1}', "{no JSON", "plain", None])
    assert texts == [
        [{"message": "by zero", "stack": "  a\n  b"}, "E: by zero"],
        [{"message": "no", "stack": "E: no\n    at f"}, "E: no"],
        [{"message": '{"a": 1}', "stack": ""}, 'E: {"a": 1}'],
        [{"message": "{no JSON", "stack": ""}, "E: {no JSON"],
        [{"message": "plain", "stack": ""}, "E: plain"],
        [{"message": "", "stack": ""}, "E"]], texts


@check
def arns_are_read_and_routes_found(page):
    arn = "arn:aws:states:eu-west-1:123456789012:stateMachine:naïve name/label:7"
    parts = page.run(
        module("core/arn.js", "name, machineOf, qualifier")
        + "return [name(given[0]), machineOf(given[0]), qualifier(given[0])]", arn)
    assert parts[1:] == [arn[:arn.rindex("/")], "7"], parts
    found = page.run(
        module("core/router.js", "match") + module("core/links.js", "links") + """
        const hash = links.execution(given[0], { at: 3, state: 'a b&c' });
        const { route, params, query } = match(hash);
        return [route.path, params.arn, query]""", "arn:x:execution:ü/%:1#2")
    wanted = ["/execution/:arn", "arn:x:execution:ü/%:1#2", {"at": "3", "state": "a b&c"}]
    assert found == wanted, found
    other = page.run(module("core/router.js", "match") + "return match('#/no/such').route.path")
    assert other == "*", other


@check
def questions_are_escaped_for_every_reader(page):
    text = page.run(
        module("core/api.js", "queryText")
        + "return queryText({ state: 'a +b&ü', at: 0, none: null, empty: '' })")
    assert text == "?state=a%20%2Bb%26%C3%BC&at=0", text


@check
def drawings_bring_nothing_but_shapes(page):
    left = page.run(
        module("core/dom.js", "drawing") + """
        const root = drawing(given[0]);
        document.body.append(root);
        await new Promise((resolve) => setTimeout(resolve, 50));
        return [window.hit ?? null, new XMLSerializer().serializeToString(root)]""",
        '<svg xmlns="http://www.w3.org/2000/svg" onload="hit=1"><script>hit=2</script>'
        '<g class="state" onclick="x()"><a href="javascript:x()"><rect/></a><image href="x"/></g>'
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="hit=3"/>'
        '</body></foreignObject><style>*{}</style><text style="color:red">&lt;b&gt;</text></svg>')
    assert left[0] is None, left
    for bad in ("script", "onload", "onclick", "href", "image", "foreignObject", "style", "<a"):
        assert bad not in left[1], left[1]
    assert "&lt;b&gt;" in left[1]


@check
def texts_that_turn_around_are_written_out(page):
    said = page.run(module("core/dom.js", "h, drawing") + """
        const source = `<svg xmlns="http://www.w3.org/2000/svg"><text>${given[0]}</text></svg>`;
        return [h("p", {}, given[0]).textContent, drawing(source).textContent]""",
                    "paid\u202e0001 \u0645\u2069")
    assert said == ["paid\\u202e0001 \u0645\\u2069"] * 2, said


@check
def notices_are_not_piled_up(page):
    said = page.run(module("components/toast.js", "toast, toastRegion") + """
        const region = toastRegion();
        document.body.append(region);
        for (const text of ["one", "two", "one", "one"]) toast(text, "error");
        const shown = [...region.children].map((each) => each.textContent);
        region.remove();
        return shown""")
    assert said == ["two", "one"], said


@check
def a_tab_that_fails_says_why(page):
    said = page.run(module("components/tabs.js", "Tabs") + """
        const tabs = new Tabs([{
            id: "a", label: "A", show: async () => { throw new Error("No such thing"); },
        }], { label: "Tabs" });
        tabs.select("a");
        await Promise.resolve();
        await Promise.resolve();
        return tabs.panel.textContent""")
    assert "No such thing" in said, said


def main() -> int:
    """Runs all checks in one page."""
    with served() as address, Browser() as page:
        page.open(address)
        status = check.run(page)
        complaints = page.complaints()
        assert not complaints, complaints
        return status


if __name__ == "__main__":
    sys.exit(main())
