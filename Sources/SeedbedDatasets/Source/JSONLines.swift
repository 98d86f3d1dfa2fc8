/// Lines of JSON, one object each, with one of them in memory; empty lines are passed over.
package struct JSONLines: ~Copyable {
  private var lines: LineReader
  private let path: String
  private var number = 0

  package init(_ folder: DatasetFolder, _ file: String) throws(DatasetError) {
    path = folder(file)
    lines = try LineReader(path: path, takesUnendedLine: true)
  }

  /// Where the next line begins in the file.
  var offset: Int { lines.offset }

  /// The next object, its line (from 1) and where that begins; nil at the end.
  package mutating func next() throws(DatasetError) -> (json: JSONValue, number: Int, offset: Int)? {
    while true {
      let start = lines.offset
      guard let bytes = try lines.next() else { return nil }
      number += 1
      if bytes.allSatisfy({ [32, 9, 13].contains($0) }) { continue }
      return (try JSONLines.object(bytes, path: path, line: number), number, start)
    }
  }

  static func object(_ bytes: [UInt8], path: String, line: Int) throws(DatasetError) -> JSONValue {
    do throws(JSONParser.Failure) {
      let json = try JSONParser.parse(bytes, takesNonFinite: true)
      guard json.members != nil else { throw JSONParser.Failure(line: line, reason: "it is no object") }
      return json
    } catch {
      throw DatasetError(.damaged, path: path, "line \(line): \(error.reason)")
    }
  }
}
