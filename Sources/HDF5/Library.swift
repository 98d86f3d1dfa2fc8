import CHDF5
import Synchronization

/// The only way into libhdf5, which keeps its state in global variables: one call at a time in the whole process.
package enum Library {
  private static let lock = Mutex(false)

  /// Runs some calls without any other in between. They must not free a handle of this module.
  static func call<T>(_ body: () -> T) -> T {
    lock.withLock { isSilent in
      if !isSilent {
        seedbed_h5_silence()
        isSilent = true
      }
      return body()
    }
  }

  /// What the library says about the last failure.
  static var reason: String {
    let bytes = [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
      buffer.initialize(repeating: 0)
      buffer.withMemoryRebound(to: CChar.self) { text in call { seedbed_h5_reason(text.baseAddress) } }
      count = buffer.firstIndex(of: 0) ?? 256
    }
    return bytes.isEmpty ? "the HDF5 library gives no reason" : systemReason(String(decoding: bytes, as: UTF8.self))
  }

  /// Of a failed system call only what the system says; the library adds addresses, times and names.
  package static func systemReason(_ text: String) -> String {
    let parts = text.split(separator: ", ").compactMap { part -> Substring? in
      guard part.hasPrefix("error message = '"), part.hasSuffix("'") else { return nil }
      return part.dropFirst("error message = '".count).dropLast()
    }
    return parts.first.map(String.init) ?? text
  }
}

/// An owned handle of the library.
struct Handle: ~Copyable, Sendable {
  enum Kind: Sendable { case file, group, dataset, space, type, properties, attribute, object }

  let id: hid_t
  private let kind: Kind

  /// - Parameter open: Gives a handle; nil where it fails.
  init?(_ kind: Kind, _ open: () -> hid_t) {
    let id = Library.call(open)
    guard id >= 0 else { return nil }
    self.id = id
    self.kind = kind
  }

  /// Closes a handle and says whether that went well: of a file, whether all of it is written.
  consuming func close() -> Bool {
    let (id, kind) = (id, kind)
    discard self
    return Library.call { Handle.close(id, kind) >= 0 }
  }

  private static func close(_ id: hid_t, _ kind: Kind) -> herr_t {
    switch kind {
    case .file: H5Fclose(id)
    case .group: H5Gclose(id)
    case .dataset: H5Dclose(id)
    case .space: H5Sclose(id)
    case .type: H5Tclose(id)
    case .properties: H5Pclose(id)
    case .attribute: H5Aclose(id)
    case .object: H5Oclose(id)
    }
  }

  deinit {
    let (id, kind) = (id, kind)
    Library.call { _ = Handle.close(id, kind) }
  }
}
