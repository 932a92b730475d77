// Drives the extension of VS Code with the stand-in of its interface: opens a program, asks every
// provider, and prints what the editor would show as one line of JSON for each.
// Usage: NODE_PATH=(folder of the stand-in) LASHC=… node vscode_session.js EXTENSION PROGRAM
"use strict";

const fs = require("node:fs");
const vscode = require("vscode");
const { activate, deactivate } = require(`${process.argv[2]}/src/extension`);

const { registered } = vscode;
const uri = vscode.Uri.parse(`file://${process.argv[3]}`);
const document = {
  languageId: "lash",
  version: 1,
  uri,
  text: fs.readFileSync(process.argv[3], "utf8"),
  getText() {
    return this.text;
  },
};
const token = { onCancellationRequested() {} };
const at = (line, character) => new vscode.Position(line, character);
const whole = new vscode.Range(at(0, 0), at(99, 0));

/** The next time that the extension shows `problems`, or a `message`. */
const next = (name) => new Promise((resolve) => (registered.events[name] = resolve));
const say = (name, value) => console.log(JSON.stringify([name, value]));
const ask = async (name, method, ...more) =>
  say(method, await registered.providers[`register${name}Provider`].provider[method](document, ...more));

(async () => {
  const subscriptions = [];
  await activate({ subscriptions });
  let found = next("problems");
  registered.events.opened(document);
  await found;
  say("problems", registered.problems.get(uri.toString()));
  await ask("CodeActions", "provideCodeActions", whole, {}, token);
  document.version = 2;
  found = next("problems");
  const fix = { range: new vscode.Range(at(1, 6), at(1, 8)), text: "xs" };
  registered.events.changed({ document, contentChanges: [fix] });
  await found;
  say("problems", registered.problems.get(uri.toString()));
  await ask("Hover", "provideHover", at(0, 0), token);
  await ask("CompletionItem", "provideCompletionItems", at(1, 8), token);
  await ask("SignatureHelp", "provideSignatureHelp", at(2, 9), token);
  await ask("Definition", "provideDefinition", at(1, 6), token);
  await ask("Reference", "provideReferences", at(1, 6), { includeDeclaration: true }, token);
  await ask("DocumentHighlight", "provideDocumentHighlights", at(1, 6), token);
  await ask("Rename", "prepareRename", at(1, 6), token);
  await ask("Rename", "provideRenameEdits", at(1, 6), "items", token);
  await ask("DocumentSymbol", "provideDocumentSymbols", token);
  await ask("DocumentSemanticTokens", "provideDocumentSemanticTokens", token);
  await ask("DocumentRangeSemanticTokens", "provideDocumentRangeSemanticTokens", whole, token);
  await ask("InlayHints", "provideInlayHints", whole, token);
  await ask("DocumentFormattingEdit", "provideDocumentFormattingEdits", {}, token);
  await ask("DocumentRangeFormattingEdit", "provideDocumentRangeFormattingEdits", whole, {}, token);
  await ask("FoldingRange", "provideFoldingRanges", {}, token);
  await ask("CodeLens", "provideCodeLenses", token);
  const told = next("message");
  await registered.commands["lash.run"](uri.toString());
  await told;
  say("messages", registered.messages);
  await registered.commands["lash.restart"]();
  say("restarted", registered.messages.length);
  registered.events.closed(document);
  await deactivate();
})();
