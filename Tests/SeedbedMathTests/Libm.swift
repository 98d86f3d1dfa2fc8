import Glibc

/// The functions of the C library itself.
///
/// By the handle of libm: plain calls would reach ours, which the test runner exports under the same names.
enum Libm {
  typealias Function = @convention(c) (Double) -> Double
  typealias Function2 = @convention(c) (Double, Double) -> Double

  static let sin = find("sin", Function.self), cos = find("cos", Function.self), tan = find("tan", Function.self)
  static let asin = find("asin", Function.self), acos = find("acos", Function.self)
  static let atan = find("atan", Function.self), atan2 = find("atan2", Function2.self)
  static let exp = find("exp", Function.self), exp2 = find("exp2", Function.self)
  static let log = find("log", Function.self), log2 = find("log2", Function.self)
  static let pow = find("pow", Function2.self)

  private static func find<F>(_ name: String, _: F.Type) -> F {
    guard let library = dlopen("libm.so.6", RTLD_NOW), let symbol = dlsym(library, name) else {
      fatalError("libm has no \(name)")
    }
    return unsafeBitCast(symbol, to: F.self)
  }
}
