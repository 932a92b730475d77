"""The rows of the table, and their targets."""

import math
from dataclasses import dataclass
from statistics import median

PROGRAMS = {
    "for_sum": "sum, counted loop",
    "while_sum": "sum, `while`",
    "nested_loops": "nested loops",
    "fib": "fib, `fn`",
    "sieve": "sieve",
    "mandelbrot": "mandelbrot",
    "word_frequency": "word frequency",
    "comprehension": "comprehension with filter",
    "path_update": "nested path update",
    "record_building": "record building",
    "list_push": "list push",
    "string_append": "string append",
    "string_join": "string join",
    "sort_numbers": "sort numbers",
    "sort_strings": "sort strings",
    "sort_records": "sort records",
    "json_parse": "JSON parse, 10 × 1 MB",
    "json_print": "JSON print, 10 × 1 MB",
}
SINGLE = 1.1
STRICTER = dict.fromkeys(["word_frequency", "sort_numbers", "sort_strings", "sort_records"], 0.8)
MEAN = 0.75

# Rows measured inside one process: key, name, unit, target (at most). A row whose value is missing
# is shown as not measured.
INSIDE = [
    ("driver_call_us", "100,000 host calls through the driver, each", "µs", 1),
    ("driver_fan_out_ms", "fan-out of 1,000 through the driver", "ms", 3),
    ("snapshot_small_us", "snapshot + restore, small suspended program", "µs", 10),
    ("snapshot_small_bytes", "snapshot of it", "bytes", 1024),
    ("snapshot_records_ms", "snapshot + restore, 100,000 small records", "ms", 15),
    ("lazy_first_ratio", "one field of a 10 MB JSON result, lazily / full decode", "", 0.1),
    ("lazy_second_ratio", "a second field / full decode", "", 0.001),
    ("memory_range_mb", "peak memory, list of 1,000,000 numbers, `range`", "MB", 10),
    ("memory_push_mb", "the same, built by `push`", "MB", 10),
]


@dataclass
class Row:
    name: str
    cells: list
    target: str
    met: bool | None

    @property
    def verdict(self):
        return {True: "met", False: "**missed**", None: ""}[self.met]


def net(times, name, suffix):
    """Median milliseconds of a program less those of the empty one, `None` without a program."""
    if (name, suffix) not in times:
        return None
    return max(0.001, median(times[name, suffix]) - median(times["empty", suffix]))


def compute(times, names):
    """The rows of programs, and the geometric mean of those that Lua has too."""
    table, ratios = [], []
    for name in names:
        lash, lua, py = (net(times, name, suffix) for suffix in ("lash", "lua", "py"))
        to_lua = lash / lua if lua else None
        target = STRICTER.get(name, SINGLE) if lua else None
        if to_lua:
            ratios.append(to_lua)
        table.append(
            Row(
                PROGRAMS[name],
                [number(lash, 1), number(lua, 1), number(py, 1), number(to_lua, 2), number(lash / py, 2)],
                f"≤ {target}" if target else "",
                to_lua <= target if target else None,
            ))
    if len(ratios) > 1:
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        cells = ["", "", "", f"**{mean:.2f}**", ""]
        table.append(Row("**geometric mean**", cells, f"≤ {MEAN}", mean <= MEAN))
    return table


def further(times, walls, compiled, inside):
    """The rows that are no ratio of programs."""
    table = []

    def add(name, value, unit, target, note=""):
        shown = "not measured" if value is None else f"{number(value, 3)} {unit}".strip()
        limit = f"≤ {number(target, 3)} {unit}".strip()
        table.append(Row(name, [shown + note], limit, None if value is None else value <= target))

    lash, lua = (median(times["empty", suffix]) for suffix in ("lash", "lua"))
    wall = f" (Lua {number(lua, 3)} ms; wall {number(median(walls['empty', 'lash']), 3)}"
    wall += f" and {number(median(walls['empty', 'lua']), 3)} ms)"
    add("`lashc run` of an empty program, process", lash, "ms", 1.5 * lua + 3, wall)

    stages = compiled["compile_ns"]
    parts = ", ".join(
        f"{stage} {stages[stage]['median'] / 1e6:.2f}" for stage in ("parse", "check", "codegen"))
    add("compile 2,000 lines", stages["total"]["median"] / 1e6, "ms", 6, f" ({parts})")
    add("of that, checking", stages["check"]["median"] / 1e6, "ms", 3)

    calls, coroutine = inside.get("suspend_resume_ns"), net(times, "coroutine", "lua")
    note, ratio = "", None
    if calls and coroutine:
        ratio = calls / coroutine  # milliseconds of a million are nanoseconds of one
        note = f" ({calls:.1f} and {coroutine:.1f} ns; {inside['suspend_request_resume_ns']:.1f} ns"
        note += " with the request read as host values)"
    add("host call, suspend + resume / Lua coroutine", ratio, "", 0.25, note)
    if "memory_empty_kb" in inside:
        for how in ("range", "push"):
            over = inside[f"memory_{how}_kb"] - inside["memory_empty_kb"]
            inside[f"memory_{how}_mb"] = over * 1024 / 1e6
    for key, name, unit, target in INSIDE:
        add(name, inside.get(key), unit, target)
    return table


def number(value, digits):
    """A number with so many decimals, without ending zeros if 3; a dash for `None`."""
    if value is None:
        return "–"
    if 0 < value < 0.001:
        return f"{value:.6f}"
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if digits == 3 else text


def markdown(header, table):
    lines = ["| " + " | ".join(header) + " |", "|---|" + "---:|" * (len(header) - 2) + "---|"]
    lines += ["| " + " | ".join([row.name, *row.cells, row.target, row.verdict]) + " |" for row in table]
    return "\n".join(lines)


def document(table, rest, begun, runs):
    """RESULTS.md."""
    parts = [
        "# Benchmark results",
        "Written by `make bench`.",
        "\n".join(f"- {line}" for line in begun),
        "## Programs",
        f"CPU time (user + system) in milliseconds: the median of {runs} rounds, in each of which every "
        "program runs once in every language as a process of its own, less the median of the empty "
        "program in the same language.",
        markdown(["program", "lash", "Lua", "Python", "lash / Lua", "lash / Python", "target", ""], table),
    ]
    if rest:
        parts += ["## Further", markdown(["what", "measured", "target", ""], rest)]
    return "\n\n".join(parts) + "\n"
