import Glibc
import SeedbedDatasets
import SeedbedTestSupport
import Testing

@Suite struct StoreRescueTests {
  private func files(_ path: String) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for name in ["run.json", "assets.json", "store.tar.zst"] {
      found[name] = try readFile(path + "/meta/seedbed/" + name)
    }
    for asset in try SidecarReader(directory: path).assets where asset.bytes > 0 {
      found[asset.sha256] = try readFile(path + "/meta/seedbed/assets/" + asset.sha256)
    }
    return found
  }

  /// Whatever single file is damaged or gone: both copies come out as they were.
  @Test func eitherCopyRestoresBoth() throws {
    let folder = try TemporaryDirectory()
    try Samples().writeStore(to: folder.path)
    let whole = try files(folder.path)
    #expect(whole.count == 5)
    let isWritten = { (path: String, bytes: [UInt8]) in whole[String(path.dropFirst(13))] == bytes }
    for (name, bytes) in whole {
      let path = folder.file("meta/seedbed/" + (name.count == 64 ? "assets/" : "") + name)
      for damage in 0..<3 {
        unlink(path)
        if damage > 0 { try writeFile(path, damage == 1 ? [] : bytes.dropLast() + [bytes[bytes.count - 1] ^ 4]) }
        let again = try TemporaryDirectory()
        try StoreRescue(directory: folder.path, isWritten: isWritten).write(to: again.path)
        #expect(try files(again.path) == whole)
      }
      try writeFile(path, bytes)
    }
  }

  @Test func bothLostIsAnErrorThatNamesThem() throws {
    let folder = try TemporaryDirectory()
    try Samples().writeStore(to: folder.path)
    unlink(folder.file("meta/seedbed/store.tar.zst"))
    let asset = try #require(try SidecarReader(directory: folder.path).assets.first { $0.path == "scenes/pick.yaml" })
    try writeFile(folder.file("meta/seedbed/assets/" + asset.sha256), Array("seedbed: 2\n".utf8))
    let error = #expect(throws: DatasetError.self) {
      try StoreRescue(directory: folder.path, isWritten: { _, _ in true })
    }
    #expect(error?.reason.contains("'scenes/pick.yaml' and its second copy in meta/seedbed/store.tar.zst") == true)
    #expect(error?.reason.contains("backup") == true)
    let run = #expect(throws: DatasetError.self) {
      try StoreRescue(directory: folder.path, isWritten: { _, _ in false })
    }
    #expect(run?.path.hasSuffix("meta/seedbed/run.json") == true)
  }
}
