"""What the folder `editors` offers: valid, current, and able to drive the server."""

import json
import os
import re
import shutil
import subprocess
import tomllib
import zipfile

import pytest
from conftest import LASHC, PATIENCE, ROOT

VSCODE = ROOT / "editors/vscode"


def load(name):
    return json.loads((VSCODE / name).read_text("utf-8"))


def test_generated_files_are_current():
    subprocess.run([ROOT / "scripts/editor-grammars", "--check"], check=True)


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


def test_vsix(tmp_path):
    subprocess.run([ROOT / "scripts/vscode-extension", tmp_path], check=True)
    with zipfile.ZipFile(tmp_path / "lash.vsix") as archive:
        names = archive.namelist()
        assert json.loads(archive.read("extension/package.json"))["name"] == "lash"
        assert b'Id="lash"' in archive.read("extension.vsixmanifest")
    assert "extension/src/extension.js" in names and "[Content_Types].xml" in names
    assert "extension/syntaxes/lash.tmLanguage.json" in names


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


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
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


NEOVIM = """
local path = ...
vim.cmd("edit " .. vim.env.PROGRAM)
local waited = vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 20)
local lines = { vim.bo.filetype, tostring(waited) }
for _, d in ipairs(vim.diagnostic.get(0)) do
  table.insert(lines, d.lnum .. ":" .. d.col .. " " .. d.message)
end
vim.fn.writefile(lines, vim.env.RESULT)
vim.cmd("qall!")
"""


@pytest.mark.skipif(not shutil.which("nvim"), reason="needs Neovim")
def test_neovim(tmp_path):
    program = tmp_path / "program.lash"
    program.write_text("x = 1\nprint y\n", "utf-8")
    (tmp_path / "drive.lua").write_text(NEOVIM, "utf-8")
    environment = dict(
        os.environ, LASHC=LASHC, PROGRAM=str(program), RESULT=str(tmp_path / "result"),
        HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path), XDG_STATE_HOME=str(tmp_path),
    )  # fmt: skip
    subprocess.run(
        [
            "nvim", "--headless", "-n", "-u", "NONE",
            "--cmd", f"set runtimepath+={ROOT / 'editors/nvim'}",
            "--cmd", "filetype plugin on", "--cmd", "syntax on",
            "-c", f"luafile {tmp_path / 'drive.lua'}",
        ],
        env=environment, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
    filetype, waited, *problems = (tmp_path / "result").read_text("utf-8").splitlines()
    assert (filetype, waited) == ("lash", "true")
    assert problems[0].startswith("1:6 unknown name `y`")


def test_helix():
    settings = tomllib.loads((ROOT / "editors/helix/languages.toml").read_text("utf-8"))
    server = settings["language-server"]["lashc"]
    assert [server["command"], *server["args"]] == ["lashc", "lsp"]
    assert settings["language"][0]["language-servers"] == ["lashc"]


@pytest.mark.skipif(not shutil.which("emacs"), reason="needs Emacs")
def test_emacs(tmp_path):
    """The mode is chosen for programs, and indents by brackets."""
    form = """(progn (find-file "a.lash") (insert "if x {\nprint 1\n}\n")
      (indent-region (point-min) (point-max)) (princ (format "%s\n%s" major-mode (buffer-string))))"""
    done = subprocess.run(
        ["emacs", "-Q", "--batch", "-L", ROOT / "editors/emacs", "-l", "lash-mode", "--eval", form],
        capture_output=True, text=True, cwd=tmp_path, timeout=PATIENCE, check=True,
    )  # fmt: skip
    assert done.stdout == "lash-mode\nif x {\n  print 1\n}\n"
