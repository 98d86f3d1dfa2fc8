import Diagnostics
import SeedbedDatasets
import SeedbedQueries

/// Leaves in each source the episodes that the conditions hold for.
///
/// A condition for all sources may speak of columns that only some have, as only simulated episodes have `failure.cause`: of the
/// conditions that are joined by `&&` those apply to a source whose columns it has. What no source has is a mistake. `origin` is
/// what the mix will say, for every source.
struct EpisodeFilter {
  let request: MixRequest

  /// - Returns: What did not apply, for people.
  func apply(_ sources: inout [MixSource], _ problems: inout MixProblems) throws(DatasetError) -> [String] {
    if request.conditions.isEmpty { return [] }
    var catalogs: [EpisodeCatalog] = []
    for source in sources {
      var catalog = try EpisodeCatalog(directory: source.data.path)
      catalog.supply(
        MixColumns.origin, texts: (0..<source.data.episodes.count).map { source.origin($0, request) })
      catalogs.append(catalog)
    }
    let all = Self.union(catalogs)
    var notes: [String] = []
    for condition in request.conditions {
      if let name = condition.source {
        guard let place = sources.firstIndex(where: { $0.name == name }) else { continue }
        try keep(condition.value, catalogs[place], &sources[place], &problems)
        continue
      }
      let parts: [Expression.Part]
      do throws(InputError) {
        parts = try Expression.parts(ofCondition: condition.value, columns: all, label: "--where")
      } catch {
        problems.add(error)
        continue
      }
      for place in sources.indices {
        let columns = Set(catalogs[place].columns.filter { $0.kind != .null }.map(\.name))
        let strange = parts.filter { !columns.isSuperset(of: $0.columns) }
        if !strange.isEmpty {
          let lacking = Set(strange.flatMap(\.columns)).subtracting(columns).sorted()
          notes.append(
            "--where \(strange.map { "'\($0.text)'" }.joined(separator: ", ")) does not apply to '\(sources[place].name)', which has no "
              + "\(lacking.count == 1 ? "column" : "columns") \(lacking.map { "'\($0)'" }.joined(separator: ", "))")
        }
        for part in parts where columns.isSuperset(of: part.columns) {
          try keep(part.text, catalogs[place], &sources[place], &problems)
        }
      }
    }
    return notes
  }

  private func keep(
    _ text: String, _ catalog: EpisodeCatalog, _ source: inout MixSource, _ problems: inout MixProblems
  ) throws(DatasetError) {
    let parsed: Expression
    do throws(InputError) {
      parsed = try catalog.condition(text, label: "--where \(source.name)")
    } catch {
      problems.add(error)
      return
    }
    let keep = try catalog.matches(parsed)
    source.eligible.removeAll { $0 < keep.count ? !keep[$0] : true }
  }

  /// The columns that any source has.
  private static func union(_ catalogs: [EpisodeCatalog]) -> [(name: String, kind: ValueKind)] {
    var columns: [(name: String, kind: ValueKind)] = []
    var places: [String: Int] = [:]
    for (name, kind) in catalogs.flatMap(\.columns) {
      if let place = places[name] {
        if columns[place].kind == .null { columns[place].kind = kind }
      } else {
        places[name] = columns.count
        columns.append((name, kind))
      }
    }
    return columns
  }
}
