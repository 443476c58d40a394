#!/usr/bin/env python3
"""A package that embeds Stepwell without traits gets no HTTP stack.

A small client that depends on this package with `traits: []` is resolved and must not know
swift-nio, which the same client with the default traits must (so that the check can fail). With
STEPWELL_LONG=true the client, which is the program in the README, is built and run too. Prints
`N passed, N failed`.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]

MANIFEST = """// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "client",
    dependencies: [.package(name: "stepwell", path: "{root}"{traits})],
    targets: [
        .executableTarget(
            name: "client", dependencies: [.product(name: "Stepwell", package: "stepwell")])
    ]
)
"""


def readme_program() -> str:
    """The program in the README: the block of Swift that has a main function."""
    blocks = (ROOT / "README.md").read_text().split("```swift\n")[1:]
    programs = [block.split("```")[0] for block in blocks if "@main" in block.split("```")[0]]
    if len(programs) != 1:
        raise RuntimeError("README.md holds not one Swift program")
    return programs[0]


def client(folder: pathlib.Path, traits: str) -> pathlib.Path:
    """Writes the client package, with the text of its `traits` argument."""
    sources = folder / "Sources" / "client"
    sources.mkdir(parents=True)
    (folder / "Package.swift").write_text(MANIFEST.format(root=ROOT, traits=traits))
    (sources / "Client.swift").write_text(readme_program())
    return folder


def swift(folder: pathlib.Path, *arguments: str) -> str:
    """Runs a swift command in the folder; its standard output."""
    command = ["swift", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=1500)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def identities(node: dict) -> set[str]:
    """The identities of all packages below a node of `show-dependencies --format json`."""
    found = set()
    for child in node["dependencies"]:
        found |= {child["identity"]} | identities(child)
    return found


def resolved(folder: pathlib.Path) -> set[str]:
    """The packages that the client resolves."""
    text = swift(folder, "package", "show-dependencies", "--format", "json")
    return identities(json.loads(text[text.index("{"):]))


def main() -> int:
    passed = failed = 0

    def check(what: str, holds: bool) -> None:
        nonlocal passed, failed
        passed, failed = passed + holds, failed + (not holds)
        print(f"{'ok  ' if holds else 'FAIL'} {what}", flush=True)

    with tempfile.TemporaryDirectory() as scratch:
        embedded = client(pathlib.Path(scratch) / "embedded", ", traits: []")
        packages = resolved(embedded)
        check(f"traits: [] resolves {len(packages)} packages, no swift-nio among them",
              "swift-log" in packages and "swift-nio" not in packages)
        pins = json.loads((embedded / "Package.resolved").read_text())["pins"]
        check("Package.resolved pins no swift-nio",
              all(pin["identity"] != "swift-nio" for pin in pins))
        packages = resolved(client(pathlib.Path(scratch) / "default", ""))
        check("the default traits resolve swift-nio", "swift-nio" in packages)
        if os.environ.get("STEPWELL_LONG") == "true":
            for run in ("builds and runs", "finds its order when it runs again"):
                output = swift(embedded, "run", "--scratch-path", str(ROOT / ".build-embedded"))
                check(f"the program in the README {run}", "charged: 4200" in output)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
