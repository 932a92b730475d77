#!/usr/bin/env python3
"""Runs the benchmarks and writes RESULTS.md. `make bench` builds what it needs and calls it.

Every program of `programs/` runs as a process of its own, once a round in each language, so that a
slow moment of the machine meets all of them. A time is the median of the user and system CPU time
over the rounds, less that of the empty program in the same language. Every program verifies its own
result; a wrong one ends with status 1, and so do missed targets under --strict.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import facts
import generate
import rows
from processes import WrongResult, measure

FOLDER = Path(__file__).resolve().parent
PROGRAMS = FOLDER / "programs"
BOUNDS = ["--fuel", "1000000000000", "--memory", "2000000000"]


def languages(arguments):
    """How each language runs a file: suffix to command."""
    return {
        "lash": [arguments.lashc, "run", *BOUNDS],
        "lua": [arguments.lua],
        "py": [sys.executable],
    }


def programs(only):
    """The names of the programs, without the empty one."""
    names = [name for name in rows.PROGRAMS if not only or name in only]
    unknown = set(only or []) - set(rows.PROGRAMS)
    if unknown:
        sys.exit(f"bench: no program {', '.join(sorted(unknown))}; there are {', '.join(rows.PROGRAMS)}")
    return names


def interleaved(arguments, names):
    """CPU milliseconds of all rounds by (program, language), and wall time of the empty program."""
    times, walls = {}, {}
    commands = languages(arguments)
    for number in range(arguments.runs):
        for name in ["empty", *names]:
            for suffix, command in commands.items():
                file = PROGRAMS / f"{name}.{suffix}"
                if not file.exists():
                    continue
                # The empty program is short and is subtracted everywhere: it is worth more runs.
                for _ in range(5 if name == "empty" else 1):
                    cpu, wall = measure([*command, str(file)], expects=None if name == "empty" else "ok")
                    times.setdefault((name, suffix), []).append(cpu)
                    walls.setdefault((name, suffix), []).append(wall)
        print(f"round {number + 1} of {arguments.runs}", file=sys.stderr)
    return times, walls


def compilation(arguments):
    """What `lashc bench` says of a generated program of 2,000 lines."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "generated.lash"
        file.write_text(generate.program(lines=2000, seed=1))
        command = [arguments.lashc, "bench", str(file), *BOUNDS, "--auto-mock", "--json", "--runs", "50"]
        answer = subprocess.run(command, capture_output=True, text=True)
        if answer.returncode != 0:
            raise WrongResult(f"the generated program does not run: {answer.stderr or answer.stdout}")
        return json.loads(answer.stdout)


def inside(arguments):
    """The rows of the benchmarks in Swift, by key; memory is measured in fresh processes."""
    found = {}
    groups = "calls driver snapshots lazy memory-empty memory-range memory-push".split()
    for group in groups if arguments.inprocess else []:
        answer = subprocess.run(
            [arguments.inprocess, group], stdout=subprocess.PIPE, text=True, timeout=600)
        if answer.returncode != 0:
            raise WrongResult(f"the benchmarks in Swift: status {answer.returncode} from {group}")
        for line in map(json.loads, answer.stdout.splitlines()):
            found[line["key"]] = line["value"]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument(
        "--lashc", default=str(FOLDER.parent / ".build/release/lashc"), help="its release build")
    parser.add_argument("--inprocess", help="the release build of the benchmarks in Swift, lash-bench")
    parser.add_argument("--lua", default="lua5.4")
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="rounds")
    parser.add_argument(
        "--only", action="append", metavar="NAME", help="this program only; RESULTS.md stays as it is")
    parser.add_argument("--strict", action="store_true", help="missed targets are a failure")
    arguments = parser.parse_args()

    begun = facts.lines(arguments)
    try:
        names = programs(arguments.only)
        times, walls = interleaved(arguments, names if arguments.only else [*names, "coroutine"])
        table = rows.compute(times, names)
        further = []
        if not arguments.only:
            further = rows.further(times, walls, compilation(arguments), inside(arguments))
    except WrongResult as wrong:
        print(f"bench: {wrong}", file=sys.stderr)
        return 1
    text = rows.document(table, further, begun, arguments.runs)
    print(text)
    if not arguments.only:
        (FOLDER / "RESULTS.md").write_text(text)
    missed = [row.name for row in table + further if row.met is False]
    return 1 if missed and arguments.strict else 0


if __name__ == "__main__":
    sys.exit(main())
