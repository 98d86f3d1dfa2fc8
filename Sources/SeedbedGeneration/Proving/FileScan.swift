import Digest
import Glibc

/// The hashes of all files that stand in a dataset's folder.
struct FileScan {
  enum State: Equatable {
    /// SHA-256.
    case hashed(String)
    /// Why there is none, as the end of a sentence.
    case unreadable(String)
  }

  /// By path. What is beside a dataset is left out: hidden names, and the pictures of `seedbed reproduce --pictures`.
  private(set) var files: [String: State] = [:]
  private let known: KnownHashes

  /// - Parameter known: Hashes of files that need not be read.
  init(directory: String, known: KnownHashes = KnownHashes()) throws(GenerationError) {
    self.known = known
    var folders: [String] = []
    for name in try directoryEntries(directory) {
      if RunFolder.topNames.contains(name) {
        // While a dataset grows or is repaired, these are links.
        add(directory, name, followingFolders: true, &folders)
      } else if !name.hasPrefix("."), name != "pictures", !RunFolder.besideNames.contains(name) {
        add(directory, name, followingFolders: false, &folders)
      }
    }
    while let folder = folders.popLast() {
      do throws(GenerationError) {
        for name in try directoryEntries(directory + "/" + folder) {
          add(directory, folder + "/" + name, followingFolders: false, &folders)
        }
      } catch {
        files[folder] = .unreadable("cannot be read")
      }
    }
  }

  private mutating func add(_ directory: String, _ path: String, followingFolders: Bool, _ folders: inout [String]) {
    let full = directory + "/" + path
    var own = stat(), status = stat()
    guard lstat(full, &own) == 0 else {
      files[path] = .unreadable("cannot be read")
      return
    }
    guard stat(full, &status) == 0 else {
      files[path] = .unreadable("is a link to nothing")
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR where followingFolders || own.st_mode & S_IFMT == S_IFDIR: folders.append(path)
    case S_IFREG:
      do throws(GenerationError) {
        if let hash = known.sha256(path, status) {
          files[path] = .hashed(hash)
        } else {
          files[path] = .hashed(hex(try fileHash(full)))
        }
      } catch {
        files[path] = .unreadable("cannot be read")
      }
    default: files[path] = .unreadable("is neither a file nor a folder")
    }
  }
}

extension RunFolder {
  /// What the packer keeps beside a generation's dataset.
  static let besideNames: Set = ["checkpoint", "packed.json"]
}
