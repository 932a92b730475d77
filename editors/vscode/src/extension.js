// The client of `lashc lsp`: no packages, only the editor's own interface.
"use strict";

const vscode = require("vscode");
const { Connection } = require("./connection");
const { registerProviders } = require("./providers");

const LANGUAGE = "lash";
let connection;
let problems;

function isLash(document) {
  return document.languageId === LANGUAGE && document.uri.scheme === "file";
}

function identify(document) {
  return { uri: document.uri.toString(), version: document.version };
}

function open(document) {
  if (!isLash(document)) return;
  connection.notify("textDocument/didOpen", {
    textDocument: { ...identify(document), languageId: LANGUAGE, text: document.getText() },
  });
}

function place(position) {
  return new vscode.Position(position.line, position.character);
}

function range(json) {
  return new vscode.Range(place(json.start), place(json.end));
}

function show(method, params) {
  if (method === "textDocument/publishDiagnostics") {
    const found = params.diagnostics.map((json) => {
      const problem = new vscode.Diagnostic(range(json.range), json.message, json.severity - 1);
      problem.code = json.code;
      problem.source = json.source;
      problem.relatedInformation = (json.relatedInformation ?? []).map(
        ({ location, message }) =>
          new vscode.DiagnosticRelatedInformation(
            new vscode.Location(vscode.Uri.parse(location.uri), range(location.range)),
            message,
          ),
      );
      return problem;
    });
    problems.set(vscode.Uri.parse(params.uri), found);
  } else if (method === "window/showMessage") {
    const say = [null, "showErrorMessage", "showWarningMessage"][params.type];
    vscode.window[say ?? "showInformationMessage"](params.message);
  }
}

async function start() {
  const command = vscode.workspace.getConfiguration(LANGUAGE).get("path");
  connection = new Connection(command, ["lsp"], show, (reason) => {
    if (reason !== "ended with status 0") {
      vscode.window.showErrorMessage(`\`${command} lsp\`: ${reason}; see the setting lash.path`);
    }
  });
  const result = await connection.request("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: { general: { positionEncodings: ["utf-16"] } },
  });
  connection.notify("initialized", {});
  vscode.workspace.textDocuments.forEach(open);
  return result.capabilities;
}

async function activate(context) {
  problems = vscode.languages.createDiagnosticCollection(LANGUAGE);
  const capabilities = await start();
  const watcher = vscode.workspace.createFileSystemWatcher("**/*.json");
  const changed = () => connection.notify("workspace/didChangeWatchedFiles", { changes: [] });
  context.subscriptions.push(
    problems,
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
    vscode.workspace.onDidOpenTextDocument(open),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (!isLash(document)) return;
      connection.notify("textDocument/didClose", { textDocument: identify(document) });
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (!isLash(document) || contentChanges.length === 0) return;
      connection.notify("textDocument/didChange", {
        textDocument: identify(document),
        contentChanges: contentChanges.map(({ range, text }) => ({ range, text })),
      });
    }),
    vscode.commands.registerCommand("lash.restart", async () => {
      await connection.stop();
      await start();
    }),
    vscode.commands.registerCommand("lash.run", (uri) =>
      connection.request("workspace/executeCommand", { command: "lash.run", arguments: [uri] }),
    ),
    ...registerProviders(LANGUAGE, capabilities, (...request) => connection.request(...request)),
  );
}

function deactivate() {
  return connection?.stop();
}

module.exports = { activate, deactivate };
