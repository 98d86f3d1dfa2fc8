import SeedbedDatasets

extension Rebuilding {
  /// Grows episodes of the dataset in worker processes and stages them under their numbers in the run.
  func regrow(
    _ episodes: [Int], workers: Int, progress: @escaping @Sendable (Int, Int) -> Void
  ) async throws {
    guard !episodes.isEmpty else { return }
    let numbers = episodes.map { plan.numbers[$0] }
    let queue = JobQueue(0..<numbers.count) { .grow(numbers[$0]) }
    let work = WorkerPool(dataset: places.store, workers: min(workers, numbers.count)).start(queue)
    do {
      var done = 0
      progress(done, numbers.count)
      for try await event in work.events {
        switch event {
        case .tick, .retried: continue
        case .reply(.grown):
          done += 1
          progress(done, numbers.count)
        case .reply(.failed(let k, let kind, let text)):
          throw GenerationError("episode \(k) of the run cannot be grown anew: \(text)", kind: kind)
        case .lost(let job, let death):
          throw GenerationError(
            "episode \(job.episode) of the run cannot be grown anew: \(death.text). Repair again with more memory and "
              + "less load, or take the dataset from a backup.", kind: .input)
        case .reply(let other): throw GenerationError("a worker answered \(other) to a job to grow")
        }
      }
    } catch {
      await work.abandon()
      throw error
    }
    try RepairStop.check()
  }
}
