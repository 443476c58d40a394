"""The commands of sfnctl as `--experimental-dump-help` tells them, and their help's examples."""

import dataclasses
import json
import subprocess

from sfnctl_server import sfnctl


@dataclasses.dataclass
class Command:
    """One command: its words, and what its help says."""

    words: list[str]
    abstract: str
    discussion: str
    arguments: list[dict]
    subcommands: list[str]

    @property
    def name(self) -> str:
        """The command as it is typed."""
        return " ".join(self.words)

    def section(self, title: str) -> list[str]:
        """The lines of a section of the discussion, without their indentation."""
        lines: list[str] = []
        inside = False
        for line in self.discussion.split("\n"):
            if inside and not line.startswith("  "):
                break
            if inside:
                lines.append(line[2:])
            inside = inside or line == title
        return lines

    def examples(self) -> list[str]:
        """The command lines of the examples, continued ones joined."""
        joined = "\n".join(self.section("EXAMPLES")).replace("\\\n", " ")
        return [line.strip() for line in joined.split("\n") if line.strip()]

    def prose(self) -> list[str]:
        """The paragraphs of the discussion, each with its lines."""
        paragraphs: list[list[str]] = [[]]
        for line in self.discussion.split("\n"):
            if not line or line.startswith("  "):
                paragraphs.append([])
            else:
                paragraphs[-1].append(line)
        return [paragraph for paragraph in paragraphs if paragraph]


def commands() -> list[Command]:
    """Every command that the help shows, the root first."""
    dump = subprocess.run([sfnctl(), "--experimental-dump-help"], capture_output=True, text=True,
                          check=True).stdout
    found: list[Command] = []

    def visit(node: dict, words: list[str]) -> None:
        path = [*words, node["commandName"]]
        below = [each for each in node.get("subcommands") or []
                 if each["commandName"] != "help" and each.get("shouldDisplay", True)]
        found.append(Command(
            path, node.get("abstract", ""), node.get("discussion", ""),
            [each for each in node.get("arguments") or [] if each.get("shouldDisplay", True)],
            [each["commandName"] for each in below]))
        for each in below:
            visit(each, path)

    visit(json.loads(dump)["command"], [])
    return found
