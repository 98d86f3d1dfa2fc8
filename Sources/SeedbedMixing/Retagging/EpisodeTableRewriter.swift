import Parquet
import SeedbedDatasets

/// Writes the files of `meta/episodes` anew with some columns added or changed, row by row as they are otherwise.
struct EpisodeTableRewriter {
  private static let rowsPerGroup = 100

  let source: DatasetSource
  let types: [(name: String, type: ColumnType)]

  /// - Parameter tags: Of each episode; nil: what it has stays.
  func rewrite(_ tags: [EpisodeTags?]) throws(DatasetError) {
    var first = 0
    // The first file decides which columns there are: it goes first.
    for path in EpisodeList.tableFiles(source.folder) {
      first += try rewrite(source.folder(path), tags[first...])
    }
  }

  private func rewrite(
    _ path: String, _ tags: ArraySlice<EpisodeTags?>
  ) throws(DatasetError) -> Int {
    do throws(ParquetError) {
      let reader = try ParquetReader(path: path)
      guard reader.rowCount <= tags.count else {
        throw ParquetError(.damaged, file: path, "it has more rows than there are episodes")
      }
      let kept = reader.fields.filter { field in !types.contains { $0.name == field.name } }
      let fields = kept + types.map { Field($0.name, $0.type) }
      // Keys of the old footer describe the old columns.
      var writer = try ParquetWriter(path: path, fields: fields, createdBy: "seedbed")
      var cursors: [ColumnCursor] = []
      for (i, leaf) in reader.leaves.enumerated() where kept.contains(where: { $0.name == leaf.path[0] }) {
        cursors.append(try ColumnCursor(reader, leaf: i))
      }
      var old: [ColumnCursor?] = []
      for (name, _) in types {
        old.append(try reader.leaf(name).map { leaf throws(ParquetError) in try ColumnCursor(reader, leaf: leaf) })
      }
      var at = 0
      while at < reader.rowCount {
        let rows = min(Self.rowsPerGroup, reader.rowCount - at)
        var columns: [ColumnData] = []
        for i in cursors.indices { columns.append(try cursors[i].next(rows: rows)) }
        for (i, (name, type)) in types.enumerated() {
          let known: ColumnData? = try old[i]?.next(rows: rows)
          let before = known.cells(rows: rows)
          let cells = (0..<rows).map { row -> ColumnData in
            let tag = tags[tags.startIndex + at + row]
            return MixColumns.data(tag.map { $0.cell(name) ?? before[row] } ?? before[row], type)
          }
          var column = cells[0]
          for cell in cells.dropFirst() { column.append(cell) }
          columns.append(column)
        }
        try writer.writeRowGroup(columns, rows: rows)
        at += rows
      }
      try writer.finish()
      return reader.rowCount
    } catch {
      throw DatasetError(error)
    }
  }
}
