import LashLang

/// The pages of diagnostic codes: what each means, an example, the repair.
public enum Explain {
  /// The page of a code, as Markdown.
  public static func page(of code: DiagnosticCode) -> String? {
    for group in ErrorPages.groups {
      if let page = group[code.rawValue] { return page }
    }
    return nil
  }

  /// The code that a person names, in letters of any case; `nil` if there is none.
  public static func code(named name: String) -> DiagnosticCode? {
    DiagnosticCode(rawValue: name.uppercased())
  }

  /// The title of each page, by code, in the order of the codes.
  public static var titles: [(code: DiagnosticCode, title: String)] {
    DiagnosticCode.allCases.compactMap { code in
      page(of: code).map { page in
        let line = page.prefix { $0 != "\n" }
        return (code, String(line.dropFirst("# \(code.rawValue): ".count)))
      }
    }
  }
}
