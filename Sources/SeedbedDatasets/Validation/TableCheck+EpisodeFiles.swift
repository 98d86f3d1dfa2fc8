import Parquet

/// v2.1: a table an episode.
extension TableCheck {
  /// Episodes that one thread takes at a time.
  private static let stretch = 32

  func episodeFiles() -> Gathered {
    var gathered = Gathered(episodes: source.episodes.count)
    let lines = statisticsLines(&gathered.findings)
    let starts = stride(from: 0, to: source.episodes.count, by: TableCheck.stretch).map { $0 }
    let parts = parallelMap(starts.count) { i in
      var part = Gathered(episodes: 0)
      var hashes: [(Int, UInt64)] = []
      for feature in source.info.features where feature.kind == .video || feature.kind == .pictures {
        part.pictureClaims[feature.name] = PictureClaims(feature: feature, plan: plan)
      }
      for k in starts[i]..<min(starts[i] + TableCheck.stretch, source.episodes.count) {
        judge(k, lines, &part, &hashes)
      }
      return (part: part, hashes: hashes)
    }
    for (part, hashes) in parts {
      gathered.findings.merge(part.findings)
      for (name, total) in part.totals { gathered.totals[name, default: ColumnTotal()].add(total) }
      for (k, hash) in hashes { gathered.hashes[k] = gathered.hashes[k] &+ hash }
      for (name, claims) in part.pictureClaims {
        if gathered.pictureClaims[name]?.add(claims) == nil { gathered.pictureClaims[name] = claims }
      }
      gathered.picturesDecoded += part.picturesDecoded
    }
    return gathered
  }

  private func statisticsLines(_ findings: inout FindingList) -> StatisticsLines? {
    let path = StatisticsLines.path
    do throws(DatasetError) {
      let lines = try StatisticsLines(source.folder, episodes: source.episodes.count)
      let missing = lines.missing
      if !findings.holds(missing.isEmpty && lines.strangers.isEmpty) {
        findings.error(
          "statistics-lines", path, episode: missing.first,
          "it does not cover the same episodes: \(missing.count) are missing, \(lines.strangers.count) lines are of no episode or "
            + "of one that stands above already\(lines.strangers.first.map { " (\($0))" } ?? "").",
          "Write one line for each episode.")
      }
      return lines
    } catch {
      findings.add(.unreadable(error, file: path, "Restore it; version v2.1 needs it."))
      return nil
    }
  }

  private func judge(
    _ k: Int, _ lines: StatisticsLines?, _ part: inout Gathered, _ hashes: inout [(Int, UInt64)]
  ) {
    var claims: [String: SourceStatistics] = [:]
    do throws(DatasetError) {
      claims = try lines?.statistics(k) ?? [:]
    } catch {
      part.findings.add(.unreadable(error, file: StatisticsLines.path, "Write the episode's line anew."))
    }
    for name in part.pictureClaims.keys.sorted() {
      part.pictureClaims[name]?.add(
        claims[name] ?? SourceStatistics(), episode: k, file: StatisticsLines.path, &part.findings)
    }
    let path = source.dataFile(k)
    guard part.findings.holds(source.folder.exists(path)) else {
      part.findings.error(
        "table-missing", path, episode: k, "the file is missing.",
        "Restore it, or take the episode out of the metadata.")
      return
    }
    guard let file = TableFile(source, path, &part.findings) else { return }
    let columns = file.columns(&part.findings)
    let rows = source.episodes.length(k)
    guard part.findings.holds(file.reader.rowCount == rows) else {
      part.findings.error(
        "table-rows", path, episode: k, "it has \(file.reader.rowCount) rows, the episode's length is \(rows).",
        "Restore the lost rows, or correct the length.")
      return
    }
    for column in columns {
      var judge = ColumnJudge(
        source: source, feature: column.feature, file: path, claimFile: StatisticsLines.path, claim: nil)
      var pictures = StoredPictureCheck(source: source, feature: column.feature, file: path, plan: plan)
      do throws(ParquetError) {
        var cursors: [ColumnCursor] = []
        for leaf in column.leaves { cursors.append(try ColumnCursor(file.reader, leaf: leaf)) }
        if column.feature.kind == .pictures {
          try pictures.episode(k, &cursors, rows: rows)
        } else {
          try judge.episode(
            k, rows: rows, firstFrame: source.episodes.firstFrames[k], claim: claims[column.feature.name]
          ) { count throws(ParquetError) in try cursors[0].next(rows: count) }
        }
      } catch {
        judge.findings.add(.unreadable(DatasetError(error), file: path, "Restore the file."))
      }
      part.findings.merge(judge.findings)
      part.findings.merge(pictures.findings)
      part.picturesDecoded += pictures.decoded
      part.totals[column.feature.name, default: ColumnTotal()].add(judge.total)
      hashes += judge.hashes.map { ($0.episode, $0.hash) }
    }
  }
}
