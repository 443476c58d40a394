#!/usr/bin/env python3
"""Writes Sources/StepwellEngine/TestState/Shapes from the service models that botocore brings.

    python3 Tools/mock-shapes/generate.py

What the answers of each action look like, no more: names of fields, their types, which are
required, the bounds of numbers and the values of enumerations. An entry of the table is

    @Action=Shape                     an action and the shape of its answer
    Shape{Field:T,Field!:T}           a structure; ! marks a required field

entries being parted by semicolons. A type T is S (string), B (boolean), N or N[low..high]
(number), <A|B> (enumeration), [T] (list), (T) (map), * (anything) or #Shape (structure).
"""

import gzip
import json
import pathlib

import botocore

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = ROOT / "Sources" / "StepwellEngine" / "TestState" / "Shapes"
# The services by the names that a Resource has them under, with botocore's.
SERVICES = {
    "dynamodb": "dynamodb",
    "events": "events",
    "kms": "kms",
    "lambda": "lambda",
    "s3": "s3",
    "secretsmanager": "secretsmanager",
    "sfn": "stepfunctions",
    "sns": "sns",
    "sqs": "sqs",
}
INDENT = 8
# What Step Functions is recorded to hold a number against, where botocore's model has moved on.
RECORDED = {"MemorySize": (128, 10240)}


def cased(name: str) -> str:
    """A field as Step Functions shows it: with a capital."""
    return name[:1].upper() + name[1:]


class Table:
    """The shapes that the answers of one service need."""

    def __init__(self, model: dict) -> None:
        self.shapes = model["shapes"]
        self.lines: list[str] = []
        self.seen: dict[str, str] = {}
        for name, operation in sorted(model["operations"].items()):
            if "output" in operation:
                self.lines.append(f"@{name}={self.type(operation['output']['shape'])[1:]}")

    def type(self, name: str) -> str:
        """A shape's type, its structures being noted on the way."""
        shape = self.shapes[name]
        kind = shape["type"]
        if shape.get("document"):
            return "*"
        if kind == "structure":
            if name not in self.seen:
                short = f"{len(self.seen):x}"
                self.seen[name] = short
                required = set(shape.get("required", ()))
                fields = ",".join(
                    f"{cased(field)}{'!' if field in required else ''}:{self.type(member['shape'])}"
                    for field, member in shape["members"].items()
                )
                self.lines.append(f"{short}{{{fields}}}")
            return f"#{self.seen[name]}"
        if kind == "list":
            return f"[{self.type(shape['member']['shape'])}]"
        if kind == "map":
            return f"({self.type(shape['value']['shape'])})"
        if kind == "boolean":
            return "B"
        if kind in ("integer", "long", "float", "double"):
            low, high = RECORDED.get(name, (shape.get("min"), shape.get("max")))
            if low is None and high is None:
                return "N"
            return f"N[{'' if low is None else low}..{'' if high is None else high}]"
        values = shape.get("enum")
        return f"<{'|'.join(values)}>" if values else "S"


def swift(service: str, table: Table) -> str:
    """The table as a Swift file."""
    text = ";".join(table.lines)
    width = 100 - INDENT - 2
    lines = [text[at : at + width] for at in range(0, len(text), width)]
    body = "\\#\n".join(" " * INDENT + line for line in lines)
    return (
        "// Written by Tools/mock-shapes/generate.py.\n\n"
        "extension MockShapes {\n"
        f"    /// The answers of `{service}`.\n"
        f"    static let {service} = #\"\"\"\n{body}\n        \"\"\"#\n}}\n"
    )


def main() -> None:
    data = pathlib.Path(botocore.__file__).parent / "data"
    TARGET.mkdir(parents=True, exist_ok=True)
    for service, folder in SERVICES.items():
        newest = sorted((data / folder).iterdir())[-1]
        model = json.loads(gzip.open(newest / "service-2.json.gz").read())
        text = swift(service, Table(model))
        name = service[:1].upper() + service[1:]
        (TARGET / f"MockShapes+{name}.swift").write_text(text)


if __name__ == "__main__":
    main()
