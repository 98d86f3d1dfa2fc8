import Glibc
import LibmNames
import Testing

/// What a library of the process gets when it asks for a function of libm by name.
@Suite struct InterpositionTests {
  /// The symbol that comes first in the global scope: the order in which the dynamic linker looks.
  private func first(_ name: String) throws -> UnsafeMutableRawPointer {
    try #require(dlsym(try #require(dlopen(nil, RTLD_NOW)), name))
  }

  /// The C library's own.
  private func libm(_ name: String) throws -> UnsafeMutableRawPointer {
    try #require(dlsym(try #require(dlopen("libm.so.6", RTLD_NOW)), name))
  }

  @Test(arguments: [
    "acos", "asin", "atan2", "sincos", "exp", "exp2", "exp2f", "log", "log2", "log2f", "pow", "powf",
  ]) func oursComesFirst(name: String) throws {
    let ours = try first(name), theirs = try libm(name)
    #expect(ours != theirs)
  }

  /// The control: what we leave alone is libm's.
  @Test func othersStayLibms() throws {
    let one = try first("lgamma"), other = try libm("lgamma")
    #expect(one == other)
  }

  /// Called as C does.
  @Test func theSymbolsDoTheirWork() throws {
    typealias SineCosine = @convention(c) (Double, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Void
    typealias Function = @convention(c) (Double) -> Double
    typealias Function2 = @convention(c) (Double, Double) -> Double
    typealias FloatFunction2 = @convention(c) (Float, Float) -> Float
    var s = 0.0, c = 0.0
    unsafeBitCast(try first("sincos"), to: SineCosine.self)(0.5, &s, &c)
    #expect(abs(s - 0.479425538604203) < 1e-15 && abs(c - 0.8775825618903728) < 1e-15)
    let arcCosine = unsafeBitCast(try first("acos"), to: Function.self)
    #expect(abs(arcCosine(0.5) - Double.pi / 3) < 1e-15 && arcCosine(1.5).isNaN)
    let arcSine = unsafeBitCast(try first("asin"), to: Function.self)
    #expect(abs(arcSine(0.5) - Double.pi / 6) < 1e-15 && arcSine(-1.5).isNaN)
    let arcTangent = unsafeBitCast(try first("atan2"), to: Function2.self)
    #expect(abs(arcTangent(-1, -1) + 0.75 * Double.pi) < 1e-15)
    let power = unsafeBitCast(try first("pow"), to: Function2.self)
    #expect(power(-2, 3) == -8)
    let floatPower = unsafeBitCast(try first("powf"), to: FloatFunction2.self)
    #expect(floatPower(2, -3) == 0.125)
  }
}
