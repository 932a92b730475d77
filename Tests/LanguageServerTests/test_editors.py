"""What the folder `editors` has for Neovim, Helix and Emacs: valid, current, and able to drive the
server."""

import os
import shutil
import subprocess
import tomllib

import pytest
from conftest import LASHC, PATIENCE, ROOT

needs_neovim = pytest.mark.skipif(not shutil.which("nvim"), reason="needs Neovim")


def test_generated_files_are_current():
    subprocess.run([ROOT / "scripts/editor-grammars", "--check"], check=True)


NEOVIM = """
vim.cmd("edit " .. vim.env.PROGRAM)
local waited = vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 20)
local lines = { vim.bo.filetype, tostring(waited) }
for _, d in ipairs(vim.diagnostic.get(0)) do
  table.insert(lines, d.lnum .. ":" .. d.col .. " " .. d.message:match("[^\\n]*"))
end
local groups = {}
for column = 1, vim.fn.col("$") - 1 do
  local group = vim.fn.synID(1, column, 1)
  local name = vim.fn.synIDattr(group, "name")
  -- A group that is linked to none of Neovim's has no colour.
  if vim.fn.synIDtrans(group) == group then name = "" end
  if name ~= "" and name ~= groups[#groups] then table.insert(groups, name) end
end
table.insert(lines, table.concat(groups, " "))
local shown
vim.lsp.handlers["window/showMessage"] = function(_, result) shown = result.message end
vim.api.nvim_buf_set_lines(0, 1, 2, false, { "print x + 1" })
require("lash").run()
vim.wait(20000, function() return shown ~= nil end, 20)
table.insert(lines, shown)
vim.fn.writefile(lines, vim.env.RESULT)
vim.cmd("qall!")
"""


def neovim(folder, script, command):
    """What Neovim says while it runs a script, and what the script wrote."""
    (folder / "program.lash").write_text("x = len(['a']) # one\nprint y\n", "utf-8")
    (folder / "drive.lua").write_text(script, "utf-8")
    environment = dict(
        os.environ, LASHC=command, PROGRAM=str(folder / "program.lash"), RESULT=str(folder / "result"),
        HOME=str(folder), XDG_DATA_HOME=str(folder), XDG_STATE_HOME=str(folder),
    )  # fmt: skip
    done = subprocess.run(
        [
            "nvim", "--headless", "-n", "-u", "NONE",
            "--cmd", f"set runtimepath+={ROOT / 'editors/nvim'}",
            "--cmd", "filetype plugin on", "--cmd", "syntax on",
            "-c", f"luafile {folder / 'drive.lua'}",
        ],
        env=environment, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    result = folder / "result"
    return done.stderr, result.read_text("utf-8").splitlines() if result.exists() else []


@needs_neovim
def test_neovim(tmp_path):
    said, result = neovim(tmp_path, NEOVIM, LASHC)
    assert result[:3] == ["lash", "true", "1:6 unknown name `y`"]
    assert result[3] == "lashFunction lashString lashComment"
    assert result[4].split("\0") == ["2", "ended without `finish`"]
    assert said == ""


@needs_neovim
def test_neovim_without_the_tool(tmp_path):
    said, _ = neovim(tmp_path, 'vim.cmd("edit " .. vim.env.PROGRAM) vim.cmd("qall!")', "no-such-tool")
    assert said.strip() == "`no-such-tool` cannot be run; $LASHC or PATH must name it"


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


def has_eglot():
    if not shutil.which("emacs"):
        return False
    asked = ["emacs", "-q", "--batch", "-f", "package-initialize", "-l", "eglot"]
    return subprocess.run(asked, capture_output=True).returncode == 0


@pytest.mark.skipif(not has_eglot(), reason="needs eglot")
def test_eglot(tmp_path):
    """Emacs shows problems and renames with the server that its mode names."""
    (tmp_path / "program.lash").write_text("x = 1\nprint x + y\n", "utf-8")
    (tmp_path / "lashc").symlink_to(LASHC)
    here = ROOT / "Tests/LanguageServerTests"
    done = subprocess.run(
        ["emacs", "-q", "--batch", "-L", ROOT / "editors/emacs", "-l", here / "eglot_session.el"],
        env=dict(os.environ, HOME=str(tmp_path), PATH=f"{tmp_path}:{os.environ['PATH']}"),
        capture_output=True, text=True, cwd=tmp_path, timeout=PATIENCE, check=True,
    )  # fmt: skip
    assert done.stdout == "2 lash [E0201]: unknown name `y`\ncount = 1\nprint count + y\n"
