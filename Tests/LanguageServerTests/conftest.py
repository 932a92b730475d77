"""A real client for the language server: pytest-lsp drives `lashc lsp` over its pipes.

The environment variable LASHC names the tool; `make lsp` sets it."""

import asyncio
import json
import os
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, make_test_lsp_client

ROOT = Path(__file__).resolve().parents[2]
LASHC = os.environ.get("LASHC", str(ROOT / ".build/release/lashc"))
PATIENCE = 30

HOST = {
    "modules": {
        "web": {
            "operations": {
                "search": {
                    "input": "{query: str, limit: int?, options: {deep: bool}?}",
                    "output": "{hits: list[Hit]}",
                    "summary": "Finds pages.",
                },
                "fetch": {"input": "{url: str}", "output": "str"},
            }
        },
        "gmail.work": {"operations": {"send": {"input": "{to: str}", "output": "null"}}},
    },
    "types": {"Hit": "{title: str, score: float}"},
    "globals": ["topic"],
}


def capabilities(*encodings):
    general = lsp.GeneralClientCapabilities(position_encodings=list(encodings) or None)
    return lsp.ClientCapabilities(general=general)


class Editor:
    """One open document, with places marked by `|` in the texts of tests."""

    def __init__(self, client, folder):
        self.client = client
        self.folder = folder
        self.path = folder / "program.lash"
        self.uri = self.path.as_uri()
        self.document = lsp.TextDocumentIdentifier(uri=self.uri)
        self.version = 0
        self.text = ""

    def write(self, name, content):
        text = content if isinstance(content, str) else json.dumps(content)
        (self.folder / name).write_text(text, "utf-8")

    async def published(self, version=None):
        """The next problems of the document, of a version if one is given."""
        while True:
            found = await asyncio.wait_for(self.client.published.get(), PATIENCE)
            if found.uri == self.uri and version in (None, found.version):
                return found

    async def open(self, marked):
        """Opens the text; gives the position of its `|`, if it has one."""
        place = marked.find("|")
        self.text = marked.replace("|", "", 1)
        self.version += 1
        self.client.text_document_did_open(
            lsp.DidOpenTextDocumentParams(
                lsp.TextDocumentItem(self.uri, "lash", self.version, self.text)
            )
        )
        self.problems = (await self.published(self.version)).diagnostics
        return position(self.text, place) if place >= 0 else None

    async def change(self, *changes, wait=True):
        self.version += 1
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(self.version, self.uri), list(changes)
            )
        )
        return await self.published(self.version) if wait else None

    async def request(self, method, **parameters):
        asked = {"textDocument": {"uri": self.uri}, **parameters}
        if method in lsp.METHOD_TO_TYPES:
            kind = lsp.METHOD_TO_TYPES[method][2]
            asked = self.client.protocol._converter.structure(asked, kind)
        return await self.client.protocol.send_request_async(method, asked)

    async def server_text(self):
        return (await self.request("lash/documentText")).text

    def at(self, place):
        return lsp.TextDocumentPositionParams(self.document, place)


def position(text, offset):
    """The position of an offset in code points, in UTF-16, of a text whose lines end with LF."""
    before = text[:offset]
    line = before.count("\n")
    last = before[before.rfind("\n") + 1 :]
    return lsp.Position(line, len(last.encode("utf-16-le")) // 2)


def offset(text, place):
    """The offset of a UTF-16 position."""
    lines = text.split("\n")
    units = lines[place.line].encode("utf-16-le")[: place.character * 2]
    return sum(len(line) + 1 for line in lines[: place.line]) + len(units.decode("utf-16-le"))


def applied(text, edits):
    """The text after some edits, as a client applies them."""
    for edit in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character))[::-1]:
        start, end = offset(text, edit.range.start), offset(text, edit.range.end)
        text = text[:start] + edit.new_text + text[end:]
    return text


def make_client():
    """The client of pytest-lsp, which also keeps every note of problems in order."""
    client = make_test_lsp_client()
    client.published = asyncio.Queue()
    handle = client.protocol._handle_notification

    def keep(method, parameters):
        if method == "textDocument/publishDiagnostics":
            client.published.put_nowait(parameters)
        handle(method, parameters)

    client.protocol._handle_notification = keep
    return client


CONFIG = ClientServerConfig(server_command=[LASHC, "lsp"], client_factory=make_client)


@pytest_lsp.fixture(config=CONFIG)
async def client(lsp_client: LanguageClient):
    await lsp_client.initialize_session(lsp.InitializeParams(capabilities=capabilities()))
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=CONFIG)
async def new_client(lsp_client: LanguageClient):
    """A client that has not said `initialize` yet."""
    yield



@pytest.fixture
def editor(client, tmp_path):
    editor = Editor(client, tmp_path)
    editor.write("host.json", HOST)
    editor.write("lash.json", {"host": "host.json"})
    return editor
