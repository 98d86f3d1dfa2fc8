import Diagnostics
import Foundation
import SeedbedScene
import Testing

@Suite struct GateSettingsTests {
  static func scene(_ gates: String) -> String { smallScene + "\ngates: " + gates + "\n" }

  @Test func defaults() throws {
    let settings = try load().description.gates
    #expect(settings == GateSettings())
    for gate in Gate.allCases { #expect(settings[gate] == gate.defaultBound) }
    #expect(settings[.success] == nil)
    #expect(Gate.allCases.filter { settings[$0] == nil } == [.success])
  }

  @Test func theBlock() throws {
    let settings = try load(
      Self.scene("{jerk: {max: 900}, visible: {min: 0.75}, black: off, success: on, velocity: 1.5, pause: {max: 0}}")
    ).description.gates
    var expected = GateSettings()
    expected[.jerk] = 900
    expected[.visible] = 0.75
    expected[.black] = nil
    expected[.success] = 1
    expected[.velocity] = 1.5
    expected[.pause] = 0
    #expect(settings == expected)
    #expect(try load(Self.scene("{jerk: 3}"), set: ["gates.jerk={max: 4}"]).description.gates[.jerk] == 4)
  }

  @Test func theCommandLine() throws {
    var settings = GateSettings()
    try settings.apply("jerk=900")
    try settings.apply("visible={min: 0.75}")
    try settings.apply("black=off")
    #expect(settings[.jerk] == 900)
    #expect(settings[.visible] == 0.75)
    #expect(settings[.black] == nil)
    try settings.apply("jerk=on")
    #expect(settings[.jerk] == Gate.jerk.defaultBound)
  }

  @Test(arguments: [
    ("{jrk: 1}", "`jrk` is no key of `gates`. Did you mean `jerk`?"),
    (
      "{jerk: {maks: 1}}",
      "`maks` is no key of the gate `jerk`. Write {max: \(Int(Gate.jerk.boundWhenOn))}, `on` or `off`."
    ),
    ("{visible: {max: 1}}", "The gate `visible` has no `max`, only a `min`. Write {min: 0.5}, `on` or `off`."),
    (
      "{visible: 1.5}",
      "The bound of the gate `visible` is 1.5, but must be from 0 to 1. Change it, or write `off`."
    ),
    (
      "{pause: -1}",
      "The bound of the gate `pause` is -1, but must be from 0 to 3600 s. Change it, or write `off`."
    ),
    (
      "{visible: .nan}",
      "The bound of the gate `visible` is nan, but must be from 0 to 1. Change it, or write `off`."
    ),
    (
      "{visible: often}",
      "Here stands the text \"often\", but the bound of the gate `visible` is a number. Write {min: 0.5}, `on` or `off`."
    ),
    (
      "{timeGap: off}",
      "The gate `timeGap` cannot be changed: no dataset can hold an episode that fails it. Leave it out."
    ),
    ("[jerk]", "Here stands a list of 1, but `gates` is a map."),
  ])
  func mistakes(_ gates: String, _ message: String) {
    let found = problems(Self.scene(gates))
    #expect(found.count == 1 && found[0].contains(message), "\(found)")
    #expect(found.first?.hasPrefix("scene.yaml:21:") == true)
  }

  @Test func mistakesOfTheCommandLine() {
    func message(_ argument: String) -> String {
      var settings = GateSettings()
      do {
        try settings.apply(argument)
        return ""
      } catch {
        #expect(settings == GateSettings())
        return error.description
      }
    }
    #expect(message("jerk") == "--gate jerk: error: There is no `=`. Write --gate jerk=500 or --gate visible=off.")
    #expect(message("jrk=1") == "--gate jrk=1: error: `jrk` is no key of `gates`. Did you mean `jerk`?")
    #expect(message("pause=-1").hasPrefix("--gate pause=-1:1:1: error: The bound of the gate `pause` is -1"))
    #expect(message("pause={max: [}").hasPrefix("--gate pause={max: [}:"))
    #expect(message("pause=").contains("There is nothing behind the `=`."))
    #expect(message("nonFinite=off").contains("cannot be changed"))
  }

  @Test func codedAsAnObjectAndBack() throws {
    var settings = GateSettings()
    settings[.jerk] = 12.5
    settings[.black] = nil
    settings[.nonFinite] = nil
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(settings)
    #expect(String(decoding: data, as: UTF8.self).hasPrefix("{\"effort\":"))
    #expect(try JSONDecoder().decode(GateSettings.self, from: data) == settings)
    let fewer = try JSONDecoder().decode(GateSettings.self, from: Data("{\"jerk\":1}".utf8))
    #expect(Gate.allCases.filter { fewer[$0] != nil } == [.nonFinite, .missingFrames, .timeGap, .jerk])
  }
}
