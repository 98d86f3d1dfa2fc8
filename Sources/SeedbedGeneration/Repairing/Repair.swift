import SeedbedDatasets

/// What `seedbed repair` found and did.
public struct RepairReport: Sendable, Equatable {
  /// What was wrong, and files that are not of the dataset; sorted by file.
  public var findings: [FileFinding]
  /// Of the dataset.
  public var episodes = 0
  /// Those of the dataset that were grown anew (or would be); sorted.
  public var regrown: [Int] = []
  /// Files that have the bytes again that were written (or would have).
  public var damagedFiles = 0
  /// The signal that stopped it; 0 where it came to its end.
  public var stoppedBy: Int32 = 0
  public var wallSeconds = 0.0
}

/// Gives every damaged file of a dataset the bytes again that were written, growing only damaged episodes anew.
///
/// The result is proved by the hashes that were written before it takes the dataset's place, in one step; whatever
/// interrupts it leaves the damaged dataset or the repaired one. Files that are not of the dataset stay where they are.
///
/// Throws (exit 65) where the folder holds no dataset that Seedbed finished, or where both copies of something are lost
/// that cannot be grown.
public func repair(
  directory: String, workers: Int, isDryRun: Bool, progress: @escaping @Sendable (Int, Int) -> Void
) async throws -> RepairReport {
  let start = wallSeconds()
  let shop = try RepairShop(directory)
  if !isDryRun { try shop.clean() }
  let evidence = try Evidence(directory: shop.places.folder.path)
  var report = RepairReport(findings: DamageReport(evidence).findings, episodes: evidence.manifest?.episodes ?? 0)
  if evidence.problems.contains(where: { $0.kind != .added }) {
    try shop.open()
    defer { shop.close() }
    let plan = try RepairPlan(evidence, places: shop.places)
    report.damagedFiles = plan.damaged.count
    var rebuilding = Rebuilding(plan: plan, places: shop.places)
    do {
      if !isDryRun {
        try await rebuilding.run(workers: workers, progress: progress)
        try shop.show()
      }
      report.regrown = rebuilding.plan.regrown.sorted()
    } catch is RepairStop {
      report.stoppedBy = StopSignal.number
    } catch {
      throw GenerationError.withRemedy(
        error, "The dataset is as it was. See to it (make room), then repair again.")
    }
  }
  report.wallSeconds = wallSeconds() - start
  return report
}

/// A signal asked the repair to stop.
struct RepairStop: Error {
  static func check() throws(RepairStop) { if StopSignal.number != 0 { throw RepairStop() } }
}
