"""Terminals and inputs of all kinds."""

import os
import subprocess

from person import Person, folder


def plain(program, text, *options, **variables):
    """Runs the program without a terminal: output, problems, exit status."""
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **variables}
    done = subprocess.run(
        [str(program), *options], input=text, capture_output=True, env=env, timeout=60
    )
    return done.stdout.decode(), done.stderr.decode(), done.returncode


def case_forty_columns(program, root):
    person = Person(program, folder(root, "narrow"), columns=40)
    person.say('x = {title: "A title of some length", list: ["one", "two", "three"], deep: {a: {b: {c: 1}}}}')
    person.say("x")
    shown = person.since("lash> x")
    assert shown[0] == "{" and '  title: "A title of some length",' in shown, shown
    person.say("first_long_name = 1 + second_long_name * third_name + nosuch")
    marked = [line for line in person.text().splitlines() if "^~~" in line]
    assert marked and all(len(line) <= 40 for line in marked), person.text()
    person.say(":help")
    assert person.leave() == 0


def case_wide_characters(program, root):
    person = Person(program, folder(root, "wide"), columns=40)
    # Six columns for each name: what fits by letters does not by columns.
    person.say('x = ["日本語日本語", "日本語日本語", "日本語"]')
    person.say("x")
    shown = person.since("lash> x")
    assert shown[0] == "[" and shown[4] == "]", shown
    person.say('y = "日本語" + nosuch')
    lines = person.text().splitlines()
    # The marker stands under the name, whose letters begin ten columns behind the text.
    number = next(i for i, line in enumerate(lines) if line.startswith(" 1 |"))
    # In pyte a wide character takes two cells, of which the second is empty.
    cells = person.screen.buffer[number]
    column = next(c for c in range(40) if "".join(cells[c + i].data for i in range(3)) == "nos")
    marker = next(c for c in range(40) if person.screen.buffer[number + 1][c].data == "^")
    assert marker == column, person.text()
    # Typing back over a wide character removes all of it.
    person.type('z = "日\x7f語"', '語"')
    person.type("\r")
    person.until(lambda: person.line() == "lash> ", "the next prompt")
    person.say("len(z)")
    assert person.since("lash> len(z)")[0] == "1"
    assert person.leave() == 0


def case_colours_only_where_wanted(program, root):
    coloured = Person(program, folder(root, "colour"))
    coloured.say("[1]")
    assert b"\x1b[36m1" in coloured.received
    bare = Person(program, folder(root, "bare"), NO_COLOR="1")
    bare.say("[1]")
    bare.say("nosuch")
    assert b"\x1b[3" not in bare.received and b"\x1b[1" not in bare.received, bare.received
    out, problems, _ = plain(program, b"[1]\n\nnosuch\n")
    assert "\x1b" not in out + problems


def case_dumb_terminal(program, root):
    person = Person(program, folder(root, "dumb"), term="dumb")
    person.say("x = [1, 2]")
    person.say("x")
    assert person.since("lash> x")[0] == "[1, 2]"
    assert b"\x1b[3" not in person.received
    assert person.leave() == 0


def case_pasted_megabyte(program, root):
    person = Person(program, folder(root, "paste"), rows=50)
    line = "x" * 99
    person.paste('big = """\n' + (line + "\n") * 10_486 + '"""')
    person.until(lambda: person.line() == '"""', "the end of the text")
    person.say("")
    person.say("len(big)")
    assert person.since("lash> len(big)")[0] == str(1 + 100 * 10_486)
    # A pasted program of several lines is one input.
    person.paste("a = 1\nif a > 0 {\n  print \"yes\"\n}\n")
    person.until(lambda: person.line() == "", "the end of the text")
    person.say("")
    assert "yes" in person.text().splitlines()
    assert person.leave() == 0


def case_history(program, root):
    state = folder(root, "history")
    one = Person(program, state)
    one.say("first = 1")
    one.type("if first == 1 {\r")
    one.until(lambda: one.screen.cursor.x == 2, "an indented line")
    one.type("print \"again\"\r")
    one.until(lambda: one.line() == "  ", "a third line")
    one.say("}")
    assert one.leave() == 0
    assert (state / "lash" / "history.jsonl").stat().st_mode & 0o777 == 0o600
    two = Person(program, state)
    two.say("first = 1")
    two.type("\x1b[A\x1b[A", "}")
    two.type("\r")
    two.until(lambda: "again" in two.text().splitlines(), "`again`")
    two.wait()
    assert two.leave() == 0


def case_history_that_cannot_be_kept(program, root):
    state = folder(root, "unwritable")
    (state / "lash").write_text("no folder")
    person = Person(program, state)
    person.say("x = 1")
    person.say("x")
    assert person.text().count("history is not kept") == 1, person.text()
    assert person.leave() == 0


def case_dropped_input(program, root):
    person = Person(program, folder(root, "dropped"))
    person.type("x = [1,\r")
    person.until(lambda: person.screen.cursor.y > 1 and person.line() == "", "a second line")
    person.type("\x03")
    person.wait()
    person.say("1 + 1")
    assert person.since("lash> 1 + 1")[0] == "2"
    assert person.leave() == 0


def case_the_person_answers(program, root):
    state = folder(root, "ask")
    (state / "host.json").write_text(
        '{"modules": {"mail": {"operations": {"send": {"output": "{ id: int }"}}}}}'
    )
    person = Person(program, state)
    person.say(":host host.json")
    person.say(":ask on")
    person.say('r = await mail.send({to: "you"})', "answer> ")
    person.say('{"id": "x"}', "answer> ")
    person.say('{"id": 7}')
    person.say("r.value.id")
    assert person.since("lash> r.value.id")[0] == "7", person.text()
    person.say('await mail.send({to: "you"})', "answer> ")
    person.type("\x03")
    person.wait()
    assert "interrupted" in person.text()
    assert person.leave() == 0


def case_no_terminal(program, root):
    out, problems, status = plain(program, b"x = 1\ny = [x,\n\n2]\n\ny\n\n:vars\nprint \"p\"\n\nfinish {a: x}\n")
    assert out == '[1,2]\nx: int = 1\ny: list[int] = [1, 2]\np\n{"a":1}\n', out
    assert problems == "" and status == 0
    out, problems, status = plain(program, b"x = nosuch\n\nto_int(\"x\")\n\n1 + 1\n")
    assert out == "2\n" and status == 2 and "E0201" in problems and "R000" in problems
    assert plain(program, b"while true { x = 1 }\n", "--fuel", "10000")[2] == 3
    assert plain(program, b"")[2] == 0
    assert plain(program, b"", "--mock", "/nonexistent.json")[2] == 66


def case_invalid_text(program, root):
    out, problems, status = plain(program, b"x = \"\xff\xfe\"\n\n1 + 1\n")
    assert "E0001" in problems and out == "2\n" and status == 2
    assert plain(program, bytes(range(256)) * 20)[2] != 0
    person = Person(program, folder(root, "bytes"))
    person.say(b'x = "\xff\xc3"')
    assert "E0001" in person.text(), person.text()
    person.say("1 + 1")
    assert person.since("lash> 1 + 1")[0] == "2"
