import HDF5
import SeedbedDatasets

/// A list of episodes that a file of robomimic's has under a name.
struct HDF5Mask: Sendable {
  /// "train".
  var name: String
  var episodes: Set<String>

  /// The tag that says whether an episode is on the list.
  var tag: String { "mask." + name }

  /// Those under `/mask`.
  static func all(in file: borrowing HDF5File) throws(HDF5Error) -> [HDF5Mask] {
    guard file.kind("/mask") == .group else { return [] }
    var masks: [HDF5Mask] = []
    for name in try file.names(in: "/mask") where file.kind("/mask/" + name) == .dataset {
      guard case .text(let demos) = try file.dataset("/mask/" + name).read() else { continue }
      masks.append(HDF5Mask(name: name, episodes: Set(demos.map { String(decoding: $0, as: UTF8.self) })))
    }
    return masks
  }
}

extension HDF5SourceLayout {
  /// Takes the lists as tags, and of a wanted one its episodes alone.
  mutating func take(_ all: [HDF5Mask], _ wanted: String?, path: String) throws(DatasetError) {
    let names = Set(episodes.map(\.name))
    for mask in all {
      let strange = mask.episodes.subtracting(names).sorted()
      if strange.isEmpty { continue }
      let shown = strange.prefix(5).joined(separator: ", ") + (strange.count > 5 ? ", …" : "")
      remarks.note("mask '\(mask.name)' names \(strange.count) demos that the file does not have: \(shown)")
    }
    // Our own document has them as tags already.
    if document == nil { masks = all }
    guard let wanted else { return }
    guard let mask = all.first(where: { $0.name == wanted }) else {
      let known = all.isEmpty ? "it has no masks" : "it has \(all.map(\.name).joined(separator: ", "))"
      throw DatasetError(.invalid, path: path, "it has no mask '\(wanted)' for --split; \(known)")
    }
    episodes = episodes.filter { mask.episodes.contains($0.name) }
    guard !episodes.isEmpty else {
      throw DatasetError(
        .invalid, path: path, "its mask '\(wanted)' names no demo of the file. Give another to --split")
    }
    remarks.note("of \(names.count) demos the \(episodes.count) of mask '\(wanted)' are taken, as --split says")
  }
}
