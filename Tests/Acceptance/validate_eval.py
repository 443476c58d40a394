#!/usr/bin/env python3
"""`sfnctl validate` and `sfnctl eval` as a user has them. Prints `N passed, N failed`."""

import json
import os
import pathlib
import subprocess
import sys

from checks import Checks, empty_directory
from sfnctl_server import sfnctl

SHARED = pathlib.Path(os.environ.get(
    "STEPWELL_SHARED", pathlib.Path(__file__).resolve().parents[3] / "shared"))
check = Checks()


def run(*arguments: str, status: int = 0, text: str = "", cwd=None):
    """Runs sfnctl and expects an exit status; its standard output and error."""
    done = subprocess.run([sfnctl(), *arguments], input=text, capture_output=True, text=True,
                          cwd=cwd, timeout=120)
    assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout, done.stderr


def write(directory: pathlib.Path, name: str, text) -> str:
    path = directory / name
    path.write_text(text if isinstance(text, str) else json.dumps(text))
    return name


GOOD = {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 1, "End": True}}}


@check
def a_good_definition_is_valid(directory):
    out, err = run("validate", write(directory, "good.json", GOOD), cwd=directory)
    assert out == "good.json: valid\n" and err == "", out + err


@check
def every_problem_is_named_with_its_place_and_mend(directory):
    text = ('{\n  "StartAt": "A",\n  "States": {\n    "A": {"Type": "Pas", "End": true},\n'
            '    "B": {"Type": "Pass", "Next": "a"}}}\n')
    out, err = run("validate", write(directory, "bad.json", text), status=1, cwd=directory)
    lines = err.splitlines()
    assert out == "bad.json: 3 errors\n", out
    assert lines[0].startswith("bad.json:4:11: The field 'Type' should have one of these"), err
    assert "Did you mean 'Pass'?" in lines[0]
    assert lines[1].startswith("bad.json:5:27: Missing 'Next' target: a"), err
    assert "Did you mean 'A'?" in lines[1]
    assert lines[2].startswith('bad.json:5:5: State "B" is not reachable.'), err


@check
def several_files_in_one_json_document(directory):
    names = [write(directory, "good.json", GOOD), write(directory, "bad.json", {"StartAt": "A"}),
             write(directory, "no.json", "{")]
    out, _ = run("validate", *names, "--json", status=65, cwd=directory)
    files = json.loads(out)["files"]
    assert [file["file"] for file in files] == names
    assert [file["valid"] for file in files] == [True, False, False]
    problem = files[1]["problems"][0]
    assert problem["severity"] == "ERROR" and problem["code"] == "SCHEMA_VALIDATION_FAILED"
    assert (problem["pointer"], problem["location"]) == ("", "/")
    assert (problem["line"], problem["column"]) == (1, 1)
    assert problem["message"] == "These fields are required: [States]"
    assert files[2]["problems"][0]["code"] == "INVALID_JSON_DESCRIPTION"


@check
def what_cannot_be_read_is_bad_input(directory):
    _, err = run("validate", "absent.json", status=65, cwd=directory)
    assert err.startswith("absent.json: cannot be read"), err
    _, err = run("validate", write(directory, "bad.yaml", "a: [1\n"), status=65, cwd=directory)
    assert err.startswith("bad.yaml:2:1: not YAML"), err
    _, err = run("validate", write(directory, "bad.json", "{]"), status=65, cwd=directory)
    assert err.startswith("bad.json:1:2: "), err
    run("validate", status=64)
    run("validate", "a.json", "--substitute", "nothing", status=64)


@check
def placeholders_are_warnings_until_they_are_filled_in(directory):
    text = 'StartAt: A\nStates:\n  A:\n    Type: Wait\n    Seconds: ${Delay}\n    End: true\n'
    name = write(directory, "template.yaml", text)
    out, err = run("validate", name, cwd=directory)
    assert "template.yaml:5:5: warning: The placeholder '${Delay}' is not filled in" in err, err
    assert "--substitute Delay=VALUE" in err
    assert out == "template.yaml: 2 warnings\n", out
    out, err = run("validate", name, "--substitute", "Delay=30", cwd=directory)
    assert out == "template.yaml: valid\n" and err == "", out + err
    _, err = run("validate", name, "--substitute", "Delay=soon", status=1, cwd=directory)
    assert "template.yaml:5:5: Expected value of type Integer" in err, err


@check
def a_placeholder_may_stand_outside_of_strings_in_json(directory):
    text = '{"StartAt": "A", "States": {"A": {\n"Type": "Wait", "Seconds": ${Delay}, "Ned": true}}}'
    name = write(directory, "template.json", text)
    out, err = run("validate", name, status=1, cwd=directory)
    lines = err.splitlines()
    assert lines[0].startswith("template.json:2:17: warning: The placeholder '${Delay}'"), err
    assert any(line.startswith("template.json:2:38: Field 'Ned'") for line in lines), err
    _, err = run("validate", name, "--substitute", "Delay=1", status=1, cwd=directory)
    assert any(line.startswith("template.json:2:38: Field 'Ned'")
               for line in err.splitlines()), err
    name = write(directory, "good.json", text.replace('"Ned"', '"End"'))
    run("validate", name, "--substitute", "Delay=1", cwd=directory)
    run("run", name, "--substitute", "Delay=0", cwd=directory)


@check
def a_definition_in_yaml_runs(directory):
    text = ('StartAt: A\nStates:\n  A:\n    Type: Pass\n    End: true\n    Result:\n'
            '      n: ${N}\n      s: "${N}"\n')
    name = write(directory, "run.yaml", text)
    out, _ = run("run", name, "--substitute", "N=7", cwd=directory)
    assert json.loads(out) == {"n": 7, "s": "7"}, out


@check
def what_this_version_cannot_run_is_valid_with_a_warning(directory):
    machine = {"StartAt": "A", "QueryLanguage": "JSONata",
               "States": {"A": {"Type": "Pass", "Output": "{% 1 %}", "End": True}}}
    name = write(directory, "jsonata.json", machine)
    out, _ = run("validate", name, cwd=directory)
    assert out in ("jsonata.json: valid\n", "jsonata.json: 1 warning\n"), out


@check
def standard_input(directory):
    out, _ = run("validate", "-", text=json.dumps(GOOD))
    assert out == "standard input: valid\n", out


@check
def every_published_workflow_is_valid(directory):
    folder = SHARED / "conformance" / "workflows"
    if not folder.is_dir():
        return "STEPWELL_SHARED"
    names = sorted(str(path) for path in folder.iterdir())
    assert len(names) > 100
    out, _ = run("validate", *names, "--json")
    for file in json.loads(out)["files"]:
        for problem in file["problems"]:
            known = problem["code"] == "PLACEHOLDER"
            assert known or "Fill in the placeholder" in problem["hint"], (file["file"], problem)
    return None


@check
def a_path_has_its_value(directory):
    name = write(directory, "in.json", {"a": [{"b": 1}, {"b": "é"}]})
    out, _ = run("eval", "--language", "jsonpath", "$.a[*].b", "--input", name, cwd=directory)
    assert json.loads(out) == [1, "é"]
    out, _ = run("eval", "--language", "jsonpath", "$.a", "--input", "-", text='{"a": 1.0}')
    assert out == "1.0\n", out
    out, _ = run("eval", "--language", "jsonpath", "$$.Execution.Name", "--bindings",
                 '{"$": {"Execution": {"Name": "n"}}}')
    assert out == '"n"\n', out


@check
def an_intrinsic_has_its_value(directory):
    out, _ = run("eval", "--language", "intrinsic", "States.Format('{}!', $v)", "--bindings",
                 '{"v": 3}')
    assert out == '"3!"\n', out
    draws = {run("eval", "--language", "intrinsic", call)[0] for call in (
        "States.UUID()", "States.UUID()", "States.MathRandom(1, 9, 5)",
        "States.MathRandom(1, 9, 5)")}
    assert len(draws) == 3, draws


@check
def a_failure_says_why(directory):
    _, err = run("eval", "--language", "jsonpath", "$.b", status=1)
    assert err == "sfnctl: States.Runtime: No results for path: $['b']\n", err
    _, err = run("eval", "--language", "intrinsic", "States.ArrayGetItem($.a, 9)", "--input",
                 '{"a": [1]}', status=1)
    assert err.startswith("sfnctl: States.Runtime: "), err
    _, err = run("eval", "--language", "jsonpath", "$.é[", status=65)
    assert err.startswith("sfnctl: expression:1:5: "), err
    _, err = run("eval", "--language", "intrinsic", "$.a", status=65)
    assert "not a call of an intrinsic function" in err, err
    run("eval", "--language", "jsonpath", "$", "--bindings", "[]", status=65)
    run("eval", "--language", "jsonpath", status=64)
    run("eval", "--language", "cobol", "$", status=64)
    run("eval", "--language", "jsonpath", "$", "--lines", status=64)


@check
def expressions_come_from_files_and_outcomes_as_json(directory):
    with open(os.path.join(directory, "sum.jsonata"), "w") as file:
        file.write("$sum(a) +\n  $x\n")
    call = ["eval", "--language", "jsonata", "--input", '{"a": [1, 2]}', "--json"]
    out, _ = run(*call, "--file", "sum.jsonata", "--bindings", '{"x": 4}', cwd=directory)
    assert out == '{"result":7}\n', out
    out, _ = run(*call, "none")
    assert out == '{"undefined":true}\n', out
    out, _ = run(*call, "a + 'x'", status=1)
    error = json.loads(out)["error"]
    assert error["code"] == "T2001" and error["token"] == "+", out
    out, _ = run(*call, "1 +", status=65)
    assert json.loads(out)["error"]["code"] == "S0207", out
    run(*call, "a", "--file", "sum.jsonata", status=64)


@check
def halves_of_surrogate_pairs_are_printed_as_escapes(directory):
    call = ["eval", "--language", "jsonata"]
    out, _ = run(*call, "$split(x, '')[0]", "--input", '{"x": "\\ud83d\\ude00"}', cwd=directory)
    assert json.loads(out) == "\ud83d", out
    lines = json.dumps({"id": 1, "expr": "x & 'y'", "data": {"x": "\ud83d"}}) + "\n"
    out, _ = run(*call, "--lines", text=lines, cwd=directory)
    assert out == '{"id":1,"result":"\\ud83dy"}\n', out
    own = json.dumps({"id": 1, "expr": "x", "data": {"x": "\U0010F83D"}}, ensure_ascii=False)
    out, _ = run(*call, "--lines", text=own + "\n", cwd=directory)
    assert json.loads(out)["result"] == "\U0010F83D", out


@check
def lines_are_answered_in_order(directory):
    lines = [{"id": 1, "expr": "$.a", "data": {"a": [1]}}, "broken",
             {"id": "b", "expr": "$.b", "data": {}}, {"id": 2, "expr": "$.a[["}, {"id": 3},
             {"id": 4, "expr": "$v.w", "bindings": {"v": {"w": None}}}]
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    out, _ = run("eval", "--language", "jsonpath", "--lines", text=text)
    answers = [json.loads(line) for line in out.splitlines()]
    assert answers[0] == {"id": 1, "result": [1]}
    assert answers[1]["id"] is None and answers[1]["error"]["code"] == "MalformedLine"
    assert answers[2]["error"]["code"] == "States.Runtime"
    assert answers[3]["error"] == {**answers[3]["error"], "code": "SyntaxError", "position": 4}
    assert answers[4] == {"id": 3, "error": {
        "code": "MalformedLine", "message": "'expr' must be a string"}}
    assert answers[5] == {"id": 4, "result": None}


@check
def lines_with_wrong_members_are_refused(directory):
    lines = [b'{"id": 1, "expr": "1", "timelimit": "9"}', b'{"id": 2, "expr": "1", "depth": 1.5}',
             b'{"id": 3, "expr": "1", "dataUndefined": 1}', b'{"id": 4, "expr": "\xff"}',
             b'{"id": 5, "expr": "1", "timelimit": null, "depth": 2, "dataUndefined": true}\r',
             b'{"id": 6, "expr": "a", "data": {"a": "' + b"x" * 300_000 + b'"}}', b'{"id": 7']
    done = subprocess.run([sfnctl(), "eval", "--language", "jsonata", "--lines"],
                          input=b"\n".join(lines), capture_output=True, timeout=60, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(lines), answers
    for place, member in enumerate(["timelimit", "depth", "dataUndefined"]):
        assert answers[place]["id"] == place + 1, answers[place]
        assert answers[place]["error"]["code"] == "MalformedLine", answers[place]
        assert f"'{member}'" in answers[place]["error"]["message"], answers[place]
    assert answers[3]["error"]["code"] == "MalformedLine", answers[3]
    assert answers[4] == {"id": 5, "result": 1}, answers[4]
    assert len(answers[5]["result"]) == 300_000
    assert answers[6]["error"]["code"] == "MalformedLine", answers[6]


def main() -> int:
    return check.run(empty_directory)


if __name__ == "__main__":
    sys.exit(main())
