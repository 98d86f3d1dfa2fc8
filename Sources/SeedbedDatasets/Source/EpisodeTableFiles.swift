package import Parquet
import Synchronization

/// The files of the table `meta/episodes` (v3.0), opened when they are needed; two of them stay open.
package final class EpisodeTableFiles: Sendable {
  private let folder: DatasetFolder
  package let files: [String]
  private let open = Mutex<[(file: Int, reader: ParquetReader)]>([])

  package init(_ folder: DatasetFolder) {
    self.folder = folder
    files = EpisodeList.tableFiles(folder)
  }

  package func reader(_ file: Int) throws(DatasetError) -> ParquetReader {
    if let known = open.withLock({ $0.first { $0.file == file }?.reader }) { return known }
    do throws(ParquetError) {
      let reader = try ParquetReader(path: folder(files[file]))
      open.withLock { open in
        if open.count > 1 { open.removeFirst() }
        open.append((file, reader))
      }
      return reader
    } catch {
      throw DatasetError(error)
    }
  }
}

/// One column of the episodes' table, all files one after another, read some rows at a time.
package struct EpisodeTableColumn: Sendable {
  private let table: EpisodeTableFiles
  private let name: String
  private var file = -1
  private var rowsLeft = 0
  private var cursor: ColumnCursor?

  package init(_ table: EpisodeTableFiles, _ name: String) {
    self.table = table
    self.name = name
  }

  /// The next rows, in pieces of one file each; nil instead of a column's data where a file lacks the column.
  package mutating func next(rows: Int) throws(DatasetError) -> [(rows: Int, data: ColumnData?)] {
    var pieces: [(rows: Int, data: ColumnData?)] = []
    var wanted = rows
    while wanted > 0 {
      while rowsLeft == 0 {
        guard file + 1 < table.files.count else { return pieces }
        file += 1
        let reader = try table.reader(file)
        rowsLeft = reader.rowCount
        do throws(ParquetError) {
          cursor = try reader.leaf(name).map { leaf throws(ParquetError) in try ColumnCursor(reader, leaf: leaf) }
        } catch {
          throw DatasetError(error)
        }
      }
      let count = min(wanted, rowsLeft)
      do throws(ParquetError) { pieces.append((count, try cursor?.next(rows: count))) } catch {
        throw DatasetError(error)
      }
      wanted -= count
      rowsLeft -= count
    }
    return pieces
  }

  /// Lets go of pages in memory until the next rows are read.
  mutating func rest() { cursor?.rest() }
}
