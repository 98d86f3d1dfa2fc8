/// The candidate closest to what was written, for "did you mean"; nil where none is close.
///
/// Close means an edit distance (insert, delete, replace, swap of neighbours; capitals count as small letters) of at most
/// a third of the length, or one edit in a word of two letters or more. Of equally close candidates the first in order.
public func closestMatch(to word: String, among candidates: some Sequence<String>) -> String? {
  let longestWord = 64
  guard word.unicodeScalars.prefix(longestWord + 1).count <= longestWord else { return nil }
  let written = word.lowercased()
  var best: (distance: Int, candidate: String)?
  for candidate in candidates.sorted() {
    guard candidate.unicodeScalars.prefix(2 * longestWord).count < 2 * longestWord else { continue }
    let length = max(written.unicodeScalars.count, candidate.unicodeScalars.count)
    let distance = editDistance(written, candidate.lowercased())
    guard distance < length, distance <= max(1, length / 3) else { continue }
    if distance < best?.distance ?? .max { best = (distance, candidate) }
  }
  return best?.candidate
}

/// The optimal string alignment distance between two words.
package func editDistance(_ first: String, _ second: String) -> Int {
  let a = Array(first.unicodeScalars), b = Array(second.unicodeScalars)
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
  for i in 0...a.count { rows[i][0] = i }
  for j in 0...b.count { rows[0][j] = j }
  for i in 1...a.count {
    for j in 1...b.count {
      let replaced = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, replaced)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
      }
    }
  }
  return rows[a.count][b.count]
}
