import HDF5
import SeedbedDatasets

/// Finds, before anything is written, what the structure of an HDF5 recording's episodes shows to be wrong: all of it at once.
struct HDF5Structure {
  private static let mostProblems = 20

  private(set) var problems: [String] = []
  private var unseen = 0

  /// - Parameter leaves: What the first episode has.
  mutating func check(
    _ file: borrowing HDF5File, _ episode: HDF5Episode, _ leaves: [HDF5Leaf], like first: HDF5Episode
  ) {
    do throws(DatasetError) {
      let length = try HDF5Tree.length(file, episode)
      for leaf in leaves {
        let path = episode.root + "/" + leaf.path
        guard file.kind(path) == .dataset else {
          add(file, "'\(path)' is missing, which \(first.name) has")
          continue
        }
        let dataset = try hdf5 { () throws(HDF5Error) in try file.dataset(path) }
        if let problem = leaf.problem(dataset, length) { add(file, "'\(path)' \(problem)") }
      }
    } catch {
      add(file, error.reason)
    }
  }

  private mutating func add(_ file: borrowing HDF5File, _ text: String) {
    if problems.count < HDF5Structure.mostProblems { problems.append(file.path + ": " + text) } else { unseen += 1 }
  }

  /// Throws where there is anything, with what to do.
  func require(_ kind: HDF5SourceLayout.Kind, _ path: String) throws(DatasetError) {
    guard !problems.isEmpty else { return }
    let remedy =
      kind == .robomimic
      ? "Correct the file; or name the sound demos in a list under '/mask', and take them with --split."
      : "Correct these files, or move them out of the folder."
    let more = unseen > 0 ? ["and \(unseen) more"] : []
    let count = problems.count + unseen
    throw DatasetError(
      .damaged, path: path,
      problems: [
        (count == 1 ? "one thing is" : "\(count) things are") + " wrong with its episodes; nothing was written"
      ]
        + problems + more + [remedy])
  }
}

extension HDF5Leaf {
  /// What keeps another episode's dataset from being read like the first's; nil where all is well.
  fileprivate func problem(_ dataset: borrowing HDF5Dataset, _ length: Int) -> String? {
    let shape = dataset.shape
    guard dataset.rowCount == length, !shape.isEmpty else {
      return "has the shape \(shape): not a row for each of \(length) frames"
    }
    switch storage {
    case .values where dataset.rowWidth != feature.width:
      return "has the shape \(shape): rows of \(dataset.rowWidth), the first episode's are of \(feature.width)"
    case .rgb:
      let size = feature.picture.map { [$0.height, $0.width, 3] } ?? []
      if Array(shape.dropFirst()) != size || dataset.element != .uint8 {
        return "has the shape \(shape): the first episode's pictures are \(size)"
      }
    default: break
    }
    return nil
  }
}
