import Diagnostics
import SeedbedQueries
import Testing

@Suite struct ConditionPartsTests {
  private let columns: [(name: String, kind: ValueKind)] = [
    ("success", .truth), ("failure.cause", .text), ("length", .integer),
  ]

  @Test func conditionsJoinedByAndComeApart() throws {
    let parts = try Expression.parts(
      ofCondition: "success && (failure.cause == none and length > 3) && (success || length < 9)", columns: columns,
      label: "--where")
    #expect(parts.map(\.columns) == [["success"], ["failure.cause"], ["length"], ["success", "length"]])
    for part in parts { _ = try Expression(condition: part.text, columns: columns) }
    let whole = try Expression.parts(ofCondition: "success || length > 3", columns: columns, label: "--where")
    #expect(whole.map(\.text) == ["success || length > 3"])
  }

  @Test func allThatIsWrongIsTold() throws {
    let error = #expect(throws: InputError.self) {
      try Expression.parts(ofCondition: "sucess && lenght > 3 && success", columns: columns, label: "--where")
    }
    #expect(error?.diagnostics.count == 2)
  }

  @Test func suppliedTextsTakeTheColumnsPlace() throws {
    let rows = try Rows()
    var catalog = rows.catalog
    catalog.supply("failure.cause", texts: ["a", "b", "a", "b", "a", "b"])
    let condition = try catalog.condition("failure.cause == b && success")
    #expect(try catalog.matches(condition) == [false, false, false, false, false, true])
    let alone = try catalog.condition("failure.cause == a")
    #expect(try catalog.matches(alone) == [true, false, true, false, true, false])
  }
}
