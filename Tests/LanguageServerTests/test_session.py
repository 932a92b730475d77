"""The recorded session of the server's page is what the server says."""

from conftest import LASHC, ROOT
from session import session


def test_the_page_is_current():
    page = (ROOT / "spec/language-server.md").read_text("utf-8")
    recorded = page.split("```text\n", 1)[1].split("\n```", 1)[0]
    assert recorded.split("\n") == list(session(LASHC))
