extension GraphSVG {
  /// The style sheet: light, then what differs in the dark.
  static let style = """
    text { fill: #1f2328; white-space: pre; }
    .code, .type, .signature { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    .code { font-size: 12px; }
    .type { font-size: 10.3px; fill: #6e7781; }
    .signature { font-size: 13px; font-weight: 600; }
    .title, .way, .run { font-family: system-ui, "DejaVu Sans", Helvetica, Arial, sans-serif; }
    .title { font-size: 12px; font-weight: 700; }
    .way { font-size: 11px; fill: #57606a; }
    .run { font-size: 11px; font-weight: 600; fill: #1a7f37; }
    .page { fill: #ffffff; }
    .panel rect { fill: #f6f8fa; stroke: #d0d7de; }
    .frame { fill: #8250df; fill-opacity: 0.05; stroke: #8250df; stroke-opacity: 0.55; stroke-dasharray: 5 4; }
    .box { fill: #ffffff; stroke: #8c959f; }
    .effect .box { fill: #ddf4ff; stroke: #0969da; stroke-width: 1.5; }
    .branch .box { fill: #fff8c5; stroke: #9a6700; }
    .each .box, .loop .box { fill: #fbefff; stroke: #8250df; }
    .finish .box { fill: #dafbe1; stroke: #1a7f37; stroke-width: 1.5; }
    .fail .box { fill: #ffebe9; stroke: #cf222e; stroke-width: 1.5; }
    .break .box, .continue .box { fill: #eaeef2; stroke: #57606a; }
    .node.ran .box { stroke-width: 2.5; }
    .node.idle { opacity: 0.4; }
    .node.idle .run { fill: #57606a; }
    .edge { fill: none; stroke: #57606a; stroke-width: 1.2; }
    .edge.ran { stroke-width: 2.4; }
    .edge.idle { opacity: 0.35; stroke-dasharray: 3 3; }
    .head, .start { fill: #57606a; }
    .end { fill: none; stroke: #57606a; stroke-width: 1.5; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .type, .way { fill: #8b949e; }
      .run { fill: #3fb950; }
      .page { fill: #0d1117; }
      .panel rect { fill: #161b22; stroke: #30363d; }
      .frame { fill: #a371f7; fill-opacity: 0.08; stroke: #a371f7; }
      .box { fill: #0d1117; stroke: #6e7681; }
      .effect .box { fill: #0c2d4a; stroke: #58a6ff; }
      .branch .box { fill: #3a2d07; stroke: #d29922; }
      .each .box, .loop .box { fill: #2c1d49; stroke: #a371f7; }
      .finish .box { fill: #0f2e1a; stroke: #3fb950; }
      .fail .box { fill: #43120f; stroke: #f85149; }
      .break .box, .continue .box { fill: #21262d; stroke: #8b949e; }
      .node.idle .run { fill: #8b949e; }
      .edge { stroke: #8b949e; }
      .head, .start { fill: #8b949e; }
      .end { stroke: #8b949e; }
    }

    """
}
