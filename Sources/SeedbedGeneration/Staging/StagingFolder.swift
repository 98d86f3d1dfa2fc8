import Glibc
import SeedbedEpisodes

/// Where finished episodes wait to be packed: `DIR/.seedbed/staging/`, one file an episode of the run.
///
/// A file appears by rename after fsync, so that what has its final name is complete.
struct StagingFolder: Sendable {
  let folder: String

  /// `root`: the run's working folder.
  init(root: String) { folder = root + "/staging" }

  func create() throws(GenerationError) { try makeDirectory(folder) }

  /// Stages an episode under its number in the run; on the disk when this returns.
  func stage(_ grown: GrownEpisode) throws(GenerationError) -> WorkerReply {
    let start = processCPUSeconds()
    let index = grown.episode.index
    let final = path(index)
    let temporary = final + ".\(getpid()).part"
    let bytes = StagedEpisode.encode(grown)
    do throws(GenerationError) {
      try writeFile(temporary, bytes, synced: true)
      guard rename(temporary, final) == 0 else { throw systemError("cannot rename \(temporary) to \(final)") }
      try syncFolder(folder)
    } catch {
      unlink(temporary)
      throw error
    }
    var summary = EpisodeSummary(grown)
    summary.seconds.writing += processCPUSeconds() - start
    return .grown(index, bytes: bytes.count, summary)
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

  /// The size of a staged episode; nil where it is not there.
  func size(_ index: Int) -> Int? {
    var status = stat()
    return stat(path(index), &status) == 0 ? Int(status.st_size) : nil
  }

  /// Removes everything but the episodes in `keeping`.
  func clean(keeping: Set<Int>) {
    let names = Set(keeping.map(name))
    for entry in (try? directoryEntries(folder)) ?? [] where !names.contains(entry) { unlink(folder + "/" + entry) }
  }

  private func path(_ index: Int) -> String { folder + "/" + name(index) }

  private func name(_ index: Int) -> String {
    let digits = String(index)
    return "episode-" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
  }
}
