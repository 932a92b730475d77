// Places in texts, from the protocol to the editor's classes and back.
"use strict";

const vscode = require("vscode");

const place = (json) => new vscode.Position(json.line, json.character);
const range = (json) => new vscode.Range(place(json.start), place(json.end));
const location = (json) => new vscode.Location(vscode.Uri.parse(json.uri), range(json.range));

/** A range for the protocol: by itself the editor's class becomes an array in JSON. */
const span = ({ start, end }) => ({
  start: { line: start.line, character: start.character },
  end: { line: end.line, character: end.character },
});

module.exports = { place, range, location, span };
