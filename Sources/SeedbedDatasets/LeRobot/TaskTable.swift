import Parquet

/// The instructions, numbered in the order in which they first come: `meta/tasks.parquet`.
struct TaskTable {
  private(set) var tasks: [String] = []
  private var numbers: [String: Int] = [:]

  mutating func number(of task: String) -> Int {
    if let number = numbers[task] { return number }
    numbers[task] = tasks.count
    tasks.append(task)
    return tasks.count - 1
  }

  init() {}

  /// Those of a finished dataset.
  init(_ previous: PackedDataset) throws(DatasetError) {
    let path = previous.folder(TaskTable.path)
    do throws(ParquetError) {
      let reader = try ParquetReader(path: path)
      guard case .int64(let indices) = try reader.read("task_index").values,
        case .bytes(let texts) = try reader.read("task").values, indices.elementsEqual(0..<Int64(texts.count)),
        texts.count == previous.reader.info.tasks
      else { throw ParquetError(.damaged, file: path, "its tasks are not numbered one after another") }
      for (i, text) in texts.enumerated() {
        guard let task = String(validating: text, as: UTF8.self), number(of: task) == i else {
          throw ParquetError(.damaged, file: path, "the task \(i) is no text, or stands twice")
        }
      }
    } catch {
      throw DatasetError(error)
    }
  }

  private static let path = "meta/tasks.parquet"

  func write(to folder: DatasetFolder) throws(DatasetError) {
    let path = try folder.place(TaskTable.path)
    do throws(ParquetError) {
      var file = try ParquetWriter(
        path: path, fields: [Field("task_index", .int64), Field("task", .string)],
        metadata: [("pandas", String(decoding: TaskTable.pandas.compact(), as: UTF8.self))], createdBy: "seedbed")
      try file.writeRowGroup(
        [ColumnData(.int64(tasks.indices.map { Int64($0) })), .strings(tasks)], rows: tasks.count)
      try file.finish(isSynchronized: folder.isSynchronized)
    } catch {
      throw DatasetError(error)
    }
  }

  /// Without this footer entry LeRobot takes row numbers for the tasks.
  private static var pandas: JSONValue {
    func column(_ name: JSONValue, _ field: JSONValue, _ type: String, _ numpy: String, _ more: JSONValue) -> JSONValue
    {
      .object([
        .init("name", name), .init("field_name", field), .init("pandas_type", .string(type)),
        .init("numpy_type", .string(numpy)), .init("metadata", more),
      ])
    }
    let index = column(.null, .null, "unicode", "object", .object([.init("encoding", .string("UTF-8"))]))
    return .object([
      .init("index_columns", .strings(["task"])),
      .init("column_indexes", .array([index])),
      .init(
        "columns",
        .array([
          column(.string("task_index"), .string("task_index"), "int64", "int64", .null),
          column(.string("task"), .string("task"), "unicode", "object", .null),
        ])),
      .init("attributes", .object([])),
      .init("pandas_version", .string("2.3.3")),
    ])
  }
}
