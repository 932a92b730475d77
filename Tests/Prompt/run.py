"""Runs the sessions of a scripted person: run.py PROGRAM. LASH_RECORD=1 writes the transcript anew."""

import os
import sys
import tempfile
import traceback
from pathlib import Path

import cases
import session

HERE = Path(__file__).resolve().parent
GOLDEN = HERE / "session.golden.txt"
PAGE = HERE.parent.parent / "docs" / "lash-repl.md"


def transcript(program, root):
    """The recorded session is what the person sees, and what the page shows."""
    text = session.play(program, root)
    if os.environ.get("LASH_RECORD") == "1":
        GOLDEN.write_text(text)
        before, _, rest = PAGE.read_text().partition("<!-- session -->\n```text\n")
        after = rest.partition("```\n<!-- end -->")[2]
        PAGE.write_text(f"{before}<!-- session -->\n```text\n{text}```\n<!-- end -->{after}")
    assert text == GOLDEN.read_text(), f"the session went otherwise:\n{text}"
    assert text in PAGE.read_text(), "docs/lash-repl.md shows another session: make goldens"


def main():
    program = Path(sys.argv[1]).resolve()
    failed = 0
    tests = [transcript] + [
        value for name, value in sorted(vars(cases).items()) if name.startswith("case_")
    ]
    for test in tests:
        with tempfile.TemporaryDirectory() as root:
            try:
                test(program, root)
            except Exception:
                failed += 1
                print(f"{test.__name__}:", file=sys.stderr)
                traceback.print_exc()
    print(f"prompt: {len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
