import CHDF5
import Glibc

/// An HDF5 file, open for reading or for writing; its objects are named by their paths, "/data/demo_0/actions".
///
/// Links into other files are not followed. Damage that the library notices is an error of this module. The library (1.10.8)
/// does not notice all of it: read files of unknown origin in a process of their own.
public struct HDF5File: ~Copyable, Sendable {
  public let path: String
  /// Bytes, when it was opened for reading.
  let size: Int
  let handle: Handle

  /// Opens a file for reading; it is neither locked nor changed.
  public init(reading path: String) throws(HDF5Error) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw HDF5Error(.io, path, nil, "cannot be opened: \(String(cString: strerror(errno)))")
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw HDF5Error(.damaged, path, nil, "is no file") }
    guard let access = Handle(.properties, { H5Pcreate(seedbed_h5_file_access()) }) else {
      throw HDF5Error(.io, path, nil, Library.reason)
    }
    let id = access.id
    Library.call {
      _ = H5Pset_file_locking(id, false, true)
      // Chunks of other writers span many rows; they are unpacked once for all of them.
      _ = H5Pset_cache(id, 0, 521, 64 << 20, 1)
    }
    guard let handle = Handle(.file, { seedbed_h5_open(path, id) }) else {
      throw HDF5Error(.damaged, path, nil, "is no HDF5 file that can be read: \(Library.reason)")
    }
    self.path = path
    self.handle = handle
    size = Int(status.st_size)
  }

  /// Makes a file, in place of one that is there. Its bytes depend on what is written alone: no times are stored.
  public init(creating path: String) throws(HDF5Error) {
    guard let handle = Handle(.file, { seedbed_h5_create(path, 0) }) else {
      throw HDF5Error(.io, path, nil, "cannot be created: \(Library.reason)")
    }
    self.path = path
    self.handle = handle
    size = 0
  }

  /// Closes the file; what could not be written shows at the latest now.
  public consuming func finish() throws(HDF5Error) {
    let path = path
    guard handle.close() else { throw HDF5Error(.io, path, nil, "cannot be finished: \(Library.reason)") }
  }

  public enum Member: Sendable, Equatable {
    case group, dataset
    /// A named type, or a link into another file or to nowhere.
    case other
  }

  /// What stands at a path; nil for nothing.
  public func kind(_ object: String) -> Member? {
    if object == "/" { return .group }
    let id = handle.id
    var at = ""
    for part in object.split(separator: "/") {
      at += "/" + part
      switch Library.call({ seedbed_h5_link_kind(id, at) }) {
      case 0, 1: continue
      case let kind where kind < 0: return nil
      default: return .other
      }
    }
    switch Library.call({ seedbed_h5_object_kind(id, object) }) {
    case 0: return .group
    case 1: return .dataset
    default: return .other
    }
  }

  /// The names in a group, in the order of their bytes.
  public func names(in group: String) throws(HDF5Error) -> [String] {
    let file = handle.id
    guard let open = Handle(.group, { H5Gopen2(file, group, 0) }) else {
      throw HDF5Error(.damaged, path, group, "is no group that can be read: \(Library.reason)")
    }
    let id = open.id
    var count: hsize_t = 0
    guard Library.call({ H5Gget_num_objs(id, &count) }) >= 0, count <= hsize_t(max(size, 1)) else {
      throw HDF5Error(.damaged, path, group, "claims \(count) members")
    }
    var names: [String] = []
    for i in 0..<count {
      let length = Library.call { H5Lget_name_by_idx(id, ".", H5_INDEX_NAME, H5_ITER_INC, i, nil, 0, 0) }
      guard length >= 0, length < 1 << 16 else {
        throw HDF5Error(.damaged, path, group, "its member \(i) has no name: \(Library.reason)")
      }
      let bytes = [UInt8](unsafeUninitializedCapacity: length + 1) { buffer, count in
        buffer.withMemoryRebound(to: CChar.self) { text in
          _ = Library.call {
            H5Lget_name_by_idx(id, ".", H5_INDEX_NAME, H5_ITER_INC, i, text.baseAddress, length + 1, 0)
          }
        }
        count = length
      }
      names.append(String(decoding: bytes, as: UTF8.self))
    }
    return names
  }

  /// Makes a group; those above it have to be there.
  public func makeGroup(_ group: String) throws(HDF5Error) {
    let id = handle.id
    guard Handle(.group, { H5Gcreate2(id, group, 0, 0, 0) }) != nil else {
      throw HDF5Error(.io, path, group, "cannot be made: \(Library.reason)")
    }
  }

  /// Gives an object a second name.
  public func link(_ object: String, as name: String) throws(HDF5Error) {
    let id = handle.id
    guard Library.call({ H5Lcreate_hard(id, object, id, name, 0, 0) }) >= 0 else {
      throw HDF5Error(.io, path, name, "cannot be made: \(Library.reason)")
    }
  }
}
