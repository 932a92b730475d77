// As much of the interface of VS Code as the extension uses: classes keep what they were made of,
// registered providers and commands are in `registered`.
"use strict";

/** A class whose objects keep the arguments of `new` under these names. */
function record(...names) {
  return class {
    constructor(...values) {
      names.forEach((name, n) => (this[name] = values[n]));
    }
  };
}

const registered = { commands: {}, providers: {}, events: {}, problems: new Map(), messages: [] };

function event(name) {
  return (listener) => {
    registered.events[name] = listener;
    return { dispose() {} };
  };
}

class Uri {
  static parse(text) {
    return Object.assign(new Uri(), { text, scheme: text.split(":")[0] });
  }
  toString() {
    return this.text;
  }
}

/** As JSON the editor's ranges are arrays. */
class Range extends record("start", "end") {
  toJSON() {
    return [this.start, this.end];
  }
}

class WorkspaceEdit {
  set(uri, edits) {
    (this.entries ??= []).push([uri.toString(), edits]);
  }
}

const languages = new Proxy(
  {
    createDiagnosticCollection: () => ({
      set(uri, found) {
        registered.problems.set(uri.toString(), found);
        registered.events.problems?.();
      },
      dispose() {},
    }),
  },
  {
    get: (target, name) =>
      target[name] ??
      ((selector, provider, ...more) => {
        registered.providers[name] = { selector, provider, more };
        return { dispose() {} };
      }),
  },
);

module.exports = {
  registered,
  languages,
  Uri,
  WorkspaceEdit,
  Position: record("line", "character"),
  Range,
  Location: record("uri", "range"),
  Diagnostic: record("range", "message", "severity"),
  DiagnosticRelatedInformation: record("location", "message"),
  TextEdit: record("range", "newText"),
  DocumentSymbol: record("name", "detail", "kind", "range", "selectionRange"),
  CompletionItem: record("label", "kind"),
  SignatureHelp: record(),
  SignatureInformation: record("label", "documentation"),
  ParameterInformation: record("label"),
  SemanticTokensLegend: record("types", "modifiers"),
  SemanticTokens: record("data"),
  Hover: record("contents", "range"),
  MarkdownString: record("value"),
  DocumentHighlight: record("range", "kind"),
  InlayHint: record("position", "label", "kind"),
  CodeAction: record("title", "kind"),
  CodeActionKind: { QuickFix: "quickfix" },
  FoldingRange: record("start", "end", "kind"),
  CodeLens: record("range", "command"),
  commands: {
    registerCommand(name, run) {
      registered.commands[name] = run;
      return { dispose() {} };
    },
  },
  window: new Proxy({}, {
    get: (_, kind) => (text) => {
      registered.messages.push([kind, text]);
      registered.events.message?.();
    },
  }),
  workspace: {
    textDocuments: [],
    getConfiguration: () => ({ get: () => process.env.LASHC }),
    createFileSystemWatcher: () => ({
      onDidChange: event("fileChanged"),
      onDidCreate: event("fileCreated"),
      onDidDelete: event("fileDeleted"),
      dispose() {},
    }),
    onDidOpenTextDocument: event("opened"),
    onDidCloseTextDocument: event("closed"),
    onDidChangeTextDocument: event("changed"),
  },
};
