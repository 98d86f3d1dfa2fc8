import Foundation

/// One `seedbed generate`, watched from outside.
struct Run {
  var seconds = 0.0
  /// Of supervisor and packers, of all CPU time.
  var overheadShare = 0.0
  /// Seconds from the start to the first episode that is committed.
  var firstEpisode = 0.0
  /// Mean resident memory, MB, of supervisor and workers together but for pages that they share, while the run was at a
  /// tenth of its episodes (from 9 to 11 %), and near its end (from 95 to 99 %).
  var early = Mean(), late = Mean()
  /// The largest of a packer, MB.
  var packer = 0.0
}

struct Mean {
  private var sum = 0.0, count = 0.0
  var value: Double { sum / count }
  mutating func add(_ value: Double) { (sum, count) = (sum + value, count + 1) }
}

private struct Timings: Decodable {
  struct Run: Decodable {
    struct Stage: Decodable { var name: String, seconds: Double }
    var stages: [Stage]
  }
  var cpuSeconds: Double
  var run: Run
}

/// - Parameters:
///   - before: Episodes that the folder holds already.
///   - watchesMemory: Reads /proc twice a second.
func generate(
  _ program: String, _ arguments: [String], out: String, episodes: Int, before: Int = 0, watchesMemory: Bool = false
) throws -> Run {
  let timings = FileManager.default.temporaryDirectory.path + "/overnight-\(getpid()).json"
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments =
    ["generate"] + arguments + ["--episodes", "\(episodes)", "--out", out, "--timings", timings]
    + (before > 0 ? ["--resume"] : [])
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  var run = Run()
  let start = Date()
  try process.run()
  let journal = out + "/.seedbed/journal"
  let size = (try? FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int) ?? 0
  var committed = 0
  while process.isRunning {
    usleep(watchesMemory && run.firstEpisode > 0 ? 100_000 : 2_000)
    if run.firstEpisode == 0 {
      let now = (try? FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int) ?? 0
      if now > size { run.firstEpisode = -start.timeIntervalSinceNow }
    }
    guard watchesMemory, run.firstEpisode > 0 else { continue }
    committed = max(committed, (try? lines(journal)) ?? 0)
    let share = Double(committed) / Double(episodes)
    let (workers, packer) = privateMegabytes(process.processIdentifier)
    if share >= 0.09, share < 0.11 { run.early.add(workers) }
    if share >= 0.95, share < 0.99 { run.late.add(workers) }
    run.packer = max(run.packer, packer)
  }
  process.waitUntilExit()
  run.seconds = -start.timeIntervalSinceNow
  guard process.terminationStatus == 0 else {
    fatalError("seedbed \(process.arguments ?? []) ended with \(process.terminationStatus)")
  }
  let report = try JSONDecoder().decode(Timings.self, from: Data(contentsOf: URL(fileURLWithPath: timings)))
  let overhead = report.run.stages.first { $0.name == "supervising and packing" }?.seconds ?? .nan
  run.overheadShare = overhead / report.cpuSeconds
  try? FileManager.default.removeItem(atPath: timings)
  return run
}

private func lines(_ path: String) throws -> Int {
  try Data(contentsOf: URL(fileURLWithPath: path)).reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
}

/// Of a process and all its descendants, packers apart.
private func privateMegabytes(_ root: Int32) -> (workers: Double, packer: Double) {
  var children: [Int32: [Int32]] = [:]
  for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
    guard let pid = Int32(name), let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let close = stat.lastIndex(of: ")"),
      let parent = stat[close...].split(separator: " ").dropFirst(2).first.flatMap({ Int32($0) })
    else { continue }
    children[parent, default: []].append(pid)
  }
  var workers = 0, packer = 0
  var rest = [root]
  while let pid = rest.popLast() {
    rest += children[pid] ?? []
    let rollup = (try? String(contentsOfFile: "/proc/\(pid)/smaps_rollup", encoding: .utf8)) ?? ""
    let isPacker =
      (try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8))?.contains("\0packer\0") ?? false
    for line in rollup.split(separator: "\n") where line.hasPrefix("Private_") {
      let kilobytes = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
      if isPacker { packer += kilobytes } else { workers += kilobytes }
    }
  }
  return (Double(workers) / 1024, Double(packer) / 1024)
}
