import Glibc
import SeedbedEpisodes

/// Where finished episodes wait to be packed: `DIR/.seedbed/staging/`, one file an episode.
///
/// A file appears by rename after fsync, so that what has its final name is complete.
struct StagingFolder {
  let root: String
  var folder: String { root + "/staging" }

  init(dataset: String) { root = dataset + "/.seedbed" }

  func create() throws(GenerationError) {
    try makeDirectory(root)
    try makeDirectory(folder)
  }

  /// Returns the CPU seconds it took.
  func stage(_ grown: GrownEpisode) throws(GenerationError) -> Double {
    let start = processCPUSeconds()
    let final = path(grown.episode.index)
    let temporary = final + ".\(getpid()).part"
    try writeFile(temporary, StagedEpisode.encode(grown), synced: true)
    guard rename(temporary, final) == 0 else { throw systemError("cannot rename \(temporary) to \(final)") }
    return processCPUSeconds() - start
  }

  func take(_ index: Int) throws(GenerationError) -> GrownEpisode {
    let bytes = try readFile(path(index))
    do {
      return try StagedEpisode.decode(bytes)
    } catch {
      throw GenerationError("\(path(index)): \(error)")
    }
  }

  func remove(_ index: Int) { unlink(path(index)) }

  /// Removes the working folder with all that is in it.
  func removeAll() {
    for name in (try? directoryEntries(folder)) ?? [] { unlink(folder + "/" + name) }
    rmdir(folder)
    for name in (try? directoryEntries(root)) ?? [] { unlink(root + "/" + name) }
    rmdir(root)
  }

  private func path(_ index: Int) -> String {
    let digits = String(index)
    return folder + "/episode-" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
  }
}
