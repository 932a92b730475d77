"""Life of the server, synchronisation of texts, problems as they are typed."""

import random

import pytest
from conftest import Editor, capabilities
from lsprotocol import types as lsp


async def test_initialize_and_shutdown(new_client):
    result = await new_client.initialize_session(
        lsp.InitializeParams(capabilities=capabilities())
    )
    assert result.server_info.name == "lashc"
    assert result.capabilities.position_encoding == lsp.PositionEncodingKind.Utf16
    await new_client.shutdown_session()
    assert new_client._server.returncode == 0


async def test_bytes_are_preferred(new_client):
    offered = capabilities(lsp.PositionEncodingKind.Utf16, lsp.PositionEncodingKind.Utf8)
    result = await new_client.initialize_session(lsp.InitializeParams(capabilities=offered))
    assert result.capabilities.position_encoding == lsp.PositionEncodingKind.Utf8
    await new_client.shutdown_session()


@pytest.mark.parametrize("encoding, columns", [("utf-16", (16, 23)), ("utf-8", (18, 25))])
async def test_columns(new_client, tmp_path, encoding, columns):
    await new_client.initialize_session(
        lsp.InitializeParams(capabilities=capabilities(lsp.PositionEncodingKind(encoding)))
    )
    editor = Editor(new_client, tmp_path)
    await editor.open('x = "😀"; print missing\n')
    span = editor.problems[-1].range
    start, end = columns
    assert editor.problems[-1].code == "E0201"
    assert (span.start.character, span.end.character) == (start, end)
    await new_client.shutdown_session()


async def test_problems_as_you_type(editor):
    await editor.open("x = 1\nprint y\n")
    assert [(p.code, p.severity) for p in editor.problems] == [
        ("E0201", lsp.DiagnosticSeverity.Error)
    ]
    assert editor.problems[0].range.start == lsp.Position(1, 6)
    change = lsp.TextDocumentContentChangePartial(
        lsp.Range(lsp.Position(1, 6), lsp.Position(1, 7)), "x"
    )
    published = await editor.change(change)
    assert published.version == 2
    assert list(published.diagnostics) == []


async def test_closing_clears_problems(editor):
    await editor.open("print y\n")
    editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(editor.document))
    assert list((await editor.published()).diagnostics) == []


async def test_host_of_the_settings(editor):
    await editor.open("r = await web.serch({query: topic})?\n")
    assert [p.code for p in editor.problems] == ["E0204"]
    editor.write("host.json", {"modules": {"web": {"operations": {"serch": {}}}}})
    editor.client.text_document_did_save(lsp.DidSaveTextDocumentParams(editor.document))
    assert "E0204" not in [p.code for p in (await editor.published()).diagnostics]


@pytest.mark.parametrize(
    "settings, reason",
    [
        ("{", "not JSON"),
        ({"mok": "a.json"}, "unknown key"),
        ({"mock": "absent.json"}, "cannot read `absent.json`"),
        ({"host": 1}, "a path"),
        ({"mock": "host.json"}, "is no mock"),
    ],
)
async def test_wrong_settings_are_shown(editor, settings, reason):
    editor.write("lash.json", settings)
    await editor.open("x = 1\n")
    uri = (editor.folder / "lash.json").as_uri()
    assert reason in editor.client.diagnostics[uri][0].message
    assert reason in editor.client.messages[-1].message


# Columns beyond a line, places in the middle of a character, lines beyond the text.
CLAMPED = [
    ("ab\ncd", (0, 9), (1, 0), "", "abcd"[:2] + "cd"),
    ("a😀b", (0, 2), (0, 3), "", "ab"),
    ("ab", (7, 0), (9, 9), "!", "ab!"),
    ("a\rb\r\nc", (1, 0), (2, 0), "", "a\rc"),
]


@pytest.mark.parametrize("text, start, end, new, expected", CLAMPED)
async def test_odd_positions(editor, text, start, end, new, expected):
    await editor.open(text)
    change = lsp.TextDocumentContentChangePartial(
        lsp.Range(lsp.Position(*start), lsp.Position(*end)), new
    )
    await editor.change(change)
    assert await editor.server_text() == expected


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
        self.text = self.text[:start] + new + self.text[end:]


PIECES = [
    "x", " = ", "1", "\n", "\r\n", "\r", "{", "}", "(", ")", "[", "]", '"', "f\"{", "if ", "for ",
    "web.", "search(", "é", "漢", "😀", "\u0301", "\u2028", "fn f(a: int) -> int { a }\n", "#", "//",
    "await ", "process p() { finish 1 }\n", "?", ":", ",", "\t", "\0", "start p()", "type T = ",
]  # fmt: skip


async def test_random_edits(editor):
    """10,000 edits: the server's text stays the client's, and nothing makes it fail."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    model = Model("x = 1\n")
    await editor.open(model.text)
    edits = 0
    while edits < 10_000:
        changes = []
        for _ in range(chance.randrange(1, 5)):
            edits += 1
            length = len(model.text)
            start = chance.randrange(length + 1)
            longest = 400 if length > 4_000 else 8
            end = min(length, start + chance.randrange(longest))
            while not model.is_boundary(start):
                start -= 1
            while not model.is_boundary(end):
                end += 1
            new = "".join(chance.choice(PIECES) for _ in range(chance.randrange(6)))
            span = lsp.Range(model.position(start), model.position(end))
            model.replace(start, end, new)
            changes.append(lsp.TextDocumentContentChangePartial(span, new))
        await editor.change(*changes, wait=False)
        if chance.random() < 0.02:
            assert await editor.server_text() == model.text, f"seed {seed}, edit {edits}"
        if chance.random() < 0.05:
            place = model.position(chance.randrange(len(model.text) + 1))
            span = {"start": {"line": 0, "character": 0}, "end": place_of(place)}
            method = chance.choice(ASKED)
            context = {"diagnostics": [], "includeDeclaration": True}
            options = {"tabSize": 2, "insertSpaces": True}
            asked = {"position": place_of(place), "range": span, "options": options}
            if method in ("textDocument/references", "textDocument/codeAction"):
                asked["context"] = context
            await editor.request(method, **asked)
    assert await editor.server_text() == model.text, f"seed {seed}"


def place_of(place):
    return {"line": place.line, "character": place.character}


ASKED = [
    "textDocument/hover", "textDocument/completion", "textDocument/signatureHelp",
    "textDocument/definition", "textDocument/references", "textDocument/documentHighlight",
    "textDocument/documentSymbol", "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/range", "textDocument/inlayHint", "textDocument/formatting",
    "textDocument/rangeFormatting", "textDocument/codeAction", "textDocument/foldingRange",
    "textDocument/codeLens",
]  # fmt: skip
