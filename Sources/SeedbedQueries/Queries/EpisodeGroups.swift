import SeedbedDatasets

/// Counts and means of the found episodes by the values of one or more expressions.
public struct EpisodeGroups: Sendable {
  struct Group: Sendable {
    /// As text, for each expression.
    var key: [String]
    var count = 0
    /// Of each mean: the sum and the number of its values.
    var sums: [Double]
    var counts: [Int]
  }

  var groups: [Group] = []
  let keys: [String], means: [String]
  let total: Int

  /// - Parameters:
  ///   - keys: Each of their combinations is a group.
  ///   - means: What is averaged; of a truth value that is the share of those that hold.
  init(
    _ query: EpisodeQuery, _ answer: EpisodeQuery.Answer, keys: [Expression], means: [Expression], form: CellText.Form
  ) throws(DatasetError) {
    self.keys = keys.map(\.text)
    self.means = means.map(\.text)
    total = answer.places.count
    var places: [[String]: Int] = [:]
    var found: [Group] = []
    try query.read(keys + means, of: answer) { vectors, count throws(DatasetError) in
      let texts = vectors.prefix(keys.count).map { CellText(form: form).texts($0) }
      let numbers = vectors.dropFirst(keys.count).map(\.measures)
      for row in 0..<count {
        let key = texts.map { $0[row] }
        let place: Int
        if let known = places[key] {
          place = known
        } else {
          place = found.count
          places[key] = place
          found.append(
            Group(
              key: key, sums: .init(repeating: 0, count: means.count), counts: .init(repeating: 0, count: means.count)))
        }
        found[place].count += 1
        for (i, column) in numbers.enumerated() where !column[row].isNaN {
          found[place].sums[i] += column[row]
          found[place].counts[i] += 1
        }
      }
    }
    groups = found.sorted { ($1.count, $0.key.joined(separator: "\0")) < ($0.count, $1.key.joined(separator: "\0")) }
  }
}

extension Vector {
  /// Numbers to average; truth values are 0 and 1, nulls NaN.
  fileprivate var measures: [Double] {
    if case .truths(let v) = self { return v.map { $0 == .unknown ? .nan : $0 == .yes ? 1 : 0 } }
    return doubles
  }
}
