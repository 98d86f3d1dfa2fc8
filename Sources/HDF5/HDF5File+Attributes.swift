import CHDF5

extension HDF5File {
  /// Elements of an attribute that are read at most.
  private static let mostElements = 1 << 20

  /// The names of an object's attributes, in the order of their bytes.
  public func attributeNames(of object: String) throws(HDF5Error) -> [String] {
    let owner = try open(object)
    let id = owner.id
    var names: [String] = []
    var i: hsize_t = 0
    while true {
      let length = Library.call { H5Aget_name_by_idx(id, ".", H5_INDEX_NAME, H5_ITER_INC, i, nil, 0, 0) }
      guard length >= 0, length < 1 << 16 else { break }
      let bytes = [UInt8](unsafeUninitializedCapacity: length + 1) { buffer, count in
        buffer.withMemoryRebound(to: CChar.self) { text in
          _ = Library.call {
            H5Aget_name_by_idx(id, ".", H5_INDEX_NAME, H5_ITER_INC, i, text.baseAddress, length + 1, 0)
          }
        }
        count = length
      }
      names.append(String(decoding: bytes, as: UTF8.self))
      i += 1
    }
    return names
  }

  /// An attribute's elements; nil where it is not there, or of a sort that is not read.
  public func attribute(_ name: String, of object: String) throws(HDF5Error) -> HDF5Values? {
    let owner = try open(object)
    let id = owner.id
    guard Library.call({ H5Aexists(id, name) }) > 0 else { return nil }
    guard let attribute = Handle(.attribute, { H5Aopen(id, name, 0) }), case let at = attribute.id,
      let type = Handle(.type, { H5Aget_type(at) }), let space = Handle(.space, { H5Aget_space(at) })
    else { throw HDF5Error(.damaged, path, object, "its attribute '\(name)' cannot be read: \(Library.reason)") }
    let element = HDF5Element(type)
    let spaceID = space.id
    let count = Library.call { H5Sget_simple_extent_npoints(spaceID) }
    guard count >= 0, count <= HDF5File.mostElements, element != .other,
      Int(count) * element.memoryBytes <= 1 << 26
    else { return nil }
    guard
      let values = ElementTransfer.read(element, type: type, space: space, count: Int(count), { H5Aread(at, $0, $1) })
    else { throw HDF5Error(.damaged, path, object, "its attribute '\(name)' cannot be read: \(Library.reason)") }
    return values
  }

  /// Gives an object an attribute: a single element, or a list.
  public func setAttribute(
    _ name: String, of object: String, _ values: HDF5Values, isList: Bool = false
  ) throws(HDF5Error) {
    let owner = try open(object)
    let id = owner.id
    var extent = [hsize_t(values.count)]
    guard isList || values.count == 1 else {
      throw HDF5Error(.misuse, path, object, "attribute '\(name)' has \(values.count) values")
    }
    guard let type = values.element.stored(),
      let space = Handle(.space, { isList ? H5Screate_simple(1, &extent, nil) : H5Screate(H5S_SCALAR) }),
      case let (typeID, spaceID) = (type.id, space.id),
      let attribute = Handle(.attribute, { H5Acreate2(id, name, typeID, spaceID, 0, 0) }), case let at = attribute.id,
      ElementTransfer.write(values, as: values.element, stored: type, { H5Awrite(at, $0, $1) })
    else { throw HDF5Error(.io, path, object, "its attribute '\(name)' cannot be written: \(Library.reason)") }
  }

  private func open(_ object: String) throws(HDF5Error) -> Handle {
    let id = handle.id
    guard let owner = Handle(.object, { H5Oopen(id, object, 0) }) else {
      throw HDF5Error(.damaged, path, object, "cannot be opened: \(Library.reason)")
    }
    return owner
  }
}
