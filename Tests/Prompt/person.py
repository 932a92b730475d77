"""A person at the prompt: types into a terminal of its own and reads its screen."""

import os
import time
from pathlib import Path

import pexpect
import pyte

PROMPT = "lash> "
PATIENCE = 30


class Person:
    """One session. `state` is the folder in which history lives."""

    def __init__(self, program, state, columns=80, rows=400, term="xterm-256color", **variables):
        env = {
            "PATH": os.environ["PATH"], "HOME": str(state), "XDG_STATE_HOME": str(state),
            "TERM": term, "LANG": "C.UTF-8", "INPUTRC": "/dev/null",
        }
        env.update(variables)
        self.child = pexpect.spawn(
            str(program), env=env, cwd=str(state), dimensions=(rows, columns), timeout=PATIENCE
        )
        self.child.delaybeforesend = None
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.received = b""
        self.wait()

    def read(self):
        """Takes what has come; `False` once the session has ended."""
        try:
            data = self.child.read_nonblocking(1 << 16, timeout=0.05)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.received += data
        self.stream.feed(data)
        return True

    def until(self, holds, what):
        """Reads until something holds of the screen."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if not self.read() or time.monotonic() > end:
                raise AssertionError(f"{what} never came; the screen is\n{self.text()}")

    def line(self):
        """The line of the cursor, up to it."""
        return self.screen.display[self.screen.cursor.y][: self.screen.cursor.x]

    def wait(self, prompt=PROMPT):
        """Waits until an input is wanted."""
        self.until(lambda: self.line() == prompt.rstrip() or self.line() == prompt, f"`{prompt}`")

    def type(self, keys, shows=None):
        """Types without waiting for a prompt; waits until the line of the cursor ends in `shows`."""
        self.child.send(keys)
        if shows is not None:
            self.until(lambda: self.line().rstrip().endswith(shows), f"`{shows}`")

    def say(self, text, prompt=PROMPT):
        """Types an input of one line, as text or bytes, and waits for the next prompt."""
        before = len(self.received)
        self.child.send(text.encode() + b"\r" if isinstance(text, str) else text + b"\r")
        self.until(lambda: b"\n" in self.received[before:], "an answer")
        self.wait(prompt)

    def paste(self, text):
        """Pastes as terminals do, with brackets around."""
        self.child.send("\x1b[200~" + text.replace("\n", "\r") + "\x1b[201~")

    def leave(self):
        """Leaves by Ctrl-D; gives the exit status."""
        self.child.send("\x04")
        return self.ended()

    def ended(self):
        """Waits for the end of the session; gives the exit status."""
        end = time.monotonic() + PATIENCE
        while self.read():
            assert time.monotonic() < end, f"it did not end; the screen is\n{self.text()}"
        self.child.close()
        return self.child.exitstatus

    def text(self):
        """The screen as text."""
        lines = [line.rstrip() for line in self.screen.display]
        while lines and not lines[-1]:
            lines.pop()
        return "\n".join(lines) + "\n"

    def since(self, mark):
        """What was shown after the last line that begins with `mark`."""
        lines = self.text().splitlines()
        start = max(i for i, line in enumerate(lines) if line.startswith(mark))
        return lines[start + 1 :]


def folder(root, name):
    """A new folder for one session's state."""
    path = Path(root) / name
    path.mkdir()
    return path
