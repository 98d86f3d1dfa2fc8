import Diagnostics
import SeedbedTestSupport
import Testing

@testable import SeedbedQueries

/// Six episodes in memory.
enum Rows {
  static let columns: [(name: String, kind: ValueKind, vector: Vector)] = [
    ("episode_index", .integer, .integers([0, 1, 2, 3, 4, 5], present: nil)),
    ("length", .integer, .integers([100, 150, 200, 250, 300, 350], present: nil)),
    ("success", .truth, .truths([.yes, .no, .yes, .no, .unknown, .yes])),
    (
      "failure.cause", .text,
      .texts(
        ["none", "slipped", "none", "dropped", "", "none"].map { Array($0.utf8) },
        present: [true, true, true, true, false, true])
    ),
    ("draw.objects/cube/mass", .number, .numbers([0.1, 0.2, 0.3, .nan, 0.5, 0.6], present: nil)),
    ("draw", .number, .numbers([1, 1, 1, 1, 1, 1], present: nil)),
    (
      "tasks", .list(.text),
      .lists(
        .texts(["pick", "place", "pick up", "pick", "x", "pick", "y"].map { Array($0.utf8) }, present: nil),
        counts: [1, 1, 1, 2, 1, 1])
    ),
    (
      "stats/action/max", .list(.number),
      .lists(.numbers([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], present: nil), counts: [2, 2, 2, 2, 2, 2])
    ),
    ("sim.seed", .integer, .integers([7, 7, 8, 8, 0, 9], present: [true, true, true, true, false, true])),
    ("odd-name", .integer, .integers([1, 2, 3, 4, 5, 6], present: nil)),
  ]

  static var kinds: [(name: String, kind: ValueKind)] { columns.map { ($0.name, $0.kind) } }

  static func matching(_ text: String) throws -> [Int] {
    let expression = try Expression(condition: text, columns: kinds)
    let vectors = expression.columns.compactMap { name in columns.first { $0.name == name }?.vector }
    let rows = Evaluator(columns: vectors, count: 6)
    return rows.condition(expression.node).enumerated().filter { $0.element == .yes }.map(\.offset)
  }

  static func problems(_ text: String) -> [String] {
    do {
      _ = try Expression(condition: text, columns: kinds)
      return []
    } catch {
      return error.diagnostics.map(\.description)
    }
  }
}

@Suite struct ExpressionTests {
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
    ("stats/action/max[1] > 8", [4, 5]), ("max(stats/action/max) == 4", [1]), ("mean(stats/action/max) < 3", [0]),
    ("3 in stats/action/max", [1]), ("sim.seed == 7", [0, 1]), ("sim.seed in (8, 9)", [2, 3, 5]),
    ("length in (100, 150.5)", [0]), ("`odd-name` == 3", [2]), ("odd-name == 3", [2]), ("`length` == 1e2", [0]),
    ("length >= 300 || success && length < 150", [0, 4, 5]), ("failure.cause < none", [3]),
    ("\"none\" == failure.cause\n&& length > 150", [2, 5]), ("true", [0, 1, 2, 3, 4, 5]),
    ("false || success", [0, 2, 5]),
    ("lower('NONE') == failure.cause", [0, 2, 5]), ("length == episode_index * 50 + 100", [0, 1, 2, 3, 4, 5]),
    ("success == (length > 120)", [2, 5]), ("failure.cause contains p", [1, 3]), ("abs(length - 200) < 60", [1, 2, 3]),
  ])
  func aConditionHoldsWhereItShould(text: String, rows: [Int]) throws {
    #expect(try Rows.matching(text) == rows)
  }

  @Test(arguments: [
    ("sucess && length > 3", "expression:1:1: error: a condition is needed here; 'sucess' is no column", "'success'"),
    (
      "success && falure.cause == none", "expression:1:12: error: nothing in this comparison is a column",
      "'failure.cause'"
    ),
    ("lenght > 3", "expression:1:1: error: the other side of '>' is a number; 'lenght' is no column", "'length'"),
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
    let problems = Rows.problems(text)
    #expect(problems.contains { $0.contains(message) && $0.contains(remedy) }, "\(problems)")
  }

  @Test func allProblemsAreToldAtOnce() {
    #expect(Rows.problems("lenght > 3 && success == none || tasks == 1 || nope(1) == 2").count == 4)
  }

  @Test func nothingThatIsWrittenCrashesOrHangs() {
    let deep = String(repeating: "(", count: 5000)
    let texts = [
      deep, deep + "success" + String(repeating: ")", count: 5000), String(repeating: "!", count: 9000) + "success",
      String(repeating: "length+", count: 2000) + "1 > 2", String(repeating: "success||", count: 1800) + "success",
      "failure.cause =~ '" + String(repeating: "(a*)*", count: 150) + "$'", String(repeating: "[", count: 16384),
      String(repeating: "x", count: 20000), "tasks" + String(repeating: "[0]", count: 4000),
    ]
    for text in texts { _ = try? Rows.matching(text) }
    var mutator = ByteMutator(seed: 3)
    let seeds = [
      "success && failure.cause == none || !(length > 3e2) and tasks contains 'a' or `odd-name` in (1, 2.5, -3)",
      "draw.objects/cube/mass * 2 <= stats/action/max[1] && failure.cause =~ '^(a|b)+[^c-e]*$' || sim.seed is not null",
    ]
    for i in 0..<6000 {
      let bytes = mutator.mutate(Array(seeds[i % 2].utf8))
      _ = try? Rows.matching(String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func patternsTakeTimeInProportion() throws {
    let pattern = try TextPattern(String(repeating: "a?", count: 200) + String(repeating: "a", count: 200))
    #expect(pattern.matches(String(repeating: "a", count: 200)))
    #expect(!pattern.matches(String(repeating: "a", count: 199)))
  }
}
