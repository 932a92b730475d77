#!/usr/bin/env python3
"""Runs the conformance cases against any implementation of the batch protocol.

    conformance/run.py --command "lashc run --jsonl"

The case format, the protocol and the matching rules are in conformance/README.md.
Exit status: 0 every case passed, 1 a case failed, 2 wrong usage or a malformed case.
"""

import argparse
import json
import shlex
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent
BOUNDS = ("fuel", "memory", "depth")
STAGES = ("parse", "check", "runtime")


class Malformed(Exception):
    """A case file, a case or an answer that does not have the agreed form."""


# ---------------------------------------------------------------- reading cases


def decode(text, where):
    """One JSON payload; NaN and Infinity are no JSON."""

    def refuse(word):
        raise ValueError(f"{word} is not JSON")

    try:
        return json.loads(text, parse_constant=refuse)
    except ValueError as error:
        raise Malformed(f"{where}: {error}") from None


def parse_case(lines, path, number):
    """A case from its lines; the first is the `#! case` line, at line `number` of `path`."""
    case = {"file": path, "line": number, "mock": None, "expect": {}}
    expect = case["expect"]
    body = next((i for i, line in enumerate(lines) if not line.startswith("#! ")), len(lines))
    source = lines[body:]
    if source and source[-1] == "":
        source.pop()
    given = "\n".join(source) if source else None

    for offset, line in enumerate(lines[:body]):
        where = f"{path}:{number + offset}"
        name, _, payload = line[3:].partition(" ")
        payload = payload.strip()
        outcome = None
        if name == "case":
            case["id"] = payload
        elif name == "from":
            case["from"] = payload
        elif name in ("rule", "note"):
            case.setdefault(name, payload)
        elif name == "auto":
            case["auto"] = True
        elif name == "mock":
            case["mock"] = decode(payload, where)
        elif name == "mock-file":
            case["mock"] = decode((path.parent / payload).read_text("utf-8"), where)
        elif name == "bounds":
            case["bounds"] = decode(payload, where)
        elif name in ("source", "source-repeat"):
            if given is not None:
                raise Malformed(f"{where}: the case has two sources")
            value = decode(payload, where)
            given = value if name == "source" else "".join(text * n for text, n in value)
        elif name == "finish":
            outcome, expect["value"] = "finish", decode(payload, where)
        elif name == "fail":
            outcome, expect["value"] = "fail", decode(payload, where)
        elif name == "continued":
            outcome = "continued"
        elif name == "exhausted":
            outcome, expect["bound"] = "exhausted", payload
            if payload not in BOUNDS:
                raise Malformed(f"{where}: the bound is one of {', '.join(BOUNDS)}")
        elif name == "error":
            outcome = "error"
            expect.update(decode(payload or "{}", where))
        elif name in ("reports", "warns"):
            key = "errors" if name == "reports" else "warnings"
            expect.setdefault(key, []).append(decode(payload, where))
        elif name == "prints":
            expect["prints"] = decode(payload, where)
        elif name in ("calls", "events"):
            case[name] = decode(payload, where)
        else:
            raise Malformed(f"{where}: unknown directive `{name}`")
        if outcome and expect.setdefault("outcome", outcome) != outcome:
            raise Malformed(f"{where}: the case has two outcomes")

    if "outcome" not in expect:
        raise Malformed(f"{path}:{number}: the case names no outcome")
    if expect["outcome"] in ("finish", "continued"):
        expect.setdefault("prints", [])
    case["source"] = given or ""
    return case


def cases_of_file(path):
    """The cases of one `.lash` file; lines before the first case are for the reader."""
    lines = path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")
    starts = [i for i, line in enumerate(lines) if line.startswith("#! case ")]
    if not starts:
        raise Malformed(f"{path}: no case")
    ends = starts[1:] + [len(lines)]
    return [parse_case(lines[a:b], path, a + 1) for a, b in zip(starts, ends)]


def cases_of_jsonl(path):
    """The cases of a file in the shared form, one JSON object a line."""
    cases = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            case = decode(line, f"{path}:{number}")
            case.update(file=path, line=number)
            cases.append(case)
    return cases


def cases_of_examples(folder):
    """Programs NAME.lash with their NAME.expected.json and, if any, NAME.mock.json."""
    cases = []
    for path in sorted(folder.glob("*.lash")):
        expected, mock = (path.with_suffix(f".{part}.json") for part in ("expected", "mock"))
        case = {"id": f"examples/{path.stem}", "file": path, "line": 1, "mock": None}
        case["source"] = path.read_text("utf-8")
        case["expect"] = decode(expected.read_text("utf-8"), expected)
        if mock.exists():
            case["mock"] = decode(mock.read_text("utf-8"), mock)
        cases.append(case)
    return cases


def collect(paths, jsonl, examples=()):
    cases = []
    for folder in map(Path, examples):
        cases += cases_of_examples(folder)
    for path in map(Path, jsonl):
        cases += cases_of_jsonl(path)
    if not paths and not jsonl and not examples:
        paths = [HOME / "language"]
    for path in map(Path, paths):
        files = sorted(path.rglob("*.lash")) if path.is_dir() else [path]
        for file in files:
            cases += cases_of_file(file)
    seen = {}
    for case in cases:
        other = seen.setdefault(case["id"], case)
        if other is not case:
            raise Malformed(f"{case['file']}:{case['line']}: `{case['id']}` exists twice")
    return cases


# ------------------------------------------------------------------- running


def request(case):
    line = {"id": case["id"], "source": case["source"]}
    if case["mock"] is not None:
        line["mock"] = case["mock"]
    if case.get("auto"):
        line["auto"] = True
    line.update(case.get("bounds", {}))
    return json.dumps(line)


def run(command, cases, timeout):
    """Sends every case to one process of `command`; the answers by id."""
    given = "".join(request(case) + "\n" for case in cases)
    try:
        done = subprocess.run(
            shlex.split(command), input=given.encode(), stdout=subprocess.PIPE, timeout=timeout
        )
        output, end = done.stdout, f"exit status {done.returncode}"
    except subprocess.TimeoutExpired as stopped:
        output, end = stopped.stdout or b"", f"stopped after {timeout} s"
    except OSError as error:
        raise Malformed(f"cannot run `{command}`: {error}") from None
    answers = {}
    for number, line in enumerate(output.decode("utf-8", "replace").splitlines(), 1):
        try:
            answer = json.loads(line)
            answers[answer["id"]] = answer
        except (ValueError, TypeError, KeyError):
            end += f", answer {number} is unreadable"
    return answers, end


# ------------------------------------------------------------------- judging


def same(a, b):
    """Equality of JSON values: numbers by value, exactly within 64 bits; key order ignored."""
    work = [(a, b)]
    while work:
        a, b = work.pop()
        if isinstance(a, bool) or isinstance(b, bool) or a is None or b is None:
            if a is not b:
                return False
        elif isinstance(a, (int, float)) and isinstance(b, (int, float)):
            if number(a) != number(b):
                return False
        elif isinstance(a, list) and isinstance(b, list):
            if len(a) != len(b):
                return False
            work.extend(zip(a, b))
        elif isinstance(a, dict) and isinstance(b, dict):
            if a.keys() != b.keys():
                return False
            work.extend((a[key], b[key]) for key in a)
        elif a != b or type(a) is not type(b):
            return False
    return True


def number(value):
    inside = isinstance(value, float) or -(2**63) <= value < 2**63
    return value if inside else float(value)


def texts(diagnostic):
    """Everything that a reader of the diagnostic sees, in lower case."""
    found, work = [], [diagnostic.get(key) for key in ("code", "message", "notes", "hints", "hint")]
    work += [fix.get("title") for fix in diagnostic.get("fixes") or []]
    while work:
        item = work.pop()
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, list):
            work.extend(item)
        elif isinstance(item, dict):
            work.extend(item.get(key) for key in ("message", "text", "title"))
    return "\n".join(found).lower()


def line_of(diagnostic):
    return ((diagnostic.get("span") or {}).get("start") or {}).get("line")


def fits(diagnostic, wanted):
    return (
        ("stage" not in wanted or diagnostic.get("stage") == wanted["stage"])
        and ("line" not in wanted or line_of(diagnostic) == wanted["line"])
        and all(part.lower() in texts(diagnostic) for part in wanted.get("contains", []))
    )


def shape(items, keys):
    return [{key: item.get(key) for key in keys} for item in items or []]


def judge(case, answer):
    """None when the answer is right, else what is wrong with it."""
    expect = case["expect"]
    wanted, got = expect["outcome"], answer.get("outcome")
    diagnostics = answer.get("diagnostics") or []
    errors = [d for d in diagnostics if d.get("severity", "error") == "error"]
    warnings = [d for d in diagnostics if d.get("severity") == "warning"]
    allowed = [wanted]
    if wanted == "error" and "stage" not in expect:
        allowed.append("exhausted")
    if got not in allowed:
        return "another outcome"
    if "value" in expect and not same(expect["value"], answer.get("value")):
        return "another value"
    if wanted == "exhausted":
        bound = answer.get("bound") or "\n".join(map(texts, diagnostics))
        if expect["bound"] not in bound:
            return "another bound"
    if got == "error":
        place = {key: expect[key] for key in ("stage", "line") if key in expect}
        if not any(fits(d, place) for d in errors):
            return "no error at the stage and line"
    everything = "\n".join(map(texts, diagnostics))
    for part in expect.get("contains", []):
        if part.lower() not in everything:
            return f"no diagnostic contains {json.dumps(part, ensure_ascii=False)}"
    for wanted_error in expect.get("errors", []):
        if not any(fits(d, wanted_error) for d in errors):
            return f"no error fits {json.dumps(wanted_error, ensure_ascii=False)}"
    for warning in expect.get("warnings", []):
        if not any(fits(d, warning) for d in warnings):
            return f"no warning fits {json.dumps(warning, ensure_ascii=False)}"
    if "prints" in expect and not same(expect["prints"], answer.get("prints") or []):
        return "other prints"
    if "calls" in case:
        if not same(shape(case["calls"], ("op", "args")), shape(answer.get("calls"), ("op", "args"))):
            return "other calls"
    if "events" in case:
        keys = ("event", "value")
        if not same(shape(case["events"], keys), shape(answer.get("events"), keys)):
            return "other events"
    return None


# ----------------------------------------------------------------- reporting


def brief(value, limit=600):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= limit else text[:limit] + "…"


def expected(case):
    shown = dict(case["expect"])
    shown.update({key: case[key] for key in ("calls", "events") if key in case})
    return shown


def actual(answer):
    """The parts of an answer that a case can speak of."""
    shown = {key: answer[key] for key in ("outcome", "value", "prints") if key in answer}
    shown["calls"] = shape(answer.get("calls"), ("op", "args"))
    shown["events"] = answer.get("events") or []
    for entry in answer.get("diagnostics") or []:
        text = f"{entry.get('stage')} {entry.get('severity')} line {line_of(entry)}: "
        text += f"{entry.get('code')} {entry.get('message')}"
        shown.setdefault("diagnostics", []).append(text)
    return {key: value for key, value in shown.items() if value != []}


def known_cases(path):
    """The ids of the lines - `id`: reason; a list kept by one implementation for itself."""
    lines = path.read_text("utf-8").splitlines() if path else []
    return {line[3:].partition("`")[0] for line in lines if line.startswith("- `")}


def options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", nargs="*", help="case files or folders (default: language/)")
    parser.add_argument("--command", required=True, help='e.g. "lashc run --jsonl"')
    parser.add_argument("--jsonl", action="append", default=[], help="a file in the shared form")
    parser.add_argument("--examples", action="append", default=[], help="a folder of programs")
    parser.add_argument("--only", action="append", default=[], help="part of an id or a path")
    parser.add_argument("--skip", action="append", default=[], help="part of an id or a path")
    parser.add_argument("--known", type=Path, help="a KNOWN.md whose cases must disagree")
    parser.add_argument("--timeout", type=float, default=600, help="seconds for the whole batch")
    parser.add_argument("--json", action="store_true", help="print a JSON summary, nothing else")
    return parser.parse_args()


def main():
    option = options()

    def chosen(case):
        name = f"{case['id']} {case['file']}"
        return (not option.only or any(part in name for part in option.only)) and not any(
            part in name for part in option.skip
        )

    cases = [case for case in collect(option.paths, option.jsonl, option.examples) if chosen(case)]
    answers, end = run(option.command, cases, option.timeout)
    known = known_cases(option.known)
    failures, disagreeing = [], 0
    for case in cases:
        answer = answers.get(case["id"])
        problem = judge(case, answer) if answer else f"no answer ({end})"
        if case["id"] in known:
            disagreeing += bool(problem)
            problem = None if problem else "passes, although it is known to disagree"
        if problem:
            place = f"{case['file']}:{case['line']}"
            failures.append(
                {"id": case["id"], "at": place, "problem": problem, "expected": expected(case),
                 "actual": actual(answer or {})}
            )
    passed = len(cases) - len(failures) - disagreeing
    if option.json:
        summary = {"cases": len(cases), "passed": passed, "failed": len(failures)}
        summary["known"] = disagreeing
        print(json.dumps({**summary, "failures": failures}, ensure_ascii=False))
    else:
        for failure in failures:
            print(f"FAIL {failure['id']}: {failure['problem']}\n  at       {failure['at']}")
            print(f"  expected {brief(failure['expected'])}\n  actual   {brief(failure['actual'])}")
        more = f", {disagreeing} known to disagree" if disagreeing else ""
        print(f"{len(cases)} cases: {passed} passed, {len(failures)} failed{more}")
    return 1 if failures or not cases else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Malformed as problem:
        print(f"run.py: {problem}", file=sys.stderr)
        sys.exit(2)
    except OSError as problem:
        print(f"run.py: {problem}", file=sys.stderr)
        sys.exit(2)
