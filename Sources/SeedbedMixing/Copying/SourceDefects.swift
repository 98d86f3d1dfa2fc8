import SeedbedDatasets

/// Looks for all that no dataset may hold in the tables of a source: numbers that are not finite, and tasks that there are not.
/// It reads everything, so only where one of them was met.
struct SourceDefects {
  /// Episodes that a message names.
  private static let named = 10

  private struct Defect {
    /// Where it is first.
    var file: String
    var text: String
    var episodes: [Int]
    var remedy: String
  }

  let source: MixSource
  let schema: MixSchema
  let chosen: [Int]

  func find(_ problems: inout MixProblems) {
    let data = source.data
    let names = schema.features.compactMap { plan -> String? in
      guard plan.feature.kind == .numbers, case .column(let name, _) = plan.recipes[source.place] else { return nil }
      return name
    }
    guard var frames = try? data.frames(features: names + ["task_index"]) else { return }
    var defects: [String: Defect] = [:]
    var order: [String] = []
    func add(_ name: String, _ k: Int, _ text: String, _ remedy: String) {
      if defects[name] == nil {
        order.append(name)
        defects[name] = Defect(file: data.folder(data.dataFile(k)), text: text, episodes: [], remedy: remedy)
      }
      defects[name]?.episodes.append(k)
    }
    for k in Set(chosen).sorted() {
      // Files that cannot be read are told by the error that began this.
      guard let read = try? frames.read(k) else { continue }
      for column in read {
        let name = column.feature.name
        if let at = column.values.firstNonFinite {
          add(
            name, k,
            "in frame \(at / column.feature.width) '\(name)' is not a finite number (dimension \(at % column.feature.width)).",
            "the feature with --drop \(name)")
        }
        guard name == "task_index", case .integer(let numbers) = column.values else { continue }
        if let bad = numbers.first(where: { !(0..<Int64(data.tasks.count)).contains($0) }) {
          add(
            name, k, "task_index \(bad) is not one of the \(data.tasks.count) tasks.",
            "or add the task to meta/tasks.\(data.info.version == .v30 ? "parquet" : "jsonl")")
        }
      }
    }
    for name in order {
      guard let defect = defects[name], let first = defect.episodes.first else { continue }
      let others = defect.episodes.dropFirst()
      let more = others.count > Self.named ? " and \(others.count - Self.named) more" : ""
      let list = others.prefix(Self.named).map(String.init).joined(separator: ", ") + more
      let numbers = defect.episodes.map(String.init).joined(separator: ", ")
      let leave =
        switch others.count {
        case 0: "leave it out with --where '\(source.name):episode_index != \(first)'"
        case 1...Self.named: "leave these episodes out with --where '\(source.name):!(episode_index in (\(numbers)))'"
        default: "leave such episodes out with --where"
        }
      problems.add(
        defect.file,
        "episode \(first): \(defect.text)"
          + (others.isEmpty ? "" : " Likewise in \(others.count == 1 ? "episode" : "episodes") \(list)."),
        "Repair the recording, \(leave), \(name == "task_index" ? defect.remedy : "or leave out " + defect.remedy).")
    }
  }
}
