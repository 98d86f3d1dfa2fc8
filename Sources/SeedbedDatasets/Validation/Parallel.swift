import Dispatch
import Synchronization

/// Does pieces of work on all cores and gives their results in order. (Validation waits for all of it: threads without
/// `async`, so that the library stays callable from anywhere.)
package func parallelMap<Result: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Result) -> [Result] {
  if count <= 1 { return (0..<count).map(work) }
  let results = Mutex([Result?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: count) { i in
    let result = work(i)
    results.withLock { $0[i] = result }
  }
  return results.withLock { $0.compactMap { $0 } }
}
