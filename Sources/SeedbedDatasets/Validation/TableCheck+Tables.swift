import Parquet

/// v3.0: tables of many episodes each.
extension TableCheck {
  /// Episodes whose statistics are in memory at a time.
  private static let batch = 256

  func tables() -> Gathered {
    var gathered = Gathered(episodes: source.episodes.count)
    let groups = source.episodes.dataFiles()
    let files = dataTables()
    for number in groups.keys where !gathered.findings.holds(files.contains(source.path(source.info.dataPath, number)))
    {
      gathered.isComplete = false
      gathered.findings.error(
        "table-missing", source.path(source.info.dataPath, number), episode: groups[number]?.first,
        "the file is missing; the rows of \(groups[number]?.count ?? 0) episodes name it.",
        "Restore it, or correct data/chunk_index and data/file_index.")
    }
    let table = EpisodeTableFiles(source.folder)
    var statistics = source.info.columns.map { StatisticsTable(table, feature: $0.name) }
    var next = 0, firstFrame = 0
    let byPath = Dictionary(groups.map { (source.path(source.info.dataPath, $0), $1) }) { first, _ in first }
    for path in files {
      let mine = byPath[path] ?? []
      var isAligned = false
      if let file = TableFile(source, path, &gathered.findings) {
        let columns = file.columns(&gathered.findings)
        isAligned = self.isAligned(file, mine, next: next, &gathered.findings)
        if isAligned { file.checkSize(episodes: mine, &gathered.findings) }
        judge(file, columns, isAligned ? mine : [], firstFrame: firstFrame, &statistics, &gathered)
        if columns.count < source.info.columns.count { gathered.isComplete = false }
      }
      if !isAligned { gathered.isComplete = false }
      let end = max(next, (mine.last ?? next - 1) + 1)
      for k in next..<end { firstFrame += source.episodes.length(k) }
      next = end
    }
    for feature in source.info.features where feature.kind == .video || feature.kind == .pictures {
      gathered.pictureClaims[feature.name] = pictureClaims(feature, table, &gathered.findings)
    }
    return gathered
  }

  /// As LeRobot finds them: data/*/*.parquet.
  private func dataTables() -> [String] {
    source.folder.entries("data").flatMap { chunk in
      source.folder.entries("data/" + chunk).filter { $0.hasSuffix(".parquet") && !$0.hasPrefix(".") }
        .map { "data/\(chunk)/\($0)" }
    }
  }

  private func isAligned(_ file: TableFile, _ mine: [Int], next: Int, _ findings: inout FindingList) -> Bool {
    let rows = mine.reduce(0) { $0 + source.episodes.length($1) }
    if !findings.holds(rows == file.reader.rowCount) {
      findings.error(
        "table-rows", file.path, episode: mine.first,
        "it has \(file.reader.rowCount) rows, its \(mine.count) episodes have \(rows) frames.",
        "Restore the lost rows, or correct the episodes' lengths and files.")
    }
    let isRun = mine.elementsEqual(next..<next + mine.count)
    if !findings.holds(isRun || mine.isEmpty) {
      let stray = zip(mine, next...).first { $0.0 != $0.1 }?.0
      findings.error(
        "table-episodes", file.path, episode: stray,
        "its episodes are not \(next) and those behind it, one after another.",
        "Correct data/chunk_index and data/file_index of the episodes' rows.")
    }
    return isRun && !mine.isEmpty && rows == file.reader.rowCount
  }

  /// Judges all columns of a file, several at a time.
  private func judge(
    _ file: TableFile, _ columns: [FeatureLeaves], _ episodes: [Int], firstFrame: Int,
    _ statistics: inout [StatisticsTable], _ gathered: inout Gathered
  ) {
    let places = columns.map { column in source.info.columns.firstIndex { $0.name == column.feature.name } ?? 0 }
    let tables = statistics
    let results = parallelMap(columns.count) { i in
      var table = tables[places[i]]
      let column = columns[i]
      var judge = ColumnJudge(
        source: source, feature: column.feature, file: file.path, claimFile: EpisodeList.tablePath,
        claim: claims.features[column.feature.name])
      var pictures = StoredPictureCheck(source: source, feature: column.feature, file: file.path, plan: plan)
      do throws(DatasetError) {
        if episodes.isEmpty {
          try blocks(file, column, &judge)
        } else {
          try run(file, column, episodes, firstFrame, &table, &judge, &pictures)
        }
      } catch {
        judge.findings.add(.unreadable(error, file: file.path, "Restore the file."))
      }
      return (judge: judge, table: table, pictures: pictures)
    }
    for (i, result) in results.enumerated() {
      statistics[places[i]] = result.table
      gathered.add(result.judge)
      gathered.findings.merge(result.pictures.findings)
      gathered.picturesDecoded += result.pictures.decoded
    }
  }

  private func run(
    _ file: TableFile, _ column: FeatureLeaves, _ episodes: [Int], _ firstFrame: Int, _ table: inout StatisticsTable,
    _ judge: inout ColumnJudge, _ pictures: inout StoredPictureCheck
  ) throws(DatasetError) {
    let isPictures = column.feature.kind == .pictures
    var cursors: [ColumnCursor] = []
    do throws(ParquetError) {
      for leaf in column.leaves { cursors.append(try ColumnCursor(file.reader, leaf: leaf)) }
      var frame = firstFrame
      for start in stride(from: 0, to: episodes.count, by: TableCheck.batch) {
        let some = episodes[start..<min(start + TableCheck.batch, episodes.count)]
        let claims: [SourceStatistics] =
          column.feature.kind == .numbers
          ? try located { () throws(DatasetError) in try table.next(rows: some.count) } : []
        for (i, k) in some.enumerated() {
          let rows = source.episodes.length(k)
          if isPictures {
            try pictures.episode(k, &cursors, rows: rows)
          } else {
            try judge.episode(k, rows: rows, firstFrame: frame, claim: i < claims.count ? claims[i] : nil) {
              count throws(ParquetError) in try cursors[0].next(rows: count)
            }
          }
          frame += rows
        }
      }
    } catch {
      throw DatasetError(error)
    }
  }

  private func located<T>(_ body: () throws(DatasetError) -> T) throws(ParquetError) -> T {
    do throws(DatasetError) {
      return try body()
    } catch {
      throw ParquetError(.damaged, file: error.path, error.reason)
    }
  }

  /// A file that does not fit to its episodes: nulls and numbers that are none are found all the same.
  private func blocks(_ file: TableFile, _ column: FeatureLeaves, _ judge: inout ColumnJudge) throws(DatasetError) {
    guard column.feature.kind != .pictures else { return }
    do throws(ParquetError) {
      var cursor = try ColumnCursor(file.reader, leaf: column.leaves[0])
      while !cursor.isAtEnd {
        let rows = min(4096, file.reader.rowCount - cursor.row)
        judge.block(try cursor.next(rows: rows), rows: rows)
      }
    } catch {
      throw DatasetError(error)
    }
  }

  private func pictureClaims(
    _ feature: SourceFeature, _ table: EpisodeTableFiles, _ findings: inout FindingList
  ) -> PictureClaims {
    var claims = PictureClaims(feature: feature, plan: plan)
    var statistics = StatisticsTable(table, feature: feature.name)
    var k = 0
    do throws(DatasetError) {
      while k < source.episodes.count {
        for claim in try statistics.next(rows: min(TableCheck.batch, source.episodes.count - k)) {
          claims.add(claim, episode: k, file: EpisodeList.tablePath, &findings)
          k += 1
        }
      }
    } catch {
      findings.add(.unreadable(error, file: EpisodeList.tablePath, "Restore the file."))
    }
    return claims
  }
}
