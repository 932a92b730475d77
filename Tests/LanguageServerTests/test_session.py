"""The recorded session of the server's page is what the server says; with LASH_RECORD=1 it is written."""

import os

from conftest import LASHC, ROOT
from session import session

PAGE = ROOT / "docs/language-server.md"


def test_the_page_is_current():
    page = PAGE.read_text("utf-8")
    head, rest = page.split("<!-- session -->\n```text\n", 1)
    recorded, tail = rest.split("\n```", 1)
    now = "\n".join(session(LASHC))
    if os.environ.get("LASH_RECORD"):
        PAGE.write_text(f"{head}<!-- session -->\n```text\n{now}\n```{tail}", "utf-8")
    else:
        assert recorded == now
