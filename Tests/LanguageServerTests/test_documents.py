"""Life of the server, synchronisation of texts, problems as they are typed."""

import os

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


async def test_settings_that_are_no_files(editor):
    """A pipe or a device would be read for ever."""
    os.mkfifo(editor.folder / "pipe")
    uri = (editor.folder / "lash.json").as_uri()
    for name in ("pipe", "/dev/zero", "."):
        editor.write("lash.json", {"mock": name})
        await editor.open("x = 1\n")
        assert f"cannot read `{name}`" in editor.client.diagnostics[uri][0].message
    os.remove(editor.folder / "lash.json")
    os.mkfifo(editor.folder / "lash.json")
    await editor.open("x = 1\n")


# Columns beyond a line, half of a character taken away, lines beyond the text.
CLAMPED = [
    ("ab\ncd", (0, 9), (1, 0), "", "abcd"[:2] + "cd"),
    ("a😀b", (0, 2), (0, 3), "", "a\ufffdb"),
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
