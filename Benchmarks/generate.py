#!/usr/bin/env python3
"""Generates a long, realistic program: types, functions, records, loops, calls, host operations.

It uses Python's own generator of random numbers, which gives the same for a seed in every version.
"""

import random
import sys

NOUNS = "order user ticket page report invoice item event message repo task metric".split()
FIELDS = "count total score size weight price rank age level delta".split()
MODULES = "web.search files.read mail.list db.query calendar.find".split()


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.number = 0
        self.types = []
        self.functions = []
        self.lists = []

    def pick(self, among):
        return among[int(self.random.random() * len(among))]

    def fresh(self, noun):
        self.number += 1
        return f"{noun}_{self.number}"

    def write(self, text):
        self.lines += text.strip("\n").split("\n")

    def declare(self):
        name = f"{self.pick(NOUNS).title()}{len(self.types) + 1}"
        a, b = self.random.sample(FIELDS, 2)
        self.types.append((name, a, b))
        self.write(f"type {name} = {{ id: int, name: str, {a}: float, {b}: float?, tags: list[str] }}")

    def function(self):
        (kind, a, _), name = self.pick(self.types), self.fresh("sum")
        limit = int(self.random.random() * 50)
        helper = f"{self.pick(self.functions)}(rows, limit + 1)" if self.functions else "0"
        self.write(f"""
# Sums `{a}` of the rows below a limit; large ones count once.
fn {name}(rows: list[{kind if not self.functions else "any"}], limit: int) -> float {{
  total = 0
  for row in rows {{
    if row.id % 7 == {limit % 7} and row.{a} > limit * 1.5 {{
      total += min([row.{a}, {limit}]) + len(row.tags)
    }} else if starts_with(row.name, "x") {{
      total -= floor_div(row.id, 2)
    }} else {{
      continue
    }}
  }}
  limit > {limit} ? total : total + {helper}
}}
""")
        self.functions.append(name)

    def rows(self):
        (_, a, b), noun = self.pick(self.types), self.pick(NOUNS)
        name, step = self.fresh(noun + "s"), int(self.random.random() * 9) + 1
        others = " ".join(f"{field}: i," for field in FIELDS if field not in (a, b))
        self.lists.append(name)
        self.write(f"""
{name} = [
  {{id: i, name: f"{noun} {{i}}", {a}: i * {step}.5, {b}: i % {step + 1}, {others} tags: ["{noun}", "new"]}}
  for i in range({step + 2}) if i != {step}
]
""")

    def ask(self):
        path, answer = self.pick(MODULES), self.fresh("answer")
        field = self.pick(FIELDS)
        self.write(f"""
{answer} = await {path}({{query: "{field} of {self.pick(NOUNS)}", limit: {self.number}, rows: {self.pick(self.lists)}}})
if {answer}.ok {{
  state.asked += 1
  state.by["{field}"] = (state.by["{field}"] ?? 0) + len({answer}.value.rows)
}} else {{
  state.problems = push(state.problems, f"{path}: {{{answer}.error}}")
}}
""")

    def work(self):
        rows, field = self.pick(self.lists), self.pick(FIELDS)
        best, row = self.fresh("best"), self.fresh("row")
        self.write(f"""
{best} = sort_by([r for r in {rows} if r.{field} >= {self.number % 5}], "{field}", "desc")
for {row} in {best} {{
  # Names are compared without case.
  key = lower({row}.name) + ":" + to_string({row}.{field})
  if key in state.seen {{ continue }}
  state.seen[key] = {{first: {row}.id, {field}: {row}.{field} / 2}}
  state.total += {self.pick(self.functions)}([{row}], {self.number % 40}) - ({row}.{field} + 1) * 0.25
}}
""")

    def loop(self):
        left = self.fresh("left")
        self.write(f"""
{left} = {int(self.random.random() * 6) + 2}
while {left} > 0 and not (state.total > 1000000) {{
  {left} -= 1
  if {left} == 3 {{ break }}
  state.text = join([slice(state.text, -20, null), "{self.pick(NOUNS)}", f"{{{left}:>3}}"], " | ")
}}
""")


def program(lines, seed):
    """A program of exactly so many lines, at least 100."""
    make = Generator(seed)
    make.write('state = {total: 0, asked: 0, seen: {}, by: {}, problems: [], text: ""}')
    for _ in range(4):
        make.declare()
    make.function()
    make.rows()
    blocks = [make.function, make.rows, make.ask, make.work, make.work, make.loop]
    while len(make.lines) < lines - 20:
        make.pick(blocks)()
        if len(make.types) < 12 and len(make.lines) > 120 * len(make.types):
            make.declare()
    make.lines += [f"# line {number}" for number in range(len(make.lines) + 2, lines + 1)]
    make.write("finish {total: state.total, asked: state.asked, seen: len(state.seen), text: state.text}")
    return "\n".join(make.lines) + "\n"


if __name__ == "__main__":
    print(program(int(sys.argv[1]), int(sys.argv[2])), end="")
