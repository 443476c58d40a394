#!/usr/bin/env python3
"""`sfnctl watch` on a terminal, as tmux has it. Prints `N passed, N failed`."""

import json
import os
import pathlib
import shlex
import subprocess
import sys
import time

from checks import Checks, empty_directory
from process import PASS, Process, wait
from sfnctl_server import sfnctl

check = Checks()
STEPS = json.dumps({"StartAt": "First", "States": {
    "First": {"Type": "Pass", "Next": "Rest"},
    "Rest": {"Type": "Wait", "Seconds": 600, "Next": "Last"},
    "Last": {"Type": "Pass", "End": True}}})


class Terminal:
    """A terminal of tmux in which one command runs; a context manager."""

    def __init__(self, folder: pathlib.Path, *command: str, columns: int = 100, lines: int = 24):
        self.socket = str(folder / "tmux")
        environment = {**os.environ, "AWS_ACCESS_KEY_ID": "local",
                       "AWS_SECRET_ACCESS_KEY": "local", "AWS_DEFAULT_REGION": "us-east-1",
                       "HOME": str(folder)}
        # The shell outlives Ctrl-C, to say how the command ended.
        line = f'trap : INT; {shlex.join(command)}; echo "status $?"; exec sleep 60'
        subprocess.run(
            ["tmux", "-S", self.socket, "-f", "/dev/null", "new-session", "-d", "-x",
             str(columns), "-y", str(lines), "sh", "-c", line],
            env=environment, cwd=folder, check=True, timeout=20)

    def tmux(self, *arguments: str) -> str:
        """A command to tmux."""
        return subprocess.run(["tmux", "-S", self.socket, *arguments], capture_output=True,
                              text=True, check=True, timeout=20).stdout

    def screen(self) -> list[str]:
        """The lines that are to be seen."""
        return self.tmux("capture-pane", "-p").split("\n")

    def press(self, *keys: str) -> None:
        """Presses keys."""
        self.tmux("send-keys", *keys)

    def see(self, *texts: str) -> list[str]:
        """Waits until all texts are to be seen."""
        deadline = time.monotonic() + 20
        while not all(text in "\n".join(shown := self.screen()) for text in texts):
            assert time.monotonic() < deadline, "\n".join([str(texts), *shown])
            time.sleep(0.05)
        return shown

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_) -> None:
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], capture_output=True,
                       check=False, timeout=20)


def watching(folder: pathlib.Path, server: Process, *arguments: str, **size: int) -> Terminal:
    """A terminal with `sfnctl watch` on a server."""
    return Terminal(folder, sfnctl(), "watch", *arguments, "--interval", "0.2", "--endpoint",
                    f"http://127.0.0.1:{server.port}", **size)


@check
def the_whole_engine(folder):
    with Process(str(folder / "data")) as server:
        quick = server.machine("quick", PASS)
        slow = server.machine("slow", wait(600))
        for number in range(30):
            server.call("StartExecution", stateMachineArn=quick, name=f"q-{number}")
        server.call("StartExecution", stateMachineArn=slow, name="s-1")
        with watching(folder, server) as terminal:
            shown = terminal.see("2 state machines", "1 running", "slow:s-1", "started 0.0/s",
                                 "q quit")
            assert shown[0].startswith("sfnctl watch  http://127.0.0.1:"), shown
            assert shown[3].split() == ["STATUS", "STARTED", "LASTED", "EXECUTION"], shown
            assert shown[4].startswith(">  RUNNING"), shown
            # What happens is seen.
            server.call("StartExecution", stateMachineArn=slow, name="s-2")
            terminal.see("2 running", "slow:s-2")
            # The list goes up and down, and further than the screen.
            terminal.press(*["Down"] * 31)
            terminal.see(">  SUCCEEDED  20", "quick:q-0")
            terminal.press(*["Up"] * 31)
            shown = terminal.see("slow:s-2")
            # Enter opens the selected one, escape goes back.
            terminal.press("Enter")
            terminal.see("slow:s-2  RUNNING", "WaitStateEntered  W")
            terminal.press("Escape")
            terminal.see("2 state machines")
            # Another size is taken at once, and nothing is longer than it.
            terminal.tmux("resize-window", "-x", "60", "-y", "12")
            shown = terminal.see("2 state machines", "q quit")
            assert len(shown) <= 13 and max(map(len, shown)) <= 60, shown
            terminal.press("q")
            terminal.see("status 0")
            assert not any("state machines" in line for line in terminal.screen())


@check
def one_execution(folder):
    with Process(str(folder / "data")) as server:
        machine = server.machine("steps", STEPS)
        run = server.call("StartExecution", stateMachineArn=machine, name="one")["executionArn"]
        with watching(folder, server, "steps:one") as terminal:
            shown = terminal.see("steps:one  RUNNING", "running for", "PassStateExited  First",
                                 "WaitStateEntered  Rest", "WAITS FOR", "Rest  timer  until")
            rows = [line.split() for line in shown[4:7]]
            assert any("First" in row and "succeeded" in row for row in rows), shown
            assert any("Rest" in row and "running" in row for row in rows), shown
            server.call("StopExecution", executionArn=run, error="Enough", cause="of it")
            terminal.see("steps:one  ABORTED", "Enough: of it", "ExecutionAborted", "lasted")
            terminal.press("C-c")
            terminal.see("status 130")


@check
def a_server_that_goes_away_is_told(folder):
    server = Process(str(folder / "data"))
    with server:
        server.machine("steps", STEPS)
        with watching(folder, server, columns=200) as terminal:
            terminal.see("1 state machines")
            server.stop()
            terminal.see("1 state machines", "no server can be reached")
            server.start()
            terminal.see("q quit")
            terminal.press("q")
            terminal.see("status 0")


@check
def without_a_terminal_it_is_text(folder):
    with Process(str(folder / "data")) as server:
        machine = server.machine("quick", PASS)
        server.call("StartExecution", stateMachineArn=machine, name="one")
        for arguments, word in ((["quick:one"], "ExecutionSucceeded"), ([], "quick:one")):
            done = subprocess.run(
                [sfnctl(), "watch", *arguments, "--endpoint", f"http://127.0.0.1:{server.port}"],
                capture_output=True, text=True, timeout=30, check=False,
                env={**os.environ, "AWS_ACCESS_KEY_ID": "local",
                     "AWS_SECRET_ACCESS_KEY": "local"})
            assert done.returncode == 0 and word in done.stdout, done
            assert "\x1b" not in done.stdout, done


if __name__ == "__main__":
    sys.exit(check.run(empty_directory))
