"""Every feature of the server, through a client."""

import pytest
from conftest import applied
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException


async def completions(editor, marked):
    place = await editor.open(marked)
    found = await editor.client.text_document_completion_async(
        lsp.CompletionParams(editor.document, place)
    )
    return {item.label: item for item in found.items}


async def hovered(editor, marked):
    place = await editor.open(marked)
    found = await editor.client.text_document_hover_async(lsp.HoverParams(editor.document, place))
    return found and found.contents.value


# MARK: Hover


@pytest.mark.parametrize(
    "text, expected",
    [
        ("x = [1, 2]\nprint |x\n", "x: list[int]"),
        ("|x = {a: 1}\nprint x\n", "x: { a: int }"),
        ('r = {title: "a"}\nprint r.ti|tle\n', "title: "),
        ("fn add(a: int, b: int) -> int { a + |b }\nprint add(1, 2)\n", "b: int"),
        ("fn add(a: int, b: int) -> int { a + b }\nprint a|dd(1, 2)\n", "fn add(a: int, b: int)"),
        ("print le|n([1])\n", "len("),
        ("print le|n([1])\n", "number of scalars"),
        ("r = await web.sea|rch({query: topic})?\n", "web.search("),
        ("r = await web.sea|rch({query: topic})?\n", "Finds pages."),
        ("r = await we|b.search({query: topic})?\n", "module web"),
        ("wh|ile false { break }\n", "as long as"),
        ("for |h in [1] { print h }\n", "h: int"),
        ("type Row = {a: int}\nfn f(r: Ro|w) -> int { r.a }\nprint f({a: 1})\n", "type Row"),
        ("h: |", None),
    ],
)
async def test_hover(editor, text, expected):
    found = await hovered(editor, text)
    assert found is None if expected is None else expected in found


async def test_hover_on_a_result_of_the_host(editor):
    found = await hovered(
        editor, "r = await web.search({query: topic})?\nfor hit in r.hits { print |hit }\n"
    )
    assert "hit: Hit" in found


# MARK: Completion


@pytest.mark.parametrize(
    "text, expected, absent",
    [
        ("await web.|", ["search", "fetch"], ["web", "if"]),
        ("x = await web.se|", ["search"], ["x"]),
        ("await gmail.|", ["work"], ["send"]),
        ("await gmail.work.|", ["send"], ["work"]),
        ("x = {a: 1, b: 2}\nprint x.|", ["a", "b"], ["len"]),
        ("r = await web.search({query: topic})?\nprint r.hits[0].|\nprint 1\n", ["title", "score"], []),
        ("await web.search({|", ["query", "limit", "options"], ["len"]),
        ("await web.search({query: topic, |", ["limit", "options"], ["query"]),
        ("await web.search({query: topic, li|})", ["limit"], ["query"]),
        ("await web.search({options: {|", ["deep"], ["query"]),
        ("process p(n: int, s: str) { finish n }\nh = start p(|", ["n", "s"], ["len"]),
        ("process p(n: int, s: str) { finish n }\nh = start |", ["p"], ["len"]),
        ("count = 1\nco|", ["count", "contains", "continue"], []),
        ("|", ["if", "for", "web", "gmail", "len", "topic", "print"], []),
        ("x = |", ["web", "topic", "await", "len"], ["print", "for"]),
        ("fn f(a: |", ["str", "int", "Hit"], ["len"]),
        ("fn f(alpha: int) -> int { al| }", ["alpha", "all"], ["web", "topic"]),
        ("for item in [1] { print it| }\n", ["item"], []),
        ("for item in [1] { print item }\nprint it|\n", [], ["item"]),
        ("fn go(n: int) -> int { n }\nx = g|", ["go"], []),
        ("if x { { await web.|", ["search"], []),
        ("# web.|", [], ["search", "len"]),
        ('x = "web.|"', [], ["search", "len"]),
    ],
)
async def test_completion(editor, text, expected, absent):
    found = await completions(editor, text)
    assert [name for name in expected if name not in found] == []
    assert [name for name in absent if name in found] == []


async def test_completion_replaces_the_word(editor):
    found = await completions(editor, "x = await web.se|arc\n")
    assert applied(editor.text, [found["search"].text_edit]) == "x = await web.search\n"
    assert found["search"].documentation == "Finds pages."
    assert "query: str" in found["search"].detail


# MARK: Signatures


@pytest.mark.parametrize(
    "text, label, active",
    [
        ('x = split("a", |', "split(", 1),
        ("fn add(a: int, b: int) -> int { a + b }\nx = add(1, |)\n", "fn add(a: int, b: int)", 1),
        ("await web.search({query: |", "web.search(", 0),
        ("await web.search({query: topic, limit: |", "web.search(", 1),
        ("process p(n: int, s: str) { finish n }\nh = start p(n: 1, s: |", "process p(", 1),
    ],
)
async def test_signature_help(editor, text, label, active):
    place = await editor.open(text)
    found = await editor.client.text_document_signature_help_async(
        lsp.SignatureHelpParams(editor.document, place)
    )
    assert found.signatures[0].label.startswith(label)
    assert found.active_parameter == active


# MARK: Navigation

PROGRAM = """type Row = {a: int}
fn double(n: int) -> int { n * 2 }
process work(row: Row) { finish double(row.a) }
total = 0
for n in [1, 2] { total = total + double(n) }
h = start work(row: {a: total})
print f"{total}"
"""


@pytest.mark.parametrize(
    "word, occurrence, line, uses",
    [
        ("double", 2, 1, 3),
        ("total", 2, 3, 5),
        ("work", 2, 2, 2),
        ("Row", 2, 0, 2),
        ("row", 3, 2, 3),
        ("n * 2", 1, 1, 2),
    ],
)
async def test_definition_and_references(editor, word, occurrence, line, uses):
    place = -1
    for _ in range(occurrence):
        place = PROGRAM.index(word, place + 1)
    at = await editor.open(PROGRAM[:place] + "|" + PROGRAM[place:])
    found = await editor.client.text_document_definition_async(
        lsp.DefinitionParams(editor.document, at)
    )
    assert found.range.start.line == line
    references = await editor.client.text_document_references_async(
        lsp.ReferenceParams(lsp.ReferenceContext(True), editor.document, at)
    )
    assert len(references) == uses
    marks = await editor.client.text_document_document_highlight_async(
        lsp.DocumentHighlightParams(editor.document, at)
    )
    assert len(marks) == uses


async def renamed(editor, marked, name):
    place = await editor.open(marked)
    edit = await editor.client.text_document_rename_async(
        lsp.RenameParams(editor.document, place, name)
    )
    return applied(editor.text, edit.changes[editor.uri])


async def test_rename(editor):
    before = "for |n in [1] { print f\"{n}\" }\nn = 2\nprint n\n"
    assert await renamed(editor, before, "item") == (
        "for item in [1] { print f\"{item}\" }\nn = 2\nprint n\n"
    )


async def test_rename_reaches_arguments_of_start(editor):
    before = "process p(|n: int) { finish n }\nh = start p(n: 1)\nprint h\n"
    assert await renamed(editor, before, "count") == (
        "process p(count: int) { finish count }\nh = start p(count: 1)\nprint h\n"
    )


@pytest.mark.parametrize(
    "text, name, reason",
    [
        ("x| = 1\nprint x\n", "2x", "is no name"),
        ("x| = 1\nprint x\n", "a b", "is no name"),
        ("x| = 1\nprint x\n", "", "is no name"),
        ("x| = 1\nprint x\n", "while", "word of the language"),
        ("x| = 1\nprint x\n", "true", "word of the language"),
        ("x| = 1\ny = 2\nprint x + y\n", "y", "something else"),
        ("x| = 1\nfor y in [1] { print x }\n", "y", "something else"),
        ("fn f|(a: int) -> int { a }\nfn g(a: int) -> int { f(a) }\nprint g(1)\n", "g", "something else"),
        ("x| = 1\nr = await web.fetch({url: \"a\"})?\nprint x\n", "web", "something else"),
        ("r = {a: 1}\nprint r.a|\n", "b", "field"),
        ("print le|n([1])\n", "size", "belongs to"),
        ("print topic|\n", "subject", "not declared"),
        ("x = 1 |+ 2\n", "y", "no name here"),
    ],
)
async def test_rename_refuses(editor, text, name, reason):
    with pytest.raises(JsonRpcException, match=reason):
        await renamed(editor, text, name)


async def test_prepare_rename(editor):
    place = await editor.open("count = 1\nprint cou|nt\n")
    found = await editor.client.text_document_prepare_rename_async(
        lsp.PrepareRenameParams(editor.document, place)
    )
    assert found.placeholder == "count"
    assert found.range == lsp.Range(lsp.Position(1, 6), lsp.Position(1, 11))


async def test_document_symbols(editor):
    await editor.open(PROGRAM)
    found = await editor.client.text_document_document_symbol_async(
        lsp.DocumentSymbolParams(editor.document)
    )
    assert [s.name for s in found] == ["Row", "double", "work", "total", "h"]
    assert [c.name for c in found[2].children] == ["row"]


# MARK: Colours


def tokens_of(editor, legend, data):
    line = column = 0
    lines = editor.text.split("\n")
    found = []
    for at in range(0, len(data), 5):
        down, right, length, kind, modifiers = data[at : at + 5]
        line, column = line + down, right if down else column + right
        units = lines[line].encode("utf-16-le")[column * 2 : (column + length) * 2]
        found.append((units.decode("utf-16-le"), legend.token_types[kind], modifiers))
    return found


async def test_semantic_tokens(new_client, tmp_path):
    from conftest import HOST, Editor, capabilities

    result = await new_client.initialize_session(
        lsp.InitializeParams(capabilities=capabilities())
    )
    legend = result.capabilities.semantic_tokens_provider.legend
    editor = Editor(new_client, tmp_path)
    editor.write("host.json", HOST)
    editor.write("lash.json", {"host": "host.json"})
    await editor.open(
        "fn f(a: int) -> int { a } # twice 😀\n"
        'x = await web.fetch({url: f"""é\n{topic}"""})?\nprint len(x) + f(2)\n'
    )
    full = await new_client.text_document_semantic_tokens_full_async(
        lsp.SemanticTokensParams(editor.document)
    )
    found = tokens_of(editor, legend, full.data)
    for expected in [
        ("fn", "keyword", 0), ("f", "function", 1), ("a", "parameter", 1), ("int", "type", 2),
        ("a", "parameter", 0), ("# twice 😀", "comment", 0), ("x", "variable", 1),
        ("await", "keyword", 0), ("web", "namespace", 0), ("fetch", "method", 0),
        ("url", "property", 0), ("topic", "variable", 0), ("print", "keyword", 0),
        ("len", "function", 2), ("2", "number", 0), ("+", "operator", 0),
    ]:  # fmt: skip
        assert expected in found
    part = await new_client.text_document_semantic_tokens_range_async(
        lsp.SemanticTokensRangeParams(
            editor.document, lsp.Range(lsp.Position(3, 0), lsp.Position(4, 0))
        )
    )
    inside = tokens_of(editor, legend, part.data)
    assert inside[0][0] == "print"
    assert inside == found[-len(inside) :]
    await new_client.shutdown_session()


async def test_inlay_hints(editor):
    await editor.open('a = 1\nb = [1, 2]\nr = await web.search({query: topic})?\nfor h in r.hits { print h }\n')
    found = await editor.client.text_document_inlay_hint_async(
        lsp.InlayHintParams(editor.document, lsp.Range(lsp.Position(0, 0), lsp.Position(4, 0)))
    )
    hints = [(h.position.line, h.label) for h in found]
    assert (1, ": list[int]") in hints
    assert (3, ": Hit") in hints
    assert 0 not in [line for line, _ in hints]
    assert [label for line, label in hints if line == 2][0].startswith(": { hits: list[")


async def test_folding(editor):
    await editor.open("# one\n# two\nif true {\n  print [\n    1,\n  ]\n}\n")
    found = await editor.client.text_document_folding_range_async(
        lsp.FoldingRangeParams(editor.document)
    )
    folds = [(f.start_line, f.end_line, f.kind) for f in found]
    assert folds == [(2, 5, None), (3, 4, None), (0, 1, lsp.FoldingRangeKind.Comment)]


# MARK: Editing

OPTIONS = lsp.FormattingOptions(tab_size=2, insert_spaces=True)
UGLY = "x=1\nif x>0{print   x}\ny   =  [1,2 ,3]\n"
NEAT = "x = 1\nif x > 0 { print x }\ny = [1, 2, 3]\n"


async def test_formatting(editor):
    await editor.open(UGLY)
    edits = await editor.client.text_document_formatting_async(
        lsp.DocumentFormattingParams(editor.document, OPTIONS)
    )
    assert applied(editor.text, edits) == NEAT
    # Small edits: nothing but white space and commas is rewritten.
    assert all(not e.new_text.strip(" \n,;") for e in edits)
    await editor.open(NEAT)
    edits = await editor.client.text_document_formatting_async(
        lsp.DocumentFormattingParams(editor.document, OPTIONS)
    )
    assert not edits


async def test_range_formatting(editor):
    await editor.open(UGLY)
    edits = await editor.client.text_document_range_formatting_async(
        lsp.DocumentRangeFormattingParams(
            editor.document, lsp.Range(lsp.Position(1, 0), lsp.Position(2, 0)), OPTIONS
        )
    )
    lines = UGLY.split("\n")
    assert applied(editor.text, edits) == "\n".join([lines[0], NEAT.split("\n")[1], *lines[2:]])


async def test_code_actions(editor):
    await editor.open("r = await web.serch({query: topic})?\n")
    found = await editor.client.text_document_code_action_async(
        lsp.CodeActionParams(
            editor.document,
            lsp.Range(lsp.Position(0, 14), lsp.Position(0, 14)),
            lsp.CodeActionContext(diagnostics=editor.problems),
        )
    )
    assert found[0].kind == lsp.CodeActionKind.QuickFix
    repaired = applied(editor.text, found[0].edit.changes[editor.uri])
    assert repaired == "r = await web.search({query: topic})?\n"


async def test_run_with_mock(editor):
    editor.write("mock.json", {"modules": {"web": {"fetch": {"value": "page"}}}})
    editor.write("lash.json", {"mock": "mock.json"})
    await editor.open('x = await web.fetch({url: "a"})?\nprint x\nfinish len(x)\n')
    lens = (
        await editor.client.text_document_code_lens_async(lsp.CodeLensParams(editor.document))
    )[0]
    assert lens.command.title == "Run with mock"
    report = await editor.client.workspace_execute_command_async(
        lsp.ExecuteCommandParams(lens.command.command, lens.command.arguments)
    )
    assert (report["outcome"], report["value"]) == ("finish", 4)
    assert editor.client.messages[-1].message == '"page"\nfinish 4'


async def test_an_endless_run_ends(editor):
    await editor.open("while true { x = 1 }\n")
    report = await editor.client.workspace_execute_command_async(
        lsp.ExecuteCommandParams("lash.run", [editor.uri])
    )
    assert report["outcome"] == "exhausted"
