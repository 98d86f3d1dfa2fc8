import FoundationEssentials
import Glibc

/// A part of a run that one machine grows: a block of the run's episodes, disjoint from all other shards.
public struct Shard: Sendable, Codable, Equatable {
  /// From 0.
  public var index: Int
  public var count: Int
  /// Episodes of the whole run.
  public var episodes: Int

  public init(index: Int, count: Int, episodes: Int) {
    self.index = index
    self.count = count
    self.episodes = episodes
  }

  /// Its episodes' numbers in the run.
  public var range: Range<Int> { block(index)..<block(index + 1) }

  private func block(_ k: Int) -> Int { episodes / count * k + min(k, episodes % count) }

  /// From `k/n`, or `auto`: k and n as Slurm's array jobs (SLURM_ARRAY_TASK_ID, _MIN, _COUNT) or Kubernetes' indexed
  /// jobs (JOB_COMPLETION_INDEX with JOB_COMPLETIONS, or `auto/n`) say them.
  public init(parsing text: String, episodes: Int) throws(GenerationError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let environment = ProcessInfo.processInfo.environment
    func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
    let index: Int?, count: Int?
    if parts[0] == "auto" {
      if let task = number("SLURM_ARRAY_TASK_ID") {
        index = task - (number("SLURM_ARRAY_TASK_MIN") ?? 0)
        count = number("SLURM_ARRAY_TASK_COUNT")
      } else {
        index = number("JOB_COMPLETION_INDEX")
        count = number("JOB_COMPLETIONS")
      }
      let told = parts.count == 2 ? Int(parts[1]) : parts.count == 1 ? count : nil
      guard let index, let told else {
        throw GenerationError(
          "--shard \(text): the environment does not say which shard this is "
            + "(SLURM_ARRAY_TASK_ID with SLURM_ARRAY_TASK_COUNT, or JOB_COMPLETION_INDEX). "
            + "Write --shard k/n, or --shard auto/n where only the count is missing.", kind: .usage)
      }
      self.init(index: index, count: told, episodes: episodes)
    } else {
      guard parts.count == 2, let k = Int(parts[0]), let n = Int(parts[1]) else {
        throw GenerationError("--shard is '\(text)'. Write k/n with k from 0, for example 0/4, or auto.", kind: .usage)
      }
      self.init(index: k, count: n, episodes: episodes)
    }
    guard self.count >= 1, self.index >= 0, self.index < self.count else {
      throw GenerationError(
        "--shard \(text): there is no shard \(self.index) of \(self.count). They are numbered from 0.", kind: .usage)
    }
    guard !range.isEmpty else {
      throw GenerationError(
        "--shard \(text): \(episodes) episodes make no \(self.count) shards. Ask for fewer shards.", kind: .usage)
    }
  }
}
