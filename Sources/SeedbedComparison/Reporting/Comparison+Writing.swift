import Glibc
import PNG
import Plotting
public import SeedbedDatasets

extension Comparison {
  /// Writes `report.txt`, `report.json` and the plots into a new folder, which is there whole or not at all.
  ///
  /// - Throws: Where the folder is there already and not empty, lies inside one of the datasets, or cannot be written.
  public func write(to out: String) throws(DatasetError) {
    for side in [real, sim] { try requireOutside(side.path, out) }
    let part = out + ".part"
    if mkdir(part, 0o755) != 0 {
      throw DatasetError(
        .io, path: part,
        "cannot be made: \(String(cString: strerror(errno)))\(errno == EEXIST ? "; remove what an earlier run left" : "")"
      )
    }
    var names: [String] = []
    do throws(DatasetError) {
      let folder = try DatasetFolder(existing: part)
      var files: [(name: String, bytes: [UInt8])] = [
        ("report.txt", Array((lines.joined(separator: "\n") + "\n").utf8)), ("report.json", json()),
      ]
      do throws(PNGError) {
        files += try plots().map { ($0.name, $0.png) }
      } catch {
        throw DatasetError(.invalid, path: out, "a plot cannot be drawn: \(error)")
      }
      for file in files {
        names.append(file.name)
        try folder.write(file.bytes, to: file.name)
      }
      // An empty folder that is there is taken; anything else is refused by the system.
      guard rename(part, out) == 0 else {
        throw DatasetError(
          .io, path: out,
          errno == ENOTEMPTY || errno == EEXIST
            ? "it is there already and not empty. Give a new folder"
            : "cannot be made: \(String(cString: strerror(errno)))")
      }
    } catch {
      for name in names { unlink(part + "/" + name) }
      rmdir(part)
      throw error
    }
  }
}
