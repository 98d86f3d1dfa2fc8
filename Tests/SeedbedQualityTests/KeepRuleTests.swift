import Diagnostics
import SeedbedQuality
import Testing

@Suite struct KeepRuleTests {
  @Test(arguments: [
    ([], KeepRule(.all)), (["passed"], KeepRule(.passed)),
    (["failures=slipped:50,dropped:20"], KeepRule(.successes, quotas: ["slipped": 50, "dropped": 20])),
    (["passed", "failures=slipped:0"], KeepRule(.passed, quotas: ["slipped": 0])),
    (["failures=slipped:5", "failures=missed:7", "all"], KeepRule(.all, quotas: ["slipped": 5, "missed": 7])),
    (["successes,failures=slipped:5,timeout:1"], KeepRule(.successes, quotas: ["slipped": 5, "timeout": 1])),
  ])
  func texts(_ arguments: [String], _ rule: KeepRule) throws {
    #expect(try KeepRule(parsing: arguments) == rule)
    #expect(try KeepRule(parsing: [rule.text]) == rule)
  }

  @Test(arguments: [
    (["passd"], "--keep passd: error: `passd` is nothing that can be kept. Did you mean `passed`?"),
    (["failure"], "--keep failure: error: `failure` is nothing that can be kept. Write failures=slipped:50."),
    (["x"], "--keep x: error: `x` is nothing that can be kept. Write all, passed, successes or failures=CAUSE:N."),
    (
      ["slipped:3"],
      "--keep slipped:3: error: `slipped:3` is nothing that can be kept. Write all, passed, successes or failures=CAUSE:N."
    ),
    ([""], "--keep : error: `` is nothing that can be kept. Write all, passed, successes or failures=CAUSE:N."),
    (
      ["failures=sliped:3"], "--keep failures=sliped:3: error: `sliped` is no cause of failure. Did you mean `slipped`?"
    ),
    (
      ["failures=slipped"],
      "--keep failures=slipped: error: `slipped` is no quota. Write CAUSE:N, for example failures=slipped:50,dropped:20."
    ),
    (
      ["failures=slipped:-1"],
      "--keep failures=slipped:-1: error: The quota of `slipped` is `-1`, but must be a whole number from 0 to 10000000. Change it."
    ),
    (
      ["failures=slipped:1,slipped:2"],
      "--keep failures=slipped:1,slipped:2: error: `slipped` has two quotas. Write one."
    ),
    (["passed", "all"], "--keep all: error: `all` contradicts `passed`. Ask for one of all, passed, successes."),
  ])
  func mistakes(_ arguments: [String], _ message: String) {
    #expect(throws: InputError.self) { try KeepRule(parsing: arguments) }
    do { _ = try KeepRule(parsing: arguments) } catch { #expect(error.description == message) }
  }
}
