import SeedbedMath

/// The logarithm to base 2, of IEEE operations only: the same number everywhere.
func binaryLogarithm(_ x: Double) -> Double { Elementary.log(x) / 0.69314718055994530942 }

/// The fast Fourier transform of Cooley and Tukey (1965) for one small power of two. Sixteen lines do: a library would
/// bring its own choice of instructions, and with it other last bits on other machines.
package struct FourierTransform: Sendable {
  package let count: Int
  private let cosines: [Double], sines: [Double]

  /// - Parameter count: A power of two.
  package init(count: Int) {
    self.count = count
    let angles = (0..<count / 2).map { Elementary.sinCos(-2 * .pi * Double($0) / Double(count)) }
    cosines = angles.map(\.cos)
    sines = angles.map(\.sin)
  }

  /// The power of each frequency from 0 to half the rate: `count / 2 + 1` numbers.
  package func powers(_ signal: [Double]) -> [Double] {
    let bits = count.trailingZeroBitCount
    var re = [Double](repeating: 0, count: count), im = re
    for i in 0..<count {
      re[bits == 0 ? 0 : Int(UInt64(i).bitReversed >> UInt64(64 - bits))] = signal[i]
    }
    var half = 1
    while half < count {
      let step = count / (2 * half)
      for start in stride(from: 0, to: count, by: 2 * half) {
        for k in 0..<half {
          let c = cosines[k * step], s = sines[k * step]
          let i = start + k, j = i + half
          let x = re[j] * c - im[j] * s, y = re[j] * s + im[j] * c
          (re[j], im[j]) = (re[i] - x, im[i] - y)
          (re[i], im[i]) = (re[i] + x, im[i] + y)
        }
      }
      half *= 2
    }
    return (0...count / 2).map { re[$0] * re[$0] + im[$0] * im[$0] }
  }
}

extension UInt64 {
  fileprivate var bitReversed: UInt64 {
    var x = self
    var result: UInt64 = 0
    for _ in 0..<64 {
      result = result << 1 | x & 1
      x >>= 1
    }
    return result
  }
}

/// The power of a motion's rate of change in bands of frequency, averaged over windows with a Hann taper that overlap by
/// half (Welch, The use of fast Fourier transform for the estimation of power spectra, 1967).
package struct BandPower: Sendable {
  /// Upper edges of the bands, Hz; the first begins at 0.
  package static let edges: [Double] = [0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512]

  /// Summed over all windows.
  private(set) var powers: [Double]
  private(set) var windows = 0
  private let transform: FourierTransform
  private let taper: [Double]
  private let bandOfBin: [Int]

  /// - Parameter rate: Frames a second.
  package init(rate: Double) {
    var count = 16
    while Double(count) < 2 * rate && count < 2048 { count *= 2 }
    transform = FourierTransform(count: count)
    taper = (0..<count).map { 0.5 - 0.5 * Elementary.cos(2 * .pi * Double($0) / Double(count)) }
    bandOfBin = (0...count / 2).map { bin in
      let frequency = Double(bin) * rate / Double(count)
      return BandPower.edges.firstIndex { frequency <= $0 } ?? BandPower.edges.count - 1
    }
    powers = .init(repeating: 0, count: BandPower.edges.count)
  }

  /// Takes the rates of change of one episode; shorter ones are filled up with rest.
  package mutating func add(_ rates: [Double]) {
    let count = transform.count
    var start = 0
    repeat {
      var window = [Double](repeating: 0, count: count)
      for i in 0..<min(count, rates.count - start) { window[i] = rates[start + i] * taper[i] }
      if window.allSatisfy({ $0.isFinite }) {
        for (bin, power) in transform.powers(window).enumerated() { powers[bandOfBin[bin]] += power }
        windows += 1
      }
      start += count / 2
    } while start + count <= rates.count
  }

  /// Power of each band, a window, in the squared unit of the rate.
  package var means: [Double] { powers.map { windows > 0 ? $0 / Double(windows * taper.count) : 0 } }
}
