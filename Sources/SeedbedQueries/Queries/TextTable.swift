/// Columns of text for a terminal: numbers to the right, texts to the left, long texts cut.
struct TextTable {
  let head: [String]
  let isNumber: [Bool]
  let rows: [[String]]
  /// Longer texts are cut.
  var widest = 48

  var lines: [String] {
    let cut = rows.map { row in row.map(shortened) }
    let widths = head.indices.map { i in max(head[i].count, cut.map { $0[i].count }.max() ?? 0) }
    func line(_ cells: [String]) -> String {
      var text = ""
      for (i, cell) in cells.enumerated() {
        let space = String(repeating: " ", count: widths[i] - cell.count)
        let isLast = i == cells.count - 1
        text += isNumber[i] ? space + cell : isLast ? cell : cell + space
        if !isLast { text += "  " }
      }
      return text
    }
    return [line(head)] + cut.map(line)
  }

  private func shortened(_ text: String) -> String {
    text.count <= widest ? text : text.prefix(widest - 3) + "..."
  }
}
