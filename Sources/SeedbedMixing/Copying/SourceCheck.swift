import Glibc
import Parquet
import SeedbedDatasets
import Video

/// Looks, before anything is written, whether all files are there and whole that a mix is going to read.
struct SourceCheck {
  let source: MixSource
  let chosen: [Int]
  let cameras: [Int]
  let followsLinks: Bool

  func run(_ problems: inout MixProblems) {
    let data = source.data
    if !followsLinks { links(&problems) }
    var tables: [String: Int] = [:]
    var videos: [String: (episode: Int, camera: Int)] = [:]
    for k in chosen {
      let file = data.dataFile(k)
      tables[file] = max(tables[file] ?? 0, data.rows(k).upperBound)
      for camera in cameras {
        checkPlace(k, camera, &problems)
        let path = data.videoFile(k, camera: camera)
        let end = data.pictures(k, camera: camera).upperBound
        if let known = videos[path], data.pictures(known.episode, camera: camera).upperBound >= end { continue }
        videos[path] = (k, camera)
      }
    }
    for (file, rows) in tables.sorted(by: { $0.key < $1.key }) {
      do throws(ParquetError) {
        let reader = try ParquetReader(path: data.folder(file))
        if reader.rowCount < rows {
          problems.add(
            data.folder(file), "it has \(reader.rowCount) rows, its episodes need \(rows).",
            "Restore the file, or the metadata that fit to it.")
        }
      } catch {
        problems.add(
          data.folder(file), sentence(error.reason), "Restore the file; see 'seedbed validate \(data.path)'.")
      }
    }
    for (file, place) in videos.sorted(by: { $0.key < $1.key }) {
      do throws(DatasetError) {
        _ = try data.movie(place.episode, camera: place.camera)
      } catch {
        problems.add(data.folder(file), sentence(error.reason), error.videoRemedy(dataset: data.path))
      }
    }
  }

  /// An episode's pictures begin with a picture and are as many as its frames.
  private func checkPlace(_ k: Int, _ camera: Int, _ problems: inout MixProblems) {
    let rate = source.framesPerSecond
    let place = source.data.episodes.video(k, camera: camera)
    let start = (place.from * rate).rounded() / rate
    let end = start + Double(source.data.episodes.length(k)) / rate
    if (place.from - start).magnitude <= tolerance, (place.to - end).magnitude <= tolerance { return }
    problems.add(
      source.directory,
      "episode \(k): '\(source.data.info.cameras[camera].name)' is said to run from \(place.from) to \(place.to) s, its frames are \(start) to \(end) s.",
      "Write from_timestamp and to_timestamp as whole frames; see 'seedbed validate \(source.data.path)'.")
  }

  /// A quarter of a frame: LeRobot's own sums of durations drift, and still name the right picture.
  private var tolerance: Double { 0.25 / source.framesPerSecond }

  private func sentence(_ reason: String) -> String { reason.hasSuffix(".") ? reason : reason + "." }

  /// Links that lead out of the source may lead anywhere: into the output, or to what nobody meant to copy.
  private func links(_ problems: inout MixProblems) {
    guard let root = canonicalPath(source.directory) else { return }
    var outside: [String] = []
    func walk(_ relative: String, depth: Int) {
      guard depth < 16 else { return }
      for name in source.data.folder.entries(relative) where !name.hasPrefix(".") {
        let inner = relative.isEmpty ? name : relative + "/" + name
        var status = stat()
        guard lstat(source.data.folder(inner), &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFLNK {
          if let target = canonicalPath(source.data.folder(inner)), !isInside(target, root) { outside.append(inner) }
        } else if status.st_mode & S_IFMT == S_IFDIR {
          walk(inner, depth: depth + 1)
        }
      }
    }
    walk("", depth: 0)
    for path in outside.prefix(5) {
      problems.add(
        source.directory + "/" + path, "it is a link that leads out of the dataset.",
        "Put the file itself there, or allow such links with --follow-links.")
    }
    if outside.count > 5 {
      problems.add(source.directory, "there are \(outside.count - 5) more links that lead out of it.", "")
    }
  }
}

/// A path without links, dots and doubled slashes; nil where there is nothing.
func canonicalPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// Is a canonical path the folder itself, or something in it?
func isInside(_ path: String, _ folder: String) -> Bool {
  path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
}
