import CHDF5

extension HDF5Element {
  /// What a stored type is.
  init(_ type: borrowing Handle) {
    let id = type.id
    self = Library.call {
      let size = H5Tget_size(id)
      switch H5Tget_class(id) {
      case H5T_FLOAT: return size <= 2 ? .float16 : size <= 4 ? .float32 : size == 8 ? .float64 : .other
      case H5T_INTEGER where [1, 2, 4, 8].contains(size):
        return .integer(bytes: size, isSigned: H5Tget_sign(id) == H5T_SGN_2)
      case H5T_ENUM where size == 1 && HDF5Element.isTruth(id): return .bool
      case H5T_ENUM where size <= 8: return .integer(bytes: 8, isSigned: true)
      case H5T_STRING: return H5Tis_variable_str(id) > 0 ? .text : .fixedText(size)
      case H5T_VLEN where HDF5Element.isBytes(id): return .bytes
      case H5T_OPAQUE: return .fixedText(size)
      default: return .other
      }
    }
  }

  private static func isTruth(_ id: hid_t) -> Bool {
    guard H5Tget_nmembers(id) == 2 else { return false }
    var names: [String] = []
    for i: UInt32 in 0..<2 {
      guard let name = H5Tget_member_name(id, i) else { return false }
      names.append(String(cString: name))
      H5free_memory(name)
    }
    return names == ["FALSE", "TRUE"]
  }

  private static func isBytes(_ id: hid_t) -> Bool {
    let base = H5Tget_super(id)
    guard base >= 0 else { return false }
    defer { H5Tclose(base) }
    return H5Tget_class(base) == H5T_INTEGER && H5Tget_size(base) == 1
  }

  /// The type in the file; nil where the library refuses.
  func stored() -> Handle? {
    Handle(.type) {
      switch self {
      case .float32: return H5Tcopy(seedbed_h5_stored_float(4))
      case .float64: return H5Tcopy(seedbed_h5_stored_float(8))
      case .integer(let bytes, let isSigned): return H5Tcopy(seedbed_h5_stored(Int32(bytes), isSigned ? 1 : 0))
      case .bool:
        let id = H5Tenum_create(seedbed_h5_stored(1, 1))
        for (name, value) in [("FALSE", Int8(0)), ("TRUE", Int8(1))] {
          var value = value
          H5Tenum_insert(id, name, &value)
        }
        return id
      case .fixedText(let length):
        let id = H5Tcopy(seedbed_h5_text())
        H5Tset_size(id, max(1, length))
        H5Tset_strpad(id, H5T_STR_NULLPAD)
        return id
      case .text:
        let id = H5Tcopy(seedbed_h5_text())
        H5Tset_size(id, seedbed_h5_variable())
        H5Tset_cset(id, H5T_CSET_UTF8)
        return id
      case .float16, .bytes, .other: return -1
      }
    }
  }

  /// Bytes of an element in memory while it is read.
  var memoryBytes: Int {
    switch self {
    case .float16, .float32: 4
    case .integer(bytes: 1, isSigned: false), .bool: 1
    case .fixedText(let length): length
    case .bytes: 16
    default: 8
    }
  }
}

/// Reads and writes elements through a call of the library, which a dataset and an attribute do differently.
enum ElementTransfer {
  /// - Parameters:
  ///   - type: As it is stored.
  ///   - space: Of the elements in memory, for the freeing of texts.
  ///   - read: Reads so many elements into a buffer of a memory type.
  /// - Returns: nil where the library refuses.
  static func read(
    _ element: HDF5Element, type: borrowing Handle, space: borrowing Handle, count: Int,
    _ read: (hid_t, UnsafeMutableRawPointer?) -> herr_t
  ) -> HDF5Values? {
    func numbers<T>(_ zero: T, _ memory: () -> hid_t) -> [T]? {
      var values = [T](repeating: zero, count: count)
      let status = values.withUnsafeMutableBytes { buffer in
        Library.call { read(memory(), buffer.baseAddress) }
      }
      return status >= 0 ? values : nil
    }
    switch element {
    case .float16, .float32: return numbers(Float(0), seedbed_h5_float).map(HDF5Values.float)
    case .float64: return numbers(Double(0), seedbed_h5_double).map(HDF5Values.double)
    case .integer(bytes: 1, isSigned: false): return numbers(UInt8(0), seedbed_h5_uint8).map(HDF5Values.byte)
    case .integer(bytes: 8, isSigned: false):
      return numbers(UInt64(0), seedbed_h5_uint64).map { .integer($0.map(Int64.init(bitPattern:))) }
    case .integer: return numbers(Int64(0), seedbed_h5_int64).map(HDF5Values.integer)
    case .bool:
      let id = type.id
      return numbers(Int8(0), { id }).map { .bool($0.map { $0 != 0 }) }
    case .fixedText(let length): return fixedTexts(length, type, count, read)
    case .text: return texts(space, count, read)
    case .bytes: return bytes(type, space, count, read)
    case .other: return nil
    }
  }

  private static func fixedTexts(
    _ length: Int, _ type: borrowing Handle, _ count: Int, _ read: (hid_t, UnsafeMutableRawPointer?) -> herr_t
  ) -> HDF5Values? {
    var bytes = [UInt8](repeating: 0, count: length * count)
    let id = type.id
    let status = bytes.withUnsafeMutableBytes { buffer in Library.call { read(id, buffer.baseAddress) } }
    guard status >= 0 else { return nil }
    return .text(
      (0..<count).map { i in
        let item = bytes[i * length..<(i + 1) * length]
        return Array(item[..<(item.lastIndex { $0 != 0 }.map { $0 + 1 } ?? item.startIndex)])
      })
  }

  private static func texts(
    _ space: borrowing Handle, _ count: Int, _ read: (hid_t, UnsafeMutableRawPointer?) -> herr_t
  ) -> HDF5Values? {
    guard let memory = HDF5Element.text.stored() else { return nil }
    var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
    let (memoryID, spaceID) = (memory.id, space.id)
    return pointers.withUnsafeMutableBytes { buffer -> HDF5Values? in
      guard Library.call({ read(memoryID, buffer.baseAddress) }) >= 0 else { return nil }
      let texts = buffer.bindMemory(to: UnsafeMutablePointer<CChar>?.self).map { pointer in
        pointer.map { Array(String(cString: $0).utf8) } ?? []
      }
      Library.call { _ = H5Dvlen_reclaim(memoryID, spaceID, 0, buffer.baseAddress) }
      return .text(texts)
    }
  }

  private static func bytes(
    _ type: borrowing Handle, _ space: borrowing Handle, _ count: Int,
    _ read: (hid_t, UnsafeMutableRawPointer?) -> herr_t
  ) -> HDF5Values? {
    var rows = [hvl_t](repeating: hvl_t(len: 0, p: nil), count: count)
    // Bytes have one order alone: the stored type is that of memory too.
    let (memoryID, spaceID) = (type.id, space.id)
    return rows.withUnsafeMutableBytes { buffer -> HDF5Values? in
      guard Library.call({ read(memoryID, buffer.baseAddress) }) >= 0 else { return nil }
      let rows = buffer.bindMemory(to: hvl_t.self).map { row in
        Array(UnsafeRawBufferPointer(start: row.p, count: row.p == nil ? 0 : row.len))
      }
      Library.call { _ = H5Dvlen_reclaim(memoryID, spaceID, 0, buffer.baseAddress) }
      return .text(rows)
    }
  }

  /// - Parameter write: Writes elements out of a buffer of a memory type.
  /// - Returns: false where the library refuses, or the values are of another sort than the elements.
  static func write(
    _ values: HDF5Values, as element: HDF5Element, stored: borrowing Handle,
    _ write: (hid_t, UnsafeRawPointer?) -> herr_t
  ) -> Bool {
    func numbers<T>(_ values: [T], _ memory: () -> hid_t) -> Bool {
      values.withUnsafeBytes { buffer in Library.call { write(memory(), buffer.baseAddress) } >= 0 }
    }
    let storedID = stored.id
    switch (values, element) {
    case (.float(let v), .float32), (.float(let v), .float64): return numbers(v, seedbed_h5_float)
    case (.double(let v), .float32), (.double(let v), .float64): return numbers(v, seedbed_h5_double)
    case (.integer(let v), .integer(bytes: 8, isSigned: false)):
      return numbers(v, seedbed_h5_uint64)
    case (.integer(let v), .integer): return numbers(v, seedbed_h5_int64)
    case (.byte(let v), .integer): return numbers(v, seedbed_h5_uint8)
    case (.bool(let v), .bool): return numbers(v.map { Int8($0 ? 1 : 0) }, { storedID })
    case (.text(let v), .fixedText(let length)):
      var flat: [UInt8] = []
      for text in v { flat += text.prefix(length) + [UInt8](repeating: 0, count: max(0, length - text.count)) }
      return numbers(flat, { storedID })
    case (.text(let v), .text):
      // Each text gets a zero behind it; the library reads up to that.
      var flat: [UInt8] = []
      let starts = v.map { text in
        defer { flat += text.filter { $0 != 0 } + [0] }
        return flat.count
      }
      return flat.withUnsafeBytes { base in
        numbers(starts.map { start in base.baseAddress.map { $0 + start } }, { storedID })
      }
    default: return false
    }
  }
}
