import Diagnostics
import SeedbedDatasets

/// A mix that copies nothing: which episodes of which datasets, and with which weight a trainer that samples takes them. Nothing is
/// resampled: frames and seconds are the sources' own.
struct VirtualMix {
  let request: MixRequest
  let sources: [MixSource]
  /// What did not apply of the conditions.
  let filtering: [String]

  /// Writes `mix.json` and `episodes.jsonl` into the output folder.
  func write() throws -> MixReport {
    // Without a size everything is sampled from, and weights alone make the ratio.
    let isSampled = request.size == nil && !request.ratio.isEmpty
    var all = request
    if isSampled { all.ratio = [] }
    let choice = try MixChooser(request: isSampled ? all : request, sources: sources, rate: nil).choose()
    var report = MixReport(
      request, sources, choice, framesPerSecond: nil, robotType: sources[0].data.info.robotType, notes: notes,
      features: [])
    let pending = try PendingFolder(out: request.out)
    var lines = LineLog(path: try pending.folder.place("episodes.jsonl"))
    var entries: [JSONValue] = []
    let shares = self.shares(choice)
    for source in sources {
      let part = choice.parts[source.place]
      let share = shares[source.place]
      let frames = part.episodes.reduce(0) { $0 + source.data.episodes.length($1.episode) }
      var summary = MixReport.Summary()
      for (k, repetition) in part.episodes {
        let length = source.data.episodes.length(k)
        let tasks = source.data.episodes.tasks(k)
        let origin = source.origin(k, request)
        summary.count(length: length, origin: origin, tasks: tasks)
        // By episodes every episode is as likely as the others of its source; else every frame is.
        let weight =
          request.unit == .episodes
          ? share / Double(part.episodes.count) : share * Double(length) / Double(frames)
        try lines.append(
          JSONValue.object([
            .init("source", .string(source.name)),
            .init("path", .string(canonicalPath(source.directory) ?? source.directory)),
            .init("episode_index", .integer(k)), .init("repetition", .integer(repetition)),
            .init("length", .integer(length)),
            .init("origin", .string(origin)), .init("tasks", .strings(tasks)), .init("weight", .number(weight)),
            .init("frame_weight", .number(weight / Double(length))),
          ]).compact())
      }
      report.sources[source.place].summary = summary
      report.sources[source.place].share = share
      entries.append(
        .object([
          .init("name", .string(source.name)),
          .init("path", .string(canonicalPath(source.directory) ?? source.directory)),
          .init("weight", .number(share)), .init("episodes", .integer(part.episodes.count)),
          .init("frames", .integer(frames)),
          .init("frames_per_second", .number(source.framesPerSecond)),
          .init("seconds", .number(Double(frames) / source.framesPerSecond)),
          .init("frame_weight", .number(share / Double(max(1, frames)))),
          .init("episode_weight", .number(share / Double(max(1, part.episodes.count)))),
        ]))
    }
    try lines.finish()
    try pending.folder.write(
      JSONValue.object([
        .init("seedbed_mix", .integer(1)), .init("virtual", .bool(true)), .init("unit", .string(request.unit.rawValue)),
        .init("seed", .integer(Int64(bitPattern: request.seed))), .init("mixture", .array(entries)),
      ]).indented(), to: "mix.json")
    try pending.settle()
    return report
  }
}

extension VirtualMix {
  private var notes: [String] {
    var notes = filtering
    if Set(sources.map(\.framesPerSecond)).count > 1 || request.framesPerSecond != nil {
      notes.append(
        "nothing is resampled: "
          + sources.map { "'\($0.name)' has \(plain($0.framesPerSecond))" }.joined(separator: ", ")
          + " frames per second, and so do its seconds count")
    }
    return notes
  }

  /// What is asked for, of those sources of which there is an episode; else what there is.
  private func shares(_ choice: MixChoice) -> [Double] {
    let wanted = sources.map { source -> Double in
      if choice.parts[source.place].episodes.isEmpty { return 0 }
      return request.ratio.first { $0.name == source.name }?.share ?? choice.share(source.place)
    }
    let sum = wanted.reduce(0, +)
    return wanted.map { sum > 0 ? $0 / sum : 0 }
  }
}

extension MixReport.Summary {
  fileprivate mutating func count(length: Int, origin: String, tasks: [String]) {
    episodes += 1
    frames += length
    origins[origin, default: 0] += 1
    for task in tasks { self.tasks[task, default: 0] += 1 }
  }
}
