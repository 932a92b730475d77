// One provider for each feature: the editor's question as a request, the answer as its classes.
"use strict";

const vscode = require("vscode");

const place = (json) => new vscode.Position(json.line, json.character);
const range = (json) => new vscode.Range(place(json.start), place(json.end));
const edit = (json) => new vscode.TextEdit(range(json.range), json.newText);
const location = (json) => new vscode.Location(vscode.Uri.parse(json.uri), range(json.range));

function workspaceEdit(json) {
  const result = new vscode.WorkspaceEdit();
  for (const [uri, edits] of Object.entries(json.changes)) {
    result.set(vscode.Uri.parse(uri), edits.map(edit));
  }
  return result;
}

function symbol(json) {
  const result = new vscode.DocumentSymbol(
    json.name,
    json.detail ?? "",
    json.kind - 1,
    range(json.range),
    range(json.selectionRange),
  );
  result.children = json.children.map(symbol);
  return result;
}

function completion(json) {
  const item = new vscode.CompletionItem(json.label, json.kind - 1);
  item.detail = json.detail;
  item.documentation = json.documentation;
  item.sortText = json.sortText;
  item.range = range(json.textEdit.range);
  item.insertText = json.textEdit.newText;
  return item;
}

function signatures(json) {
  const help = new vscode.SignatureHelp();
  help.activeSignature = json.activeSignature;
  help.activeParameter = json.activeParameter;
  help.signatures = json.signatures.map((signature) => {
    const result = new vscode.SignatureInformation(signature.label, signature.documentation);
    result.parameters = signature.parameters.map(
      ({ label }) => new vscode.ParameterInformation(label),
    );
    return result;
  });
  return help;
}

/** Registers all providers for `language`; `request(method, params, token)` asks the server. */
function registerProviders(language, capabilities, request) {
  const { languages } = vscode;
  const selector = { language, scheme: "file" };
  const ask = async (method, document, more, token, make) => {
    const textDocument = { uri: document.uri.toString() };
    const answer = await request(`textDocument/${method}`, { textDocument, ...more }, token);
    return answer === null ? undefined : make(answer);
  };
  const all = (make) => (answers) => answers.map(make);
  const sync = capabilities.semanticTokensProvider.legend;
  const legend = new vscode.SemanticTokensLegend(sync.tokenTypes, sync.tokenModifiers);
  const tokens = (json) => new vscode.SemanticTokens(new Uint32Array(json.data));
  const options = { tabSize: 2, insertSpaces: true };
  return [
    languages.registerHoverProvider(selector, {
      provideHover: (document, position, token) =>
        ask("hover", document, { position }, token, (json) =>
          new vscode.Hover(new vscode.MarkdownString(json.contents.value), range(json.range))),
    }),
    languages.registerCompletionItemProvider(selector, {
      provideCompletionItems: (document, position, token) =>
        ask("completion", document, { position }, token, (json) => json.items.map(completion)),
    }, ...capabilities.completionProvider.triggerCharacters),
    languages.registerSignatureHelpProvider(selector, {
      provideSignatureHelp: (document, position, token) =>
        ask("signatureHelp", document, { position }, token, signatures),
    }, ...capabilities.signatureHelpProvider.triggerCharacters),
    languages.registerDefinitionProvider(selector, {
      provideDefinition: (document, position, token) =>
        ask("definition", document, { position }, token, location),
    }),
    languages.registerReferenceProvider(selector, {
      provideReferences: (document, position, context, token) =>
        ask("references", document, { position, context }, token, all(location)),
    }),
    languages.registerDocumentHighlightProvider(selector, {
      provideDocumentHighlights: (document, position, token) =>
        ask("documentHighlight", document, { position }, token, all((json) =>
          new vscode.DocumentHighlight(range(json.range), json.kind - 1))),
    }),
    languages.registerRenameProvider(selector, {
      prepareRename: (document, position, token) =>
        ask("prepareRename", document, { position }, token, (json) => range(json.range)),
      provideRenameEdits: (document, position, newName, token) =>
        ask("rename", document, { position, newName }, token, workspaceEdit),
    }),
    languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: (document, token) =>
        ask("documentSymbol", document, {}, token, all(symbol)),
    }),
    languages.registerDocumentSemanticTokensProvider(selector, {
      provideDocumentSemanticTokens: (document, token) =>
        ask("semanticTokens/full", document, {}, token, tokens),
    }, legend),
    languages.registerDocumentRangeSemanticTokensProvider(selector, {
      provideDocumentRangeSemanticTokens: (document, range, token) =>
        ask("semanticTokens/range", document, { range }, token, tokens),
    }, legend),
    languages.registerInlayHintsProvider(selector, {
      provideInlayHints: (document, range, token) =>
        ask("inlayHint", document, { range }, token, all((json) =>
          new vscode.InlayHint(place(json.position), json.label, json.kind))),
    }),
    languages.registerDocumentFormattingEditProvider(selector, {
      provideDocumentFormattingEdits: (document, _, token) =>
        ask("formatting", document, { options }, token, all(edit)),
    }),
    languages.registerDocumentRangeFormattingEditProvider(selector, {
      provideDocumentRangeFormattingEdits: (document, range, _, token) =>
        ask("rangeFormatting", document, { range, options }, token, all(edit)),
    }),
    languages.registerCodeActionsProvider(selector, {
      provideCodeActions: (document, range, _, token) =>
        ask("codeAction", document, { range, context: { diagnostics: [] } }, token, all((json) => {
          const action = new vscode.CodeAction(json.title, vscode.CodeActionKind.QuickFix);
          action.edit = workspaceEdit(json.edit);
          action.isPreferred = json.isPreferred;
          return action;
        })),
    }),
    languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: (document, _, token) =>
        ask("foldingRange", document, {}, token, all((json) =>
          new vscode.FoldingRange(json.startLine, json.endLine, json.kind && 1))),
    }),
    languages.registerCodeLensProvider(selector, {
      provideCodeLenses: (document, token) =>
        ask("codeLens", document, {}, token, all((json) =>
          new vscode.CodeLens(range(json.range), json.command))),
    }),
  ];
}

module.exports = { registerProviders };
