"""Random edits: the server's text stays the client's, and nothing makes it fail.

LASH_EDITS is how many are tried (10,000), LASH_SEED repeats a run."""

import os
import random
import re

import pytest
from conftest import ROOT
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

EDITS = int(os.environ.get("LASH_EDITS", 10_000))
REFUSED = -32803


@pytest.fixture
def chance():
    seed = int(os.environ.get("LASH_SEED", random.randrange(1 << 32)))
    print(f"seed {seed}")
    return random.Random(seed)


class Model:
    """The client's text: code points, with positions worked out from scratch."""

    def __init__(self, text):
        self.text = text

    def position(self, place):
        before = self.text[:place]
        lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return lsp.Position(len(lines) - 1, len(lines[-1].encode("utf-16-le")) // 2)

    def is_boundary(self, place):
        return not (0 < place < len(self.text) and self.text[place - 1 : place + 1] == "\r\n")

    def replace(self, start, end, new):
        """The change that puts a text in the place of a part."""
        while not self.is_boundary(start):
            start -= 1
        while not self.is_boundary(end):
            end += 1
        span = lsp.Range(self.position(start), self.position(end))
        self.text = self.text[:start] + new + self.text[end:]
        return lsp.TextDocumentContentChangePartial(span, new)


METHODS = [
    "textDocument/hover", "textDocument/completion", "textDocument/signatureHelp",
    "textDocument/definition", "textDocument/references", "textDocument/documentHighlight",
    "textDocument/prepareRename", "textDocument/rename",
    "textDocument/documentSymbol", "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/range", "textDocument/inlayHint", "textDocument/formatting",
    "textDocument/rangeFormatting", "textDocument/codeAction", "textDocument/foldingRange",
    "textDocument/codeLens",
]  # fmt: skip


async def ask(editor, model, chance):
    """Any request about any place."""
    place = model.position(chance.randrange(len(model.text) + 1))
    json = {"line": place.line, "character": place.character}
    method = chance.choice(METHODS)
    asked = {
        "position": json,
        "range": {"start": {"line": 0, "character": 0}, "end": json},
        "options": {"tabSize": 2, "insertSpaces": True},
        "newName": "renamed",
    }
    if method in ("textDocument/references", "textDocument/codeAction"):
        asked["context"] = {"diagnostics": [], "includeDeclaration": True}
    try:
        await editor.request(method, **asked)
    except JsonRpcException as error:
        assert error.code == REFUSED, (method, error)


PIECES = [
    "x", " = ", "1", "\n", "\r\n", "\r", "{", "}", "(", ")", "[", "]", '"', "f\"{", "if ", "for ",
    "web.", "search(", "é", "漢", "😀", "\u0301", "\u2028", "fn f(a: int) -> int { a }\n", "#", "//",
    "await ", "process p() { finish 1 }\n", "?", ":", ",", "\t", "\0", "start p()", "type T = ",
]  # fmt: skip


async def test_any_text(editor, chance):
    model = Model("x = 1\n")
    await editor.open(model.text)
    edits = 0
    while edits < EDITS:
        changes = []
        for _ in range(chance.randrange(1, 5)):
            edits += 1
            length = len(model.text)
            start = chance.randrange(length + 1)
            end = min(length, start + chance.randrange(400 if length > 4_000 else 8))
            new = "".join(chance.choice(PIECES) for _ in range(chance.randrange(6)))
            changes.append(model.replace(start, end, new))
        await editor.change(*changes, wait=False)
        if chance.random() < 0.02:
            assert await editor.server_text() == model.text, f"edit {edits}"
        if chance.random() < 0.05:
            await ask(editor, model, chance)
    assert await editor.server_text() == model.text


TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


async def test_programs(editor, chance):
    """Tokens of whole programs go, come twice, or come from elsewhere; so most of a program means
    something at any time."""
    programs = sorted((ROOT / "examples").glob("*.lash"))
    tokens = [t for program in programs for t in TOKEN.findall(program.read_text("utf-8"))]
    for program in chance.sample(programs, len(programs)):
        text = program.read_text("utf-8")
        mock = program.with_suffix(".mock.json")
        editor.write("lash.json", {"mock": str(mock)} if mock.exists() else {})
        await editor.open(text)
        for edit in range(EDITS // 10 // len(programs) + 1):
            if edit % 8 == 0:
                model = Model(text)
                await editor.change(lsp.TextDocumentContentChangeWholeDocument(text), wait=False)
            token = chance.choice(list(TOKEN.finditer(model.text)) or [re.match("", "")])
            new = chance.choice(["", token[0] * 2, chance.choice(tokens)])
            await editor.change(model.replace(*token.span(), new), wait=False)
            await ask(editor, model, chance)
        assert await editor.server_text() == model.text, program.name
