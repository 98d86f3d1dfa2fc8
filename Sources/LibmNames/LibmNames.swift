import SeedbedMath

// Functions of libm under their C names, exported from the executable.
//
// libode computes rotations and joint angles, libx264 its rate control with functions that glibc picks by CPU feature
// (with FMA or without), so that another CPU would give other last bits. A symbol of the executable goes before one of
// a shared library: with these both libraries call ours, and their results are the same on every CPU.
//
// The names carry glibc's versions, just as the two libraries ask for them. Then the linker (gold, lld and bfd alike)
// exports them without any flag, because a library on its command line wants them. Tests watch that it does.
//
// Here stands what the two want of what glibc picks by CPU, no more. The whole process gets these functions, which is
// why they are as precise as libm's and know its special values. glibc picks on x86 only.
#if arch(x86_64)
  @_cdecl("acos@GLIBC_2.2.5")
  public func libmArcCosine(_ x: Double) -> Double { abs(x) > 1 ? .nan : Elementary.acos(x) }

  @_cdecl("asin@GLIBC_2.2.5")
  public func libmArcSine(_ x: Double) -> Double { abs(x) > 1 ? .nan : Elementary.asin(x) }

  @_cdecl("atan2@GLIBC_2.2.5")
  public func libmArcTangent2(_ y: Double, _ x: Double) -> Double { Elementary.atan2(y, x) }

  @_cdecl("sincos@GLIBC_2.2.5")
  public func libmSineCosine(
    _ x: Double, _ sine: UnsafeMutablePointer<Double>, _ cosine: UnsafeMutablePointer<Double>
  ) {
    (sine.pointee, cosine.pointee) = Elementary.sinCos(x)
  }

  @_cdecl("exp@GLIBC_2.29")
  public func libmExponential(_ x: Double) -> Double { Elementary.exp(x) }

  @_cdecl("exp2@GLIBC_2.29")
  public func libmExponential2(_ x: Double) -> Double { Elementary.exp2(x) }

  @_cdecl("exp2f@GLIBC_2.27")
  public func libmExponential2(_ x: Float) -> Float { Float(Elementary.exp2(Double(x))) }

  @_cdecl("log@GLIBC_2.29")
  public func libmLogarithm(_ x: Double) -> Double { Elementary.log(x) }

  @_cdecl("log2@GLIBC_2.29")
  public func libmLogarithm2(_ x: Double) -> Double { Elementary.log2(x) }

  @_cdecl("log2f@GLIBC_2.27")
  public func libmLogarithm2(_ x: Float) -> Float { Float(Elementary.log2(Double(x))) }

  @_cdecl("pow@GLIBC_2.29")
  public func libmPower(_ x: Double, _ y: Double) -> Double { Elementary.pow(x, y) }

  @_cdecl("powf@GLIBC_2.27")
  public func libmPower(_ x: Float, _ y: Float) -> Float { Float(Elementary.pow(Double(x), Double(y))) }
#endif
