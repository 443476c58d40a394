"""Writes the seed corpora of Tools/fuzz: our own seeds and, where it is, the conformance data's.

Usage: fuzz-seeds.py CORPUS SHARED
"""

import hashlib
import json
import pathlib
import sys

LONGEST = 8192


def values(value):
    """Every value inside a JSON value, itself included."""
    yield value
    if isinstance(value, dict):
        for member in value.values():
            yield from values(member)
    elif isinstance(value, list):
        for item in value:
            yield from values(item)


def seeds(document):
    """Pairs of target and bytes that one JSON document gives."""
    for value in values(document):
        if isinstance(value, dict) and "StartAt" in value and "States" in value:
            text = json.dumps(value, separators=(",", ":"))
            yield "definition", text
            yield "execution", text + '\0{"a":[1,2]}'
        elif isinstance(value, dict) and isinstance(value.get("expr"), str):
            data = json.dumps(value["data"], separators=(",", ":")) if "data" in value else "null"
            yield "jsonata", value["expr"] + "\0" + data
        elif isinstance(value, str) and value.lstrip().startswith("$"):
            yield "jsonpath", value
        elif isinstance(value, str) and value.startswith("{%") and value.endswith("%}"):
            yield "jsonata", value[2:-2]
        elif isinstance(value, str) and "States." in value[:12]:
            yield "intrinsics", value


def main():
    corpus, shared = map(pathlib.Path, sys.argv[1:3])
    folders = [shared / "conformance" / name
               for name in ("cases", "workflows", "validator", "jsonata")]
    files = [file for folder in folders for file in sorted(folder.rglob("*.json"))]
    if not files:
        print("no conformance data (STEPWELL_SHARED): the seeds are our own alone")
    written = set()
    for file in files:
        try:
            document = json.loads(file.read_text())
        except ValueError:
            continue
        for target, text in seeds(document):
            data = text.encode("utf-8", "replace")
            name = corpus / target / hashlib.sha1(data).hexdigest()
            if len(data) > LONGEST or name in written:
                continue
            name.parent.mkdir(parents=True, exist_ok=True)
            name.write_bytes(data)
            written.add(name)
    print(f"{len(written)} seeds of {len(files)} files")


main()
