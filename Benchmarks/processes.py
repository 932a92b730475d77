"""Child processes and what they cost."""

import os
import subprocess
import time


class WrongResult(Exception):
    """A program did not give the result that it should."""


def measure(command, expects):
    """CPU and wall milliseconds of a command, whose output must be the line `expects` (or none)."""
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # The programs write one short line, which a pipe holds.
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    out, err = child.stdout.read().decode(), child.stderr.read().decode()
    child.stdout.close()
    child.stderr.close()
    if child.returncode != 0 or out.strip() != (expects or ""):
        name = os.path.basename(command[-1])
        raise WrongResult(f"{name}: status {child.returncode}, {out.strip()!r} {err.strip()}")
    return (usage.ru_utime + usage.ru_stime) * 1000, wall * 1000
