"""What the results depend on besides the programs: the machine and the versions."""

import datetime
import os
import platform
import subprocess
from pathlib import Path


def first_line(*command):
    try:
        answer = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent)
    except OSError:
        return "unknown"
    lines = (answer.stdout or answer.stderr).strip().splitlines()
    return lines[0] if lines and answer.returncode == 0 else "unknown"


def processor():
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def lines(arguments):
    """Facts as lines of text; no names of hosts, people or folders."""
    changes = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=no"],
        capture_output=True, text=True, cwd=Path(__file__).parent).stdout
    commit = first_line("git", "rev-parse", "--short", "HEAD")
    return [
        f"date: {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC",
        f"commit: {commit}{' with changes' if changes.strip() else ''}",
        f"processor: {processor()}, {os.cpu_count()} cores, {platform.machine()}, "
        f"load {os.getloadavg()[0]:.1f} at the start",
        f"system: {platform.system()} {platform.release().split('-')[0]}",
        f"Lua: {first_line(arguments.lua, '-v').split('  ')[0]}",
        f"Python: {platform.python_version()}",
        f"Swift: {first_line('swift', '--version')}",
    ]
