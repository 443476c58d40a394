#!/usr/bin/env python3
"""How long an invocation of a Lambda function takes that a server runs.

Usage: Tools/bench-functions.py [COUNT]

Each is a synchronous execution of one task (StartSyncExecution over HTTP, one client), so what is
printed holds the whole way from start to result; a Pass state in place of the task shows how much
of it is the way. SFNCTL names the program.
"""

import json
import pathlib
import statistics
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Tests" / "Acceptance"))

from process import ROLE, Process  # pylint: disable=wrong-import-position

CODE = "def echo(event, context):\n    return event\n"
ARN = "arn:aws:lambda:us-east-1:000000000000:function:echo"


def machines() -> dict:
    """The states that are compared, by name."""
    invoke = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
              "Parameters": {"FunctionName": "echo", "Payload.$": "$"}}
    return {"Pass": {"Type": "Pass"}, "function's ARN": {"Type": "Task", "Resource": ARN},
            "lambda:invoke": invoke}


def milliseconds(process: Process, arn: str) -> float:
    """One execution, start to result."""
    begin = time.perf_counter()
    found = process.call("StartSyncExecution", stateMachineArn=arn, input='{"a": 1}')
    taken = (time.perf_counter() - begin) * 1000
    assert found["status"] == "SUCCEEDED", found
    return taken


def main() -> None:
    """Runs each kind and prints its percentiles."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        # Beside the data: what changes in a function's directory has it started again.
        code = pathlib.Path(folder) / "code"
        code.mkdir()
        (code / "app.py").write_text(CODE)
        data = f"{folder}/data"
        with Process(data, "--function", f"echo={code}:app.echo") as process:
            for name, state in machines().items():
                definition = json.dumps({"StartAt": "S", "States": {"S": {**state, "End": True}}})
                arn = process.call(
                    "CreateStateMachine", name=name.replace("'", "").replace(" ", "-")
                    .replace(":", "-"), definition=definition, roleArn=ROLE,
                    type="EXPRESS")["stateMachineArn"]
                first = milliseconds(process, arn)
                taken = sorted(milliseconds(process, arn) for _ in range(count))
                print(f"{name:15} first {first:8.2f} ms, then p50 {statistics.median(taken):6.2f}, "
                      f"p90 {taken[count * 9 // 10]:6.2f}, p99 {taken[count * 99 // 100]:6.2f}")


if __name__ == "__main__":
    main()
