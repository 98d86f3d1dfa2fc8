/// Reads one stored column of a file from a row to the end, some rows at a time; memory holds about one page of it, however
/// large the row groups are.
public struct ColumnCursor: Sendable {
  /// A page in memory: where it begins in the file, among the pending slots, and how many slots were to come before it.
  private struct Piece {
    var offset: Int
    var slotsLeft: Int
    var firstSlot: Int
    var firstValue: Int
  }

  private let reader: ParquetReader
  private let leaf: SchemaLeaf
  private let index: Int
  /// The row that `next` gives first.
  public private(set) var row = 0
  private var group = -1
  private var rowsLeft = 0
  private var pages: PageStream?
  private var decoder: PageDecoder?
  private var pieces: [Piece] = []
  private var levels = Levels()
  private var values: Values
  /// What was given out of the pending slots and values.
  private var slotAt = 0
  private var valueAt = 0

  /// - Parameters:
  ///   - leaf: The column's place in `reader.leaves`.
  ///   - row: The first row to read.
  public init(_ reader: ParquetReader, leaf index: Int, from row: Int = 0) throws(ParquetError) {
    guard reader.leaves.indices.contains(index), row >= 0, row <= reader.rowCount else {
      throw ParquetError(.misuse, file: reader.path, "no column \(index) with a row \(row)")
    }
    self.reader = reader
    self.index = index
    leaf = reader.leaves[index]
    values = .empty(of: leaf)
    try skip(rows: row)
  }

  public var isAtEnd: Bool { row >= reader.rowCount }

  /// The next rows.
  ///
  /// - Throws: Also where the file has fewer rows left.
  public mutating func next(rows: Int) throws(ParquetError) -> ColumnData {
    guard rows >= 0, rows <= reader.rowCount - row else {
      throw ParquetError(
        .damaged, file: reader.path, column: leaf.name, "rows \(row)..<\(row + rows) of \(reader.rowCount) are needed")
    }
    var result = ColumnData(.empty(of: leaf), counts: .init(repeating: [], count: leaf.maxRepetition))
    result.isUnsigned = leaf.kind == .uint64
    var wanted = rows
    while wanted > 0 {
      let part: ColumnData
      let count: Int
      do throws(FormatError) {
        if rowsLeft == 0 { try openGroup() }
        count = min(wanted, rowsLeft)
        part = try take(rows: count)
      } catch {
        throw error.located(file: reader.path, column: leaf.name, rowGroup: max(group, 0))
      }
      if count == rows { result = part } else { result.append(part) }
      wanted -= count
      rowsLeft -= count
      row += count
      if rowsLeft == 0 { try closeGroup() }
    }
    return result
  }

  /// Passes over rows; whole row groups are not even looked at.
  public mutating func skip(rows: Int) throws(ParquetError) {
    var wanted = rows
    while wanted > 0, row < reader.rowCount {
      if rowsLeft == 0, let next = reader.rows(ofGroup: group + 1), next <= wanted {
        group += 1
        row += next
        wanted -= next
      } else {
        // Bounded pieces: a column of pictures would not fit otherwise.
        let count = min(wanted, rowsLeft > 0 ? rowsLeft : wanted, leaf.physical == .bytes ? 32 : 1024)
        _ = try next(rows: count)
        wanted -= count
      }
    }
  }

  /// Lets go of the memory until the next rows are read: for holders of many cursors.
  public mutating func rest() {
    guard var current = pieces.last(where: { $0.firstSlot <= slotAt }) else { return }
    slotAt -= current.firstSlot
    valueAt -= current.firstValue
    current.firstSlot = 0
    current.firstValue = 0
    pieces = [current]
    levels = Levels()
    values = .empty(of: leaf)
    pages = nil
    decoder = nil
  }

  private mutating func openGroup() throws(FormatError) {
    group += 1
    while reader.footer.groups[group].rows == 0 { group += 1 }
    rowsLeft = reader.footer.groups[group].rows
    try openPages()
  }

  private mutating func openPages() throws(FormatError) {
    let chunk = reader.footer.groups[group].chunks[index]
    pages = PageStream(reader.file, try reader.place(of: chunk))
    decoder = try PageDecoder(leaf: leaf, chunk: chunk)
  }

  private mutating func closeGroup() throws(ParquetError) {
    let more = slotCount - slotAt + (decoder?.slotsLeft ?? 0)
    guard more == 0 else {
      throw FormatError.damaged("it holds more values than the row group has rows")
        .located(file: reader.path, column: leaf.name, rowGroup: group)
    }
    pages = nil
    decoder = nil
    pieces = []
    levels = Levels()
    values = .empty(of: leaf)
    slotAt = 0
    valueAt = 0
  }

  /// Slots in memory.
  private var slotCount: Int { leaf.maxDefinition == 0 ? values.count : levels.definition.count }

  /// Rows of the current group, which has them by its footer.
  private mutating func take(rows: Int) throws(FormatError) -> ColumnData {
    try wake()
    let end = leaf.maxRepetition == 0 ? try flatEnd(rows) : try nestedEnd(rows)
    let slots = slotAt..<end
    let part = levels.slice(slots, isNested: leaf.maxRepetition > 0, isNullable: leaf.maxDefinition > 0)
    let defined = UInt8(leaf.maxDefinition)
    let count = leaf.maxDefinition == 0 ? slots.count : part.definition.count { $0 == defined }
    let (counts, present) = try part.assemble(leaf: leaf, rows: rows)
    var data = ColumnData(values.slice(valueAt..<valueAt + count), counts: counts, present: present)
    data.nullRows = part.nullRows(leaf: leaf)
    data.isUnsigned = leaf.kind == .uint64
    slotAt = end
    valueAt += count
    return data
  }

  private mutating func flatEnd(_ rows: Int) throws(FormatError) -> Int {
    while slotCount - slotAt < rows { try loadPage(rows) }
    return slotAt + rows
  }

  /// The end of so many rows: the place of the next row's first slot, or the chunk's end.
  private mutating func nestedEnd(_ rows: Int) throws(FormatError) -> Int {
    var seen = 0
    var at = slotAt
    while true {
      while at < levels.repetition.count {
        if levels.repetition[at] == 0 {
          if seen == rows { return at }
          seen += 1
        }
        at += 1
      }
      if seen == rows && rows == rowsLeft && decoder?.slotsLeft == 0 { return at }
      let before = slotAt
      try loadPage(rows)
      at += slotAt - before
    }
  }

  private mutating func loadPage(_ rows: Int) throws(FormatError) {
    guard var pages, var decoder, decoder.slotsLeft > 0 else {
      throw .damaged("it ends where \(rows) more rows belong")
    }
    // Memory of what is already consumed goes before memory for more is taken.
    self.decoder = nil
    if pieces.isEmpty || slotAt == slotCount { dropAll() } else { dropConsumed() }
    while decoder.slotsLeft > 0 {
      let offset = pages.at, left = decoder.slotsLeft
      let (header, bytes, body) = try pages.next()
      guard let page = try decoder.decode(header, bytes, body) else { continue }
      pieces.append(Piece(offset: offset, slotsLeft: left, firstSlot: slotCount, firstValue: values.count))
      guard slotCount == 0 || slotCount + page.slots <= 1 << 27 else { throw .damaged("a row that does not end") }
      if slotCount == 0 {
        levels = page.levels
        values = page.values
      } else {
        levels.append(page.levels)
        _ = values.append(page.values)
      }
      break
    }
    self.pages = pages
    self.decoder = decoder
  }

  private mutating func dropAll() {
    pieces = []
    levels = Levels()
    values = .empty(of: leaf)
    slotAt = 0
    valueAt = 0
  }

  private mutating func dropConsumed() {
    guard let keep = pieces.lastIndex(where: { $0.firstSlot <= slotAt }), keep > 0 else { return }
    let slot = pieces[keep].firstSlot, value = pieces[keep].firstValue
    levels = levels.slice(
      slot..<slotCount, isNested: leaf.maxRepetition > 0, isNullable: leaf.maxDefinition > 0)
    values = values.slice(value..<values.count)
    pieces.removeFirst(keep)
    for i in pieces.indices {
      pieces[i].firstSlot -= slot
      pieces[i].firstValue -= value
    }
    slotAt -= slot
    valueAt -= value
  }

  /// Reads what `rest` let go of.
  private mutating func wake() throws(FormatError) {
    guard pages == nil else { return }
    try openPages()
    guard let first = pieces.first, var pages, var decoder else { return }
    pieces = []
    // The dictionary stands in front of all data pages.
    while pages.at < first.offset {
      let (header, bytes, body) = try pages.next()
      guard header.kind != .data, header.kind != .dataV2 else { break }
      _ = try decoder.decode(header, bytes, body)
    }
    pages.seek(to: first.offset)
    decoder.rewind(slotsLeft: first.slotsLeft)
    self.pages = pages
    self.decoder = decoder
    let (slot, value) = (slotAt, valueAt)
    try loadPage(1)
    guard slot <= slotCount, value <= values.count else { throw .damaged("the file changed while it was read") }
    (slotAt, valueAt) = (slot, value)
  }
}
