import Diagnostics
import Glibc
import SeedbedDatasets
import SeedbedTestSupport
import Testing

import SeedbedQueries

/// Six episodes in a folder that has nothing but their metadata.
final class Rows {
  private static let info = """
    {"codebase_version": "v2.1", "fps": 25, "features": {}, "total_episodes": 6, "total_frames": 1350, "total_tasks": 1,
     "chunks_size": 1000, "data_path": "data/chunk-{episode_chunk:03d}/episode_{episode_index:06d}.parquet",
     "video_path": null, "robot_type": null, "splits": {"train": "0:6"}}
    """

  private static let lines = [
    #"{"length": 100, "success": true, "failure.cause": "none", "draw.objects/cube/mass": 0.1, "tasks": ["pick"], "seed": 7}"#,
    #"{"length": 150, "success": false, "failure.cause": "slipped", "draw.objects/cube/mass": 0.2, "tasks": ["place"], "seed": 7}"#,
    #"{"length": 200, "success": true, "failure.cause": "none", "draw.objects/cube/mass": 0.3, "tasks": ["pick up"], "seed": 8}"#,
    #"{"length": 250, "success": false, "failure.cause": "dropped", "draw.objects/cube/mass": NaN, "tasks": ["pick", "x"], "seed": 8}"#,
    #"{"length": 300, "success": null, "draw.objects/cube/mass": 0.5, "tasks": ["pick"]}"#,
    #"{"length": 350, "success": true, "failure.cause": "none", "draw.objects/cube/mass": 0.6, "tasks": ["y"], "seed": 9}"#,
  ]

  private let folder: TemporaryDirectory
  let catalog: EpisodeCatalog

  init() throws {
    folder = try TemporaryDirectory()
    let meta = folder.path + "/meta"
    mkdir(meta, 0o755)
    try writeFile(meta + "/info.json", Array(Rows.info.utf8))
    let text = Rows.lines.enumerated().map { k, line in
      #"{"episode_index": \#(k), "draw": 1, "odd-name": \#(k + 1), "max": [\#(2 * k + 1), \#(2 * k + 2)], "#
        + line.dropFirst()
    }
    try writeFile(meta + "/episodes.jsonl", Array(text.joined(separator: "\n").utf8))
    catalog = try EpisodeCatalog(directory: folder.path)
  }

  func matching(_ text: String) throws -> [Int] {
    try catalog.matches(try catalog.condition(text)).enumerated().filter(\.element).map(\.offset)
  }

  func problems(_ text: String) -> [String] {
    do {
      _ = try catalog.condition(text)
      return []
    } catch {
      return error.diagnostics.map(\.description)
    }
  }
}

@Suite struct ExpressionTests {
  private let rows: Rows

  init() throws { rows = try Rows() }

  @Test(arguments: [
    ("success && failure.cause == none", [0, 2, 5]),
    ("success", [0, 2, 5]), ("!success", [1, 3]), ("success is null", [4]), ("success is not null", [0, 1, 2, 3, 5]),
    ("success == false", [1, 3]), ("not success and length > 200", [3]),
    ("failure.cause != none", [1, 3]), ("!(failure.cause == none)", [1, 3]),
    ("failure.cause in (slipped, 'dropped')", [1, 3]), ("failure.cause not in (slipped, dropped)", [0, 2, 5]),
    ("failure.cause == slipped || success is null", [1, 4]),
    ("draw.objects/cube/mass > 0.15", [1, 2, 4, 5]), ("draw.objects/cube/mass is null", [3]),
    ("draw.objects/cube/mass * 10 + 1 >= 6", [4, 5]), ("draw/2 == 0.5", [0, 1, 2, 3, 4, 5]),
    ("length/2 >= 150", [4, 5]), ("-length < -300", [5]), ("(length - 100) / 50 == 2", [2]),
    ("tasks contains 'up'", [2]), ("'pick' in tasks", [0, 3, 4]), ("tasks[1] == x", [3]), ("len(tasks) == 2", [3]),
    ("tasks[0] =~ '^p.*[kp]$'", [0, 2, 3, 4]), ("failure.cause =~ 'p+ed'", [1, 3]),
    ("max[1] > 8", [4, 5]), ("max(max) == 4", [1]), ("mean(max) < 3", [0]),
    ("3 in max", [1]), ("seed == 7", [0, 1]), ("seed in (8, 9)", [2, 3, 5]),
    ("length in (100, 150.5)", [0]), ("`odd-name` == 3", [2]), ("odd-name == 3", [2]), ("`length` == 1e2", [0]),
    ("length >= 300 || success && length < 150", [0, 4, 5]), ("failure.cause < none", [3]),
    ("\"none\" == failure.cause\n&& length > 150", [2, 5]), ("true", [0, 1, 2, 3, 4, 5]),
    ("false || success", [0, 2, 5]),
    ("lower('NONE') == failure.cause", [0, 2, 5]), ("length == episode_index * 50 + 100", [0, 1, 2, 3, 4, 5]),
    ("success == (length > 120)", [2, 5]), ("failure.cause contains p", [1, 3]), ("abs(length - 200) < 60", [1, 2, 3]),
  ])
  func aConditionHoldsWhereItShould(text: String, matching: [Int]) throws {
    #expect(try rows.matching(text) == matching)
  }

  @Test(arguments: [
    ("sucess && length > 3", "expression:1:1: error: a condition is needed here; 'sucess' is no column", "'success'"),
    (
      "success && falure.cause == none", "expression:1:12: error: nothing in this comparison is a column",
      "'failure.cause'"
    ),
    ("lenght > 3", "expression:1:1: error: nothing in this comparison is a column: 'lenght' is none.", "'length'"),
    ("length == none", "expression:1:11: error: the other side of '==' is a number; 'none'", ""),
    ("length &&\n success = 3", "expression:2:10: error: '=' has no meaning here.", "Write =="),
    ("length", "expression:1:1: error: a condition is needed here; the column 'length' is a number.", "length > 0"),
    ("1 < length < 3", "expression:1:12: error: '<' does not belong here.", "two comparisons"),
    ("failure.cause == null", "nothing compares with null", "is null"),
    ("failure.cause == 'none", "expression:1:18: error: the text that begins here does not end.", ""),
    ("(success", "a ')' is missing", ""), ("", "something is missing at the end", ""),
    ("tasks == pick", "compares single values; the column 'tasks' is a list of texts", "tasks contains"),
    ("`nothing like it` == 3", "there is no column 'nothing like it'", "--columns"),
    ("success > true", "truth values have no order", ""), ("leng(tasks) > 3", "there is no function 'leng'", "len"),
    ("failure.cause =~ '('", "the pattern cannot be used", ""), ("length > 3x", "'3x' is no number", ""),
    ("failure.cause in (none, 3)", "expression:1:25: error: the values of this list", ""),
    ("length[0] > 2", "asked of what is a number", ""), ("draw.object/cube/mass > 1", "", "draw.objects/cube/mass"),
  ])
  func whatIsWrongIsSaid(text: String, message: String, remedy: String) {
    let problems = rows.problems(text)
    #expect(problems.contains { $0.contains(message) && $0.contains(remedy) }, "\(problems)")
  }

  @Test func allProblemsAreToldAtOnce() {
    #expect(rows.problems("lenght > 3 && success == none || tasks == 1 || nope(1) == 2").count == 4)
  }

  @Test func nothingThatIsWrittenCrashesOrHangs() {
    let deep = String(repeating: "(", count: 5000)
    let texts = [
      deep, deep + "success" + String(repeating: ")", count: 5000), String(repeating: "!", count: 9000) + "success",
      String(repeating: "length+", count: 2000) + "1 > 2", String(repeating: "success||", count: 1800) + "success",
      "failure.cause =~ '" + String(repeating: "(a*)*", count: 150) + "$'", String(repeating: "[", count: 16384),
      String(repeating: "x", count: 20000), "tasks" + String(repeating: "[0]", count: 4000),
    ]
    for text in texts { _ = try? rows.matching(text) }
    var mutator = ByteMutator(seed: 3)
    let seeds = [
      "success && failure.cause == none || !(length > 3e2) and tasks contains 'a' or `odd-name` in (1, 2.5, -3)",
      "draw.objects/cube/mass * 2 <= max[1] && failure.cause =~ '^(a|b)+[^c-e]*$' || seed is not null",
    ]
    for i in 0..<6000 {
      let bytes = mutator.mutate(Array(seeds[i % 2].utf8))
      _ = try? rows.matching(String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func patternsTakeTimeInProportion() throws {
    let some = String(repeating: "a?", count: 200), all = String(repeating: "a", count: 200)
    #expect(try rows.matching("'\(all)' =~ '\(some + all)' && success") == [0, 2, 5])
    #expect(try rows.matching("'\(all.dropLast())' =~ '\(some + all)'").isEmpty)
  }

  @Test func derivedColumnsAreThere() throws {
    #expect(try rows.matching("seconds == length / 25 && seconds > 9") == [3, 4, 5].filter { $0 > 2 })
    #expect(try rows.matching("task == pick") == [0, 3, 4])
  }
}
