import Parquet
import SeedbedEpisodes
import Synchronization

/// Finds frames in a dataset's data files.
final class FrameTable: Sendable {
  private struct File: Sendable {
    var path: String
    var reader: ParquetReader
    /// The `index` of its first row.
    var firstFrame: Int
    /// Of each row group: its first row, counted in the file.
    var starts: [Int]
  }

  private let folder: DatasetFolder
  /// The file that was asked for last.
  private let recent = Mutex<File?>(nil)

  init(folder: DatasetFolder) { self.folder = folder }

  /// Some consecutive frames of the dataset that stand in one file.
  func slice(path: String, from first: Int, count: Int, episode: Int) throws(DatasetError) -> Slice {
    let file = try open(path, episode: episode)
    let offset = first - file.firstFrame
    guard offset >= 0, offset + count <= file.reader.rowCount else {
      throw DatasetError(
        .damaged, path: folder(path), episode: episode,
        "it holds the frames from \(file.firstFrame) on, \(file.reader.rowCount) of them; the episode needs "
          + "\(first)..<\(first + count)")
    }
    let groups = file.starts.indices.filter {
      file.starts[$0] < offset + count && offset < file.starts[$0] + file.reader.rowGroups[$0]
    }
    return Slice(
      reader: file.reader, groups: groups, start: offset - (groups.first.map { file.starts[$0] } ?? 0), count: count,
      episode: episode)
  }

  private func open(_ path: String, episode: Int) throws(DatasetError) -> File {
    if let file = recent.withLock({ $0?.path == path ? $0 : nil }) { return file }
    do {
      let reader = try ParquetReader(path: folder(path))
      var starts: [Int] = []
      var rows = 0
      for count in reader.rowGroups {
        starts.append(rows)
        rows += count
      }
      guard rows > 0, case .int64(let index) = try reader.read("index", rowGroup: 0).values, let first = index.first,
        (0...1 << 48).contains(first)
      else { throw DatasetError(.damaged, path: reader.path, episode: episode, "it holds no rows with an 'index'") }
      let file = File(path: path, reader: reader, firstFrame: Int(first), starts: starts)
      recent.withLock { $0 = file }
      return file
    } catch let error as ParquetError {
      throw DatasetError(error, episode: episode)
    } catch let error as DatasetError {
      throw error
    } catch {
      throw DatasetError(.damaged, path: folder(path), episode: episode, "\(error)")
    }
  }

  struct Slice {
    fileprivate let reader: ParquetReader
    fileprivate let groups: [Int]
    /// Of the first wanted row, in the first of the groups.
    fileprivate let start: Int
    fileprivate let count: Int
    fileprivate let episode: Int

    fileprivate init(reader: ParquetReader, groups: [Int], start: Int, count: Int, episode: Int) {
      self.reader = reader
      self.groups = groups
      self.start = start
      self.count = count
      self.episode = episode
    }

    /// All rows of a row group.
    init(_ reader: ParquetReader, rowGroup: Int, episode: Int) {
      self.init(reader: reader, groups: [rowGroup], start: 0, count: reader.rowGroups[rowGroup], episode: episode)
    }

    var path: String { reader.path }

    /// The values of a feature, flat: frames x width.
    func column(_ name: String, width: Int, type: Feature.DataType) throws(DatasetError) -> Column {
      func damaged(_ reason: String) -> DatasetError {
        DatasetError(.damaged, path: reader.path, episode: episode, "column '\(name)': \(reason)")
      }
      guard let leaf = reader.leaf(name) else { throw damaged("it is missing, or holds no numbers") }
      var all: ColumnData?
      do {
        for group in groups {
          let data = try reader.read(leaf: leaf, rowGroup: group)
          if all == nil { all = data } else { all?.append(data) }
        }
      } catch {
        throw DatasetError(error, episode: episode)
      }
      guard let all, all.present == nil else { throw damaged("it has nulls") }
      // Of nested lists only the outermost lengths are rows; all inner ones together make the width.
      if width > 1 || !all.counts.isEmpty {
        let rows = all.counts.first?.count ?? 0
        guard rows * width == all.values.count, all.counts.allSatisfy({ Set($0).count <= 1 }) else {
          throw damaged("its lists are not of length \(width) everywhere")
        }
      }
      let range = start * width..<(start + count) * width
      guard range.upperBound <= all.values.count else { throw damaged("it is shorter than the table") }
      switch (all.values, type) {
      case (.float(let v), .float32): return .float32(Array(v[range]))
      case (.double(let v), .float64): return .float64(Array(v[range]))
      case (.int64(let v), .int64): return .int64(Array(v[range]))
      case (.bytes(let v), .string): return .text(v[range].map { String(decoding: $0, as: UTF8.self) })
      case (.bool(let v), .bool): return .bool(Array(v[range]))
      default: throw damaged("it does not hold \(type.rawValue)")
      }
    }
  }
}
