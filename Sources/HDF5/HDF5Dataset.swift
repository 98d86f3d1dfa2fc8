import CHDF5

/// A dataset of an HDF5 file: an array whose rows, along its first extent, are read and written some at a time.
public struct HDF5Dataset: ~Copyable, Sendable {
  /// The file's path and the dataset's inside it.
  public let file: String, path: String
  public let element: HDF5Element
  /// Extents; none of a single value.
  public let shape: [Int]
  private let handle: Handle
  private let type: Handle

  public var rowCount: Int { shape.first ?? 1 }
  /// Elements of a row.
  public var rowWidth: Int { shape.dropFirst().reduce(1, *) }

  /// What rows are stored as, and how they are packed.
  public struct Layout: Sendable {
    public var element: HDF5Element
    public var shape: [Int]
    /// Rows of a chunk; nil for one contiguous block.
    public var chunkRows: Int?
    /// Deflate's level, 1 to 9; 0 for none. Only of chunks.
    public var deflate = 0
    /// Are the elements' bytes sorted by place before they are compressed?
    public var isShuffled = false

    public init(_ element: HDF5Element, shape: [Int], chunkRows: Int? = nil, deflate: Int = 0, isShuffled: Bool = false)
    {
      (self.element, self.shape, self.chunkRows) = (element, shape, chunkRows)
      (self.deflate, self.isShuffled) = (deflate, isShuffled)
    }
  }

  init(_ parent: borrowing HDF5File, _ path: String) throws(HDF5Error) {
    let id = parent.handle.id
    func damaged(_ reason: String) -> HDF5Error { HDF5Error(.damaged, parent.path, path, reason) }
    guard let handle = Handle(.dataset, { H5Dopen2(id, path, 0) }), case let at = handle.id,
      let type = Handle(.type, { H5Dget_type(at) }), let space = Handle(.space, { H5Dget_space(at) }),
      let properties = Handle(.properties, { H5Dget_create_plist(at) })
    else { throw damaged("is no dataset that can be read: \(Library.reason)") }
    let (spaceID, propertiesID) = (space.id, properties.id)
    let isForeign = Library.call {
      H5Pget_external_count(propertiesID) > 0 || H5Pget_layout(propertiesID) == H5D_VIRTUAL
    }
    guard !isForeign else { throw HDF5Error(.unsupported, parent.path, path, "its values stand in other files") }
    let rank = Library.call { H5Sget_simple_extent_ndims(spaceID) }
    guard rank >= 0, rank <= 32 else { throw damaged("has \(rank) extents") }
    var extents = [hsize_t](repeating: 0, count: Int(rank))
    _ = Library.call { H5Sget_simple_extent_dims(spaceID, &extents, nil) }
    let element = HDF5Element(type)
    // Deflate gives at most 1032 bytes for one: more than that claims values that nobody wrote.
    var bytes = element.memoryBytes
    for extent in extents {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: Int(clamping: extent))
      guard !overflow, product / 1100 <= parent.size || parent.size == 0 else {
        throw damaged("claims the shape \(extents), which a file of \(parent.size) bytes cannot hold")
      }
      bytes = max(product, 1)
    }
    self.file = parent.path
    self.path = path
    self.element = element
    shape = extents.map { Int($0) }
    self.handle = handle
    self.type = type
  }

  init(_ parent: borrowing HDF5File, creating path: String, _ layout: Layout) throws(HDF5Error) {
    let id = parent.handle.id
    var extents = layout.shape.map { hsize_t($0) }
    guard let type = layout.element.stored(),
      let space = Handle(.space, { H5Screate_simple(Int32(extents.count), &extents, nil) }),
      let properties = Handle(.properties, { H5Pcreate(seedbed_h5_dataset_create()) }),
      case let (typeID, spaceID, propertiesID) = (type.id, space.id, properties.id)
    else { throw HDF5Error(.misuse, parent.path, path, "no such shape or type: \(Library.reason)") }
    let isReady = Library.call {
      guard H5Pset_obj_track_times(propertiesID, false) >= 0 else { return false }
      guard let rows = layout.chunkRows, layout.shape.first ?? 0 > 0 else { return true }
      var chunk = extents
      chunk[0] = hsize_t(max(1, min(rows, layout.shape[0])))
      guard H5Pset_chunk(propertiesID, Int32(chunk.count), &chunk) >= 0 else { return false }
      if layout.isShuffled, H5Pset_shuffle(propertiesID) < 0 { return false }
      return layout.deflate == 0 || H5Pset_deflate(propertiesID, UInt32(layout.deflate)) >= 0
    }
    guard isReady, let handle = Handle(.dataset, { H5Dcreate2(id, path, typeID, spaceID, 0, propertiesID, 0) }) else {
      throw HDF5Error(.io, parent.path, path, "cannot be made: \(Library.reason)")
    }
    self.file = parent.path
    self.path = path
    element = layout.element
    shape = layout.shape
    self.handle = handle
    self.type = type
  }

  /// Some rows' elements. Their size is the caller's to bound.
  public func read(rows: Range<Int>) throws(HDF5Error) -> HDF5Values {
    guard element != .other else { throw HDF5Error(.unsupported, file, path, "its elements are of a sort not read") }
    let choice = try choose(rows)
    let (at, storedID, memoryID) = (handle.id, choice.stored.id, choice.memory.id)
    guard
      let values = ElementTransfer.read(
        element, type: type, space: choice.memory, count: rows.count * rowWidth,
        { H5Dread(at, $0, memoryID, storedID, 0, $1) })
    else { throw HDF5Error(.damaged, file, path, "rows \(rows) cannot be read: \(Library.reason)") }
    return values
  }

  /// All elements.
  public func read() throws(HDF5Error) -> HDF5Values { try read(rows: 0..<rowCount) }

  /// Writes some rows.
  public func write(_ values: HDF5Values, rows: Range<Int>) throws(HDF5Error) {
    guard values.count == rows.count * rowWidth else {
      throw HDF5Error(.misuse, file, path, "\(values.count) values for \(rows.count) rows of \(rowWidth)")
    }
    if rows.isEmpty { return }
    let choice = try choose(rows)
    let (at, storedID, memoryID) = (handle.id, choice.stored.id, choice.memory.id)
    guard ElementTransfer.write(values, as: element, stored: type, { H5Dwrite(at, $0, memoryID, storedID, 0, $1) })
    else { throw HDF5Error(.io, file, path, "rows \(rows) cannot be written: \(Library.reason)") }
  }

  /// Rows in the file, and as many elements in memory.
  private struct Choice: ~Copyable {
    let stored: Handle
    let memory: Handle
  }

  private func choose(_ rows: Range<Int>) throws(HDF5Error) -> Choice {
    let at = handle.id
    guard rows.lowerBound >= 0, rows.upperBound <= rowCount else {
      throw HDF5Error(.misuse, file, path, "rows \(rows) asked for, there are \(rowCount)")
    }
    var start = [hsize_t](repeating: 0, count: max(1, shape.count))
    var count = shape.isEmpty ? [1] : shape.map { hsize_t($0) }
    start[0] = hsize_t(rows.lowerBound)
    count[0] = hsize_t(rows.count)
    guard let stored = Handle(.space, { H5Dget_space(at) }), case let storedID = stored.id,
      shape.isEmpty || Library.call({ H5Sselect_hyperslab(storedID, H5S_SELECT_SET, &start, nil, &count, nil) }) >= 0,
      // Of the same rank: the library copies whole rows then, not single elements.
      let memory = Handle(.space, { H5Screate_simple(Int32(count.count), &count, nil) })
    else { throw HDF5Error(.damaged, file, path, "rows \(rows) cannot be chosen: \(Library.reason)") }
    return Choice(stored: stored, memory: memory)
  }
}

extension HDF5File {
  /// Opens a dataset.
  public func dataset(_ path: String) throws(HDF5Error) -> HDF5Dataset { try HDF5Dataset(self, path) }

  /// Makes a dataset; the group that it stands in has to be there.
  public func makeDataset(_ path: String, _ layout: HDF5Dataset.Layout) throws(HDF5Error) -> HDF5Dataset {
    try HDF5Dataset(self, creating: path, layout)
  }

  /// Makes a dataset of some values, in one block.
  public func write(_ path: String, _ values: HDF5Values, shape: [Int], as element: HDF5Element? = nil)
    throws(HDF5Error)
  {
    let dataset = try makeDataset(path, .init(element ?? values.element, shape: shape))
    try dataset.write(values, rows: 0..<(shape.first ?? 1))
  }
}
