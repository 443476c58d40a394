#!/usr/bin/env python3
"""Generated JSONata expressions: this engine beside jsonata-python, outcome by outcome.

Usage: fuzz-jsonata.py [--seed N] [--count N] [--show CLASS]. Expressions are drawn from a grammar
of the whole language (2,000 from seed 1 unless told otherwise), evaluated by
`sfnctl eval --language jsonata --lines` (SFNCTL, else the release build) and by jsonata-python from
PyPI, and compared: values with a tolerance for numbers, errors by their code. Every disagreement
belongs to a class of VERDICTS, each with its reason; one that belongs to none makes the status 1.
"""

import argparse
import collections
import json
import math
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
PEER_VERSION = "jsonata-python==0.7.1"
SECONDS = 2

DOCUMENT = {
    "n": 7, "x": -2.5, "z": 0, "s": "one, two", "t": "Ünïcode 😀 text", "e": "", "yes": True,
    "no": False, "nil": None, "list": [3, 1, 2], "words": ["pear", "fig", "apple"], "none": [],
    "deep": {"a": {"b": [{"c": 1}, {"c": 2, "d": "x"}, {"d": "y"}]}},
    "books": [
        {"title": "Emma", "price": 8.5, "tags": ["love", "class"], "by": {"name": "Jane"}},
        {"title": "Ulysses", "price": 22, "tags": ["long"], "by": {"name": "James"}},
        {"title": "Dune", "price": 9, "by": {"name": "Frank"}},
    ],
    "mixed": [1, "a", None, True, {"k": "v"}, [1, 2]], "empty": {},
}


class Grammar:
    """Draws expressions; each method gives the text of one of some type."""

    def __init__(self, source: random.Random):
        self.source = source
        self.variables: list[str] = []

    def any(self, depth: int) -> str:
        """An expression of any type."""
        return self.source.choice([
            self.number, self.number, self.string, self.string, self.boolean, self.array,
            self.array, self.object, self.path, self.path, self.special])(depth)

    def leaf(self) -> str:
        return self.source.choice([
            "n", "x", "z", "s", "t", "e", "yes", "no", "nil", "list", "words", "none", "books",
            "deep.a.b", "mixed", "empty", "missing", "$", "1", "0", "-3", "2.5", "1e3", '"a"',
            "'b c'", "true", "false", "null", "[]", "{}", *self.variables])

    def number(self, depth: int) -> str:
        if depth <= 0:
            return self.source.choice(["n", "x", "z", "0", "1", "-3", "2.5", "100", "list[0]"])
        d = depth - 1
        return self.source.choice([
            lambda: f"({self.number(d)} {self.source.choice('+-*/%')} {self.number(d)})",
            lambda: f"$sum({self.array(d)})", lambda: f"$count({self.any(d)})",
            lambda: f"$length({self.string(d)})", lambda: f"$max({self.numbers(d)})",
            lambda: f"$min({self.numbers(d)})", lambda: f"$average({self.numbers(d)})",
            lambda: f"$abs({self.number(d)})", lambda: f"$floor({self.number(d)})",
            lambda: f"$ceil({self.number(d)})",
            lambda: f"$round({self.number(d)}, {self.source.randint(-2, 3)})",
            lambda: f"$power({self.number(d)}, {self.source.randint(-2, 3)})",
            lambda: f"$sqrt({self.number(d)})", lambda: f"$number({self.any(d)})",
            lambda: f"$reduce({self.numbers(d)}, function($l, $r) {{ $l + $r }})",
            lambda: f"({self.boolean(d)} ? {self.number(d)} : {self.number(d)})",
            lambda: f"-{self.number(0)}", lambda: f"$parseInteger({self.string(d)}, '#0')",
            lambda: self.bound(self.number, d),
        ])()

    def numbers(self, depth: int) -> str:
        d = depth - 1
        return self.source.choice([
            lambda: "list", lambda: "books.price", lambda: "[1..4]", lambda: "[3, 1, 2.5]",
            lambda: f"[{self.number(d)}, {self.number(d)}]", lambda: "none", lambda: "missing",
            lambda: f"$map({self.array(d)}, function($v) {{ $number($v) }})",
        ])()

    def string(self, depth: int) -> str:
        if depth <= 0:
            return self.source.choice(["s", "t", "e", "'abc'", '"x,y"', "words[1]", "''"])
        d = depth - 1
        return self.source.choice([
            lambda: f"({self.any(d)} & {self.any(d)})", lambda: f"$string({self.any(d)})",
            lambda: f"$uppercase({self.string(d)})", lambda: f"$lowercase({self.string(d)})",
            lambda: f"$trim({self.string(d)})",
            lambda: f"$substring({self.string(d)}, {self.source.randint(-3, 5)})",
            lambda: f"$substring({self.string(d)}, {self.source.randint(-3, 5)}, "
                    f"{self.source.randint(-1, 4)})",
            lambda: f"$substringBefore({self.string(d)}, {self.string(0)})",
            lambda: f"$substringAfter({self.string(d)}, {self.string(0)})",
            lambda: f"$pad({self.string(d)}, {self.source.randint(-12, 12)}, '#')",
            lambda: f"$join({self.strings(d)}, ', ')",
            lambda: f"$replace({self.string(d)}, {self.pattern()}, '[$0]')",
            lambda: f"$replace({self.string(d)}, 'a', 'b')",
            lambda: f"$formatNumber({self.number(d)}, '{self.picture()}')",
            lambda: f"$formatBase({self.number(d)}, {self.source.choice([2, 8, 16, 36])})",
            lambda: f"$formatInteger({self.source.randint(0, 4000)}, '{self.integer_picture()}')",
            lambda: f"$fromMillis({self.source.randint(0, 2_000_000_000_000)}, "
                    f"'{self.date()}')",
            lambda: f"$base64encode({self.source.choice(['s', 'e', chr(39) + 'abc' + chr(39)])})",
            lambda: f"$encodeUrlComponent({self.string(d)})",
            lambda: f"$encodeUrl({self.string(d)})", lambda: f"$type({self.any(d)})",
            lambda: self.bound(self.string, d),
        ])()

    def strings(self, depth: int) -> str:
        return self.source.choice([
            "words", "books.title", "books.tags", "['x', 'y']", "none", "$keys(books[0])",
            f"$split({self.string(depth - 1)}, ', ')"])

    def boolean(self, depth: int) -> str:
        if depth <= 0:
            return self.source.choice(["yes", "no", "true", "false", "n = 7", "x > 0"])
        d = depth - 1
        return self.source.choice([
            lambda: f"({self.number(d)} {self.source.choice(['<', '<=', '>', '>='])} "
                    f"{self.number(d)})",
            lambda: f"({self.string(d)} {self.source.choice(['<', '>='])} {self.string(d)})",
            lambda: f"({self.any(d)} {self.source.choice(['=', '!='])} {self.any(d)})",
            lambda: f"({self.any(d)} {self.source.choice(['and', 'or'])} {self.any(d)})",
            lambda: f"({self.any(d)} in {self.array(d)})", lambda: f"$not({self.any(d)})",
            lambda: f"$boolean({self.any(d)})", lambda: f"$exists({self.any(d)})",
            lambda: f"$contains({self.string(d)}, {self.pattern()})",
            lambda: f"$contains({self.string(d)}, {self.string(0)})",
        ])()

    def array(self, depth: int) -> str:
        if depth <= 0:
            return self.source.choice(["list", "words", "none", "books", "mixed", "[1..3]", "[]"])
        d = depth - 1
        return self.source.choice([
            lambda: f"[{', '.join(self.any(d) for _ in range(self.source.randint(0, 3)))}]",
            lambda: f"[{self.source.randint(-2, 2)}..{self.source.randint(-2, 6)}]",
            lambda: f"$append({self.any(d)}, {self.any(d)})",
            lambda: f"$reverse({self.array(d)})", lambda: f"$distinct({self.array(d)})",
            lambda: f"$sort({self.numbers(d)})", lambda: f"$sort({self.strings(d)})",
            lambda: f"$sort({self.array(d)}, function($l, $r) {{ {self.order()} }})",
            lambda: f"$map({self.array(d)}, {self.unary(d)})",
            lambda: f"$filter({self.array(d)}, {self.unary(d)})",
            lambda: f"$zip({self.array(d)}, {self.array(d)})",
            lambda: f"$split({self.string(d)}, ',')",
            lambda: f"$split({self.string(d)}, {self.pattern()})",
            lambda: f"$match({self.string(d)}, {self.pattern()})",
            lambda: f"$keys({self.any(d)})", lambda: f"$spread({self.object(d)})",
            lambda: f"$each({self.object(d)}, function($v, $k) {{ $k }})",
            lambda: f"{self.array(0)}^({self.source.choice(['', '<', '>'])}$)",
            lambda: f"books^({self.source.choice(['', '<', '>'])}"
                    f"{self.source.choice(['price', 'title', 'by.name'])})",
            lambda: f"$single({self.array(d)}, {self.unary(d)})",
            lambda: self.bound(self.array, d),
        ])()

    def object(self, depth: int) -> str:
        if depth <= 0:
            return self.source.choice(["deep", "books[0]", "empty", "{'a': 1}"])
        d = depth - 1
        return self.source.choice([
            lambda: "{" + ", ".join(f"'k{i}': {self.any(d)}"
                                    for i in range(self.source.randint(0, 3))) + "}",
            lambda: f"$merge([{self.object(d)}, {self.object(d)}])",
            lambda: f"$sift({self.object(d)}, function($v, $k) {{ {self.boolean(0)} }})",
            lambda: f"books{{{self.source.choice(['title', 'by.name'])}: {self.any(0)}}}",
            lambda: f"{self.object(0)} ~> |$|{{'new': {self.any(0)}}}|",
            lambda: f"{self.object(0)} ~> |{self.source.choice(['by', 'a', '$', 'b'])}|"
                    f"{{'p': {self.any(0)}}}, ['tags']|",
        ])()

    def path(self, depth: int) -> str:
        steps = [self.source.choice(["books", "deep", "list", "mixed", "words", "$", "deep.a.b"])]
        for _ in range(self.source.randint(0, 3)):
            steps.append(self.step(depth))
        return "".join(steps)

    def step(self, depth: int) -> str:
        d = depth - 1
        inner = self.any(min(d, 1)) if d > 0 else self.leaf()
        return self.source.choice([
            lambda: "." + self.source.choice(
                ["price", "title", "tags", "by.name", "a", "b", "c", "d", "k", "by", "*", "**"]),
            lambda: f"[{self.source.randint(-3, 3)}]", lambda: f"[{inner}]",
            lambda: f"[{self.source.choice(['price > 8.7', 'c = 1', 'd', '$ > 1', 'tags'])}]",
            lambda: f".({inner})", lambda: f".{{'v': {inner}}}", lambda: f".[{inner}]",
            lambda: "[]", lambda: f"^(>{self.source.choice(['price', 'c', '$'])})",
            lambda: "#$i[$i > 0]", lambda: "@$b.$b.title", lambda: ".%", lambda: ".tags.%.title",
            lambda: ".$string()", lambda: f".$sum({inner})",
        ])()

    def special(self, depth: int) -> str:
        d = depth - 1
        return self.source.choice([
            lambda: self.leaf(),
            lambda: f"({self.any(d)} ?: {self.any(d)})",
            lambda: f"({self.any(d)} ?? {self.any(d)})",
            lambda: f"({self.boolean(d)} ? {self.any(d)})",
            lambda: f"({self.array(d)} ~> $map({self.unary(d)}))",
            lambda: f"({self.any(d)} ~> $string)", lambda: f"({self.array(d)} ~> $count)",
            lambda: "($f := function($n) { $n <= 1 ? 1 : $n * $f($n - 1) }; "
                    f"$f({self.source.randint(0, 9)}))",
            lambda: f"($g := $substring(?, 0, {self.source.randint(0, 4)}); $g({self.string(d)}))",
            lambda: f"($h := $uppercase ~> $trim; $h({self.string(d)}))",
            lambda: f"$lookup({self.any(d)}, '{self.source.choice(['a', 'title', 'by'])}')",
            lambda: f"$toMillis('{self.source.randint(1900, 2100)}-0{self.source.randint(1, 9)}"
                    f"-{self.source.randint(10, 31)}')",
            lambda: f"$eval('{self.number(0)} + 1')", lambda: f"$error({self.string(0)})",
            lambda: f"$assert({self.boolean(d)}, 'no')",
            lambda: f"function($p)<n-:n>{{ $p }}({self.any(d)})",
            lambda: self.bound(self.any, d),
        ])()

    def bound(self, inner, depth: int) -> str:
        """A block with a variable."""
        name = f"$v{len(self.variables)}"
        value = self.any(depth - 1) if depth > 0 else self.leaf()
        self.variables.append(name)
        text = f"({name} := {value}; {inner(depth)})"
        self.variables.pop()
        return text

    def unary(self, depth: int) -> str:
        return self.source.choice([
            "$string", "$count", "$boolean", "$type", "function($v) { $v }",
            "function($v, $i) { $i }", "function($v, $i, $a) { $count($a) + $i }",
            "function($v) { $v > 1 }", f"function($v) {{ {self.any(min(depth - 1, 1))} }}"])

    def order(self) -> str:
        return self.source.choice(["$l > $r", "$l < $r", "$string($l) > $string($r)", "true"])

    def pattern(self) -> str:
        return self.source.choice([
            "/a/", "/[a-z]+/", "/(\\w)(\\w)/", "/o|e/i", "/,\\s*/", "/^./", "/x*y/", "/\\d/",
            "/(?:t)(w?)/", "/[^a]$/", "/e(?=x)/", "/t{2,}?/"])

    def picture(self) -> str:
        return self.source.choice([
            "0", "#,##0.00", "00.0##", "0%", "#", "0.0e0", "(0);-0", "###,###", "0000", "#.#"])

    def integer_picture(self) -> str:
        return self.source.choice([
            "I", "i", "w", "W", "Ww", "1", "001", "A", "a", "#,##0", "1;o", "w;o"])

    def date(self) -> str:
        return self.source.choice([
            "[Y0001]-[M01]-[D01]", "[D1o] [MNn] [Y]", "[H01]:[m01]:[s01].[f001]", "[h]:[m01] [P]",
            "[FNn,3-3], [D] [MNn,3-3]", "[Y,2]", "[W] [w] [d]", "[X0001]-W[W01]-[F1]", "[YI]",
            "[Dwo] day", "[E]"])


def cases(seed: int, count: int) -> list[str]:
    """The expressions of a seed."""
    source = random.Random(seed)
    return [Grammar(source).any(source.randint(1, 4)) for _ in range(count)]


def ours(expressions: list[str], document: dict) -> list[tuple]:
    """What this engine makes of them."""
    program = os.environ.get("SFNCTL", str(ROOT / ".build" / "release" / "sfnctl"))
    lines = "".join(json.dumps({"id": place, "expr": text, "data": document,
                                "timelimit": 1000 * SECONDS}) + "\n"
                    for place, text in enumerate(expressions))
    done = subprocess.run([program, "eval", "--language", "jsonata", "--lines"], input=lines,
                          capture_output=True, text=True, check=True)
    found = []
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        if "error" in answer:
            found.append(("error", answer["error"]["code"], answer["error"]["message"]))
        elif answer.get("undefined"):
            found.append(("undefined",))
        else:
            found.append(("value", answer["result"]))
    assert len(found) == len(expressions), "an answer is missing"
    return found


PEER = """
import json, signal, sys
sys.setrecursionlimit(3000)
import jsonata
from jsonata import utils
class Late(Exception): pass
def late(*_): raise Late()
signal.signal(signal.SIGALRM, late)
document = json.loads(sys.argv[1])
for line in sys.stdin:
    text = json.loads(line)
    signal.alarm(int(sys.argv[2]))
    try:
        value = jsonata.Jsonata(text).evaluate(json.loads(json.dumps(document)))
        if callable(value) or isinstance(value, jsonata.Jsonata.JFunction): answer = ["function"]
        elif value is None: answer = ["undefined"]
        elif value is utils.Utils.NULL_VALUE: answer = ["value", None]
        else: answer = ["value", json.loads(json.dumps(utils.Utils.convert_nulls(value),
            default=lambda other: None if other is utils.Utils.NULL_VALUE else ""))]
    except jsonata.JException as error: answer = ["error", error.error, str(error)]
    except Late: answer = ["late"]
    except RecursionError: answer = ["recursion"]
    except Exception as error: answer = ["crash", type(error).__name__, str(error)]
    signal.alarm(0)
    try: print(json.dumps(answer, allow_nan=True), flush=True)
    except Exception as error:
        print(json.dumps(["crash", "unprintable", str(error)]), flush=True)
"""


def peer(expressions: list[str], scratch: pathlib.Path, document: dict) -> list[tuple]:
    """What jsonata-python makes of them."""
    target = scratch / "peer"
    if not (target / "jsonata").exists():
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(target),
                        PEER_VERSION], check=True, stdout=sys.stderr)
    text = "".join(json.dumps(expression) + "\n" for expression in expressions)
    done = subprocess.run([sys.executable, "-c", PEER, json.dumps(document), str(SECONDS)],
                          input=text, capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": str(target)})
    found = [tuple(json.loads(line)) for line in done.stdout.splitlines()]
    assert len(found) == len(expressions), "an answer of jsonata-python is missing"
    return found


def same(left, right) -> bool:
    """Whether two values are the same, numbers to 12 digits."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return math.isclose(left, right, rel_tol=1e-12, abs_tol=1e-12)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return type(left) is type(right) and left == right



# Outcomes of the peer that say nothing of the language, with why.
GIVEN_UP = {
    "crash": "the peer raises an exception of Python, where the reference has a value or a code",
    "late": "the peer takes longer than SECONDS",
    "recursion": "the peer builds a value that holds itself: its transforms do not copy",
    "function": "the value is a function, which the peer shows otherwise",
}

# What makes the two disagree, with why this engine's outcome is the right one, and how to write
# the expression without it: when both then agree, that was the cause.
CAUSES = {
    "null": (
        "the peer keeps JSON's null as Python's None, its own `no value`",
        lambda text: re.sub(r"\bnull\b", '"~"', text)),
    "callback arity": (
        "the peer passes index and array to built-in functions that take one argument; the "
        "reference passes as many as the function's arity",
        lambda text: re.sub(r"(, |\()\$(count|string|boolean|type)\)",
                            r"\1function($v) { $\2($v) })", text)),
    "remainder": (
        "Python's remainder has the divisor's sign, JavaScript's the dividend's",
        lambda text: text.replace(" % ", " * ")),
    "parseInteger": (
        "the peer raises for text that is no integer; the reference gives NaN, which JSON has not, "
        "and this engine no value",
        lambda text: text.replace("$parseInteger(", "($p := function($a, $b) { 7 }; $p)(")),
    "operand twice": (
        "`a ?: b` and `a ?? b` stand for a twice in the tree; peer and reference negate a literal "
        "and add a predicate in place, once for each; the documentation knows no such thing",
        lambda text: re.sub(r"-(\d+(?:\.\d+)?)", r"(0 - \1)",
                            re.sub(r"(?<=[\w\])$])\[-?\d+\]", "[0]",
                                   text.replace("#$i[$i > 0]", "")))),
    "inconsistent order": (
        "a comparison that is always true gives the order of the algorithm; this engine merges "
        "as the reference does",
        lambda text: text.replace("{ true }", "{ $string($l) > $string($r) }")),
    "formatNumber": (
        "the peer formats with rules of its own; the reference takes a digit behind the point for "
        "`#.#` (F&O 4.7.4) and rounds halves to even",
        lambda text: re.sub(r"'(0|#,##0.00|00.0##|0%|#|0.0e0|\(0\);-0|###,###|0000|#.#)'",
                            "'0.0########'", text)),
    "captures in split": (
        "the peer's $split puts what groups have captured between the parts",
        lambda text: text.replace("/(\\w)(\\w)/", "/\\w\\w/")
        .replace("/(?:t)(w?)/", "/tw?/")),
    "kept array": (
        "the peer forgets the `[]` behind `$` and behind steps",
        lambda text: text.replace("[]", "")),
    "escaped text": (
        "the peer's $string escapes what is not ASCII; the reference writes it out",
        lambda text: re.sub(r"\bt\b", "s", text).replace("$string($)", "s")),
    "equality": (
        "for Python 0 and false, 1 and true are equal",
        lambda text: text.replace(" in ", " = ").replace("$distinct(", "$reverse(")),
    "digits": (
        "the peer writes numbers with all their digits; the reference with 15",
        lambda text: re.sub(r"\$(sqrt|average|power)\(", "$count(", text).replace(" / ", " - ")),
}
ORDER_CODES = {"T2007", "T2008", "T2009", "T2010"}
PLAIN = json.loads(json.dumps(DOCUMENT).replace("null", '"~"').replace("\\u", "u"))


def agree(left: tuple, right: tuple) -> bool:
    """Whether two outcomes are the same."""
    if left[0] != right[0]:
        return False
    return same(left[1], right[1]) if left[0] == "value" else left[1:2] == right[1:2]


def verdict(text: str, left: tuple, right: tuple) -> str | None:
    """The class that the outcomes alone show."""
    if right[0] in GIVEN_UP:
        return right[0]
    if right[0] == "error" and not re.fullmatch("[STDU][0-9]{4}", right[1]):
        return "crash"
    if left[0] == right[0] == "error" and {left[1], right[1]} <= ORDER_CODES:
        return "which comparison of a sort comes first"
    if right[0] == "value" and same(plain(right[1]), plain(left[1] if len(left) > 1 else [])):
        return "empty sequences inside"
    return None


OTHERS = {
    "which comparison of a sort comes first": "sorting algorithms compare in orders of their own",
    "empty sequences inside": (
        "a function that gives an empty sequence gives no value; the peer keeps it as []"),
    "several causes": "both agree when the causes above are all written out of the expression",
}


def plain(value):
    """A value without empty arrays, nor arrays of one."""
    if isinstance(value, list):
        rest = [item for item in map(plain, value) if item != []]
        return rest[0] if len(rest) == 1 else rest
    if isinstance(value, dict):
        return {key: item for key, item in ((key, plain(item)) for key, item in value.items())
                if item != []}
    return value


def neutral(text: str, names) -> str:
    """The expression with some causes written out of it."""
    for name in names:
        text = CAUSES[name][1](text)
    return text


def classify(unknown: list[str], scratch: pathlib.Path) -> list[str | None]:
    """The class of each expression, found by writing the causes out of it one by one."""
    found: list[str | None] = [None] * len(unknown)
    for names in [[name] for name in CAUSES] + [list(CAUSES)]:
        places = [place for place, name in enumerate(found) if name is None]
        texts = [neutral(unknown[place], names) for place in places]
        answers = zip(places, ours(texts, PLAIN), peer(texts, scratch, PLAIN))
        for place, left, right in answers:
            if agree(left, right) or verdict(unknown[place], left, right):
                found[place] = names[0] if len(names) == 1 else "several causes"
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--show", metavar="CLASS", help="print the expressions of a class")
    options = parser.parse_args()
    expressions = cases(options.seed, options.count)
    with tempfile.TemporaryDirectory() as scratch:
        return compare(expressions, pathlib.Path(scratch), options.show)


def compare(expressions: list[str], scratch: pathlib.Path, show: str | None) -> int:
    """Prints how many agree and the classes of the others; the exit status."""
    classes = collections.defaultdict(list)
    rest = []
    for text, left, right in zip(expressions, ours(expressions, DOCUMENT),
                                 peer(expressions, scratch, DOCUMENT)):
        if agree(left, right):
            classes["agree"].append((text, left, right))
        elif name := verdict(text, left, right):
            classes[name].append((text, left, right))
        else:
            rest.append((text, left, right))
    for entry, name in zip(rest, classify([entry[0] for entry in rest], scratch)):
        classes[name or "UNEXPLAINED"].append(entry)
    reasons = {**GIVEN_UP, **{name: cause[0] for name, cause in CAUSES.items()}, **OTHERS}
    for name, entries in sorted(classes.items(), key=lambda item: -len(item[1])):
        print(f"{len(entries):7}  {name}: {reasons.get(name, '')}".rstrip(": "))
        for text, left, right in entries if name in ("UNEXPLAINED", show) else []:
            print(f"         {text}\n             ours {left[:2]}\n             peer {right[:3]}")
    return 1 if classes["UNEXPLAINED"] else 0


if __name__ == "__main__":
    sys.exit(main())
