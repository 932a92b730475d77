"""The extension of VS Code: its files, its package, and what it shows, with a stand-in for the editor."""

import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as xml
import zipfile

import pytest
from conftest import LASHC, PATIENCE, ROOT

HERE = ROOT / "Tests/LanguageServerTests"
VSCODE = ROOT / "editors/vscode"
needs_node = pytest.mark.skipif(not shutil.which("node"), reason="needs node")


def load(name):
    return json.loads((VSCODE / name).read_text("utf-8"))


def test_package_names_files_that_are_there():
    package = load("package.json")
    contributes = package["contributes"]
    named = [package["main"], contributes["jsonValidation"][0]["url"]]
    named += [language["configuration"] for language in contributes["languages"]]
    named += [grammar["path"] for grammar in contributes["grammars"]]
    assert [name for name in named if not (VSCODE / name).is_file()] == []
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
    assert "dependencies" not in package
    for name in ["language-configuration.json", "lash.schema.json"]:
        load(name)


def patterns(rule):
    """All regular expressions of a grammar."""
    for key, value in rule.items():
        if key in ("match", "begin", "end"):
            yield value
        elif isinstance(value, dict):
            yield from patterns(value)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    yield from patterns(item)


def includes(rule):
    for key, value in rule.items():
        if key == "include":
            yield value
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield from includes(item)


def test_grammar_is_valid():
    grammar = load("syntaxes/lash.tmLanguage.json")
    assert grammar["scopeName"] == "source.lash"
    for pattern in patterns(grammar):
        re.compile(pattern)
    for name in includes(grammar):
        assert name.removeprefix("#") in grammar["repository"]


@pytest.mark.parametrize(
    "text, scope",
    [
        ("while", "keyword.control.lash"),
        ("wait_signal", "keyword.control.lash"),
        ("null", "constant.language.lash"),
        ("not", "keyword.operator.word.lash"),
        ("to_json(", "support.function.builtin.lash"),
        ("len(", "support.function.builtin.lash"),
        ("str", "support.type.lash"),
        ("0x1F", "constant.numeric.lash"),
        ("1_000.5e-3", "constant.numeric.lash"),
        ("whiles", None),
        ("x1", None),
    ],
)
def test_words_of_the_grammar(text, scope):
    words = load("syntaxes/lash.tmLanguage.json")["repository"]["words"]["patterns"]
    found = [rule.get("name") for rule in words if re.match(rule["match"], text)]
    assert (found[0] if found else None) == scope


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vscode")
    subprocess.run([ROOT / "scripts/vscode-extension", folder], check=True)
    with zipfile.ZipFile(folder / "lash.vsix") as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def named(package, file, name):
    """The attributes of all elements of a name in an XML file of the package."""
    return [e.attrib for e in xml.fromstring(package[file]).iter() if e.tag.endswith("}" + name)]


def test_manifest_of_the_package(package):
    """What the packing tool of the editor writes, and what it refuses."""
    described = json.loads(package["extension/package.json"])
    (identity,) = named(package, "extension.vsixmanifest", "Identity")
    assert identity["Id"] == described["name"] and identity["Version"] == described["version"]
    assert identity["Publisher"] == described["publisher"]
    for key in ("name", "publisher"):
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", described[key])
    properties = named(package, "extension.vsixmanifest", "Property")
    engine = next(p["Value"] for p in properties if p["Id"] == "Microsoft.VisualStudio.Code.Engine")
    assert engine == described["engines"]["vscode"]
    assert re.fullmatch(r"\^\d+\.\d+\.\d+", engine)
    assets = {a["Type"]: a["Path"] for a in named(package, "extension.vsixmanifest", "Asset")}
    assert set(assets.values()) <= set(package)
    assert {kind.rsplit(".", 1)[-1] for kind in assets} == {"Manifest", "Details", "License"}
    # What starts the extension is there, and something starts it.
    assert "extension/" + described["main"].removeprefix("./") in package
    assert described["activationEvents"] == ["onLanguage:lash"]


def test_content_types_of_the_package(package):
    known = {d["Extension"] for d in named(package, "[Content_Types].xml", "Default")}
    others = set(package) - {"[Content_Types].xml"}
    assert {"." + name.rsplit(".", 1)[-1] for name in others} <= known
    assert len({name.lower() for name in package}) == len(package)


def test_texts_of_the_package(package):
    """A relative link or picture needs a repository that the package does not name."""
    readme = package["extension/README.md"]
    links = re.findall(r"\]\(([^)]*)\)", readme)
    assert [link for link in links if not link.startswith("https://")] == []
    assert package["extension/LICENSE.txt"] == (ROOT / "LICENSE").read_text("utf-8")


def test_commands_are_registered(package):
    source = package["extension/src/extension.js"]
    registered = set(re.findall(r'registerCommand\("([^"]+)"', source))
    contributed = json.loads(package["extension/package.json"])["contributes"]["commands"]
    # `lash.run` takes the document of its lens.
    assert registered == {command["command"] for command in contributed} | {"lash.run"}


PROGRAM = """xs = [1, 2]
print ys
y = len(xs)
fn f(a: int) -> int {
  b =  a

  b + 1
}
print f(y)
"""


@needs_node
def test_what_the_editor_shows(package, tmp_path):
    """Every provider, from the files of the package."""
    for name, text in package.items():
        file = tmp_path / "package" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (tmp_path / "a.lash").write_text(PROGRAM, "utf-8")
    done = subprocess.run(
        ["node", HERE / "vscode_session.js", tmp_path / "package/extension", tmp_path / "a.lash"],
        env=dict(os.environ, NODE_PATH=str(HERE), LASHC=LASHC),
        capture_output=True, text=True, timeout=PATIENCE, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    shown = {}
    for line in done.stdout.splitlines():
        name, value = json.loads(line)
        shown.setdefault(name, []).append(value)
    before, after = shown["problems"]
    assert [(p["code"], p["severity"], p["range"]) for p in before] == [
        ("E0201", 0, span((1, 6), (1, 8)))
    ]
    assert after == []
    (repair,) = shown["provideCodeActions"][0]
    assert (repair["title"], edits(repair["edit"])) == ("write `xs`", [(span((1, 6), (1, 8)), "xs")])
    assert "xs: list[int]" in shown["provideHover"][0]["contents"]["value"]
    assert "xs" in [item["insertText"] for item in shown["provideCompletionItems"][0]]
    assert shown["provideSignatureHelp"][0]["signatures"][0]["label"].startswith("len(")
    assert shown["provideDefinition"][0]["range"] == span((0, 0), (0, 2))
    uses = [span((0, 0), (0, 2)), span((1, 6), (1, 8)), span((2, 8), (2, 10))]
    assert [use["range"] for use in shown["provideReferences"][0]] == uses
    assert [use["range"] for use in shown["provideDocumentHighlights"][0]] == uses
    assert shown["prepareRename"] == [span((1, 6), (1, 8))]
    assert edits(shown["provideRenameEdits"][0]) == [(use, "items") for use in uses]
    # The kinds of the editor count from 0, those of the protocol from 1: 12 is a variable, 11 a function.
    symbols = [(s["name"], s["kind"]) for s in shown["provideDocumentSymbols"][0]]
    assert symbols == [("xs", 12), ("y", 12), ("f", 11)]
    whole = shown["provideDocumentSemanticTokens"][0]["data"]
    assert whole == shown["provideDocumentRangeSemanticTokens"][0]["data"]
    assert len(whole) % 5 == 0 and whole["0"] == 0 and whole["2"] == 2
    assert [hint["label"] for hint in shown["provideInlayHints"][0]] == [": list[int]", ": int", ": int"]
    formatted = [{"range": span((4, 6), (4, 7)), "newText": ""}]
    assert shown["provideDocumentFormattingEdits"][0] == formatted
    assert shown["provideDocumentRangeFormattingEdits"][0] == formatted
    assert shown["provideFoldingRanges"][0] == [{"start": 3, "end": 6}]
    assert shown["provideCodeLenses"][0][0]["command"]["command"] == "lash.run"
    assert shown["messages"] == [[["showInformationMessage", "[1,2]\n3\nended without `finish`"]]]
    assert shown["restarted"] == [1]


def span(start, end):
    """A range as the editor writes it in JSON."""
    return [{"line": line, "character": column} for line, column in (start, end)]


def edits(workspace_edit):
    return [(e["range"], e["newText"]) for _, file in workspace_edit["entries"] for e in file]


CLIENT = """
const { Connection } = require(process.argv[2] + "/src/connection");
const uri = "file:///a.lash";
const c = new Connection(process.argv[3], ["lsp"], (method, params) => {
  if (method !== "textDocument/publishDiagnostics") return;
  console.log(params.diagnostics.map((d) => d.code).join());
  c.stop();
}, (reason) => console.log(reason));
(async () => {
  const result = await c.request("initialize", { capabilities: {} });
  console.log(result.capabilities.positionEncoding);
  await c.request("no/such", {}).catch((error) => console.log(error.message));
  c.notify("textDocument/didOpen",
    { textDocument: { uri, languageId: "lash", version: 1, text: "print 'é' + y\\n" } });
})();
"""


@needs_node
def test_connection_of_the_extension(tmp_path):
    (tmp_path / "client.js").write_text(CLIENT, "utf-8")
    done = subprocess.run(
        ["node", tmp_path / "client.js", VSCODE, LASHC],
        capture_output=True, text=True, timeout=PATIENCE, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == [
        "utf-16", "unknown method `no/such`", "E0201", "ended with status 0",
    ]  # fmt: skip
    for script in (VSCODE / "src").glob("*.js"):
        subprocess.run(["node", "--check", script], check=True)


ENDED = """
const { Connection } = require(process.argv[2] + "/src/connection");
const c = new Connection("false", [], () => {}, async (reason) => {
  console.log(reason);
  await c.request("shutdown", null).catch((error) => console.log(error.message));
  await c.stop();
  console.log("stopped");
});
"""


@needs_node
def test_a_server_that_ended_can_be_stopped(tmp_path):
    """So that the command that restarts it does."""
    (tmp_path / "client.js").write_text(ENDED, "utf-8")
    done = subprocess.run(
        ["node", tmp_path / "client.js", VSCODE],
        capture_output=True, text=True, timeout=PATIENCE, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == [
        "ended with status 1", "lashc: ended with status 1", "stopped",
    ]  # fmt: skip
