/// How the elements of a dataset or attribute are stored.
public enum HDF5Element: Sendable, Equatable {
  case float32, float64
  /// Only read.
  case float16
  /// Of 1, 2, 4 or 8 bytes.
  case integer(bytes: Int, isSigned: Bool)
  /// As h5py writes truth values: an enumeration of FALSE and TRUE in a byte.
  case bool
  /// Texts or bytes of one length, padded with zeros.
  case fixedText(Int)
  /// Texts of any length.
  case text
  /// Bytes, in each row as many as it wants (h5py's `vlen_dtype(uint8)`); they are only read, as texts are.
  case bytes
  /// Compounds, references and the like.
  case other

  public static let uint8 = HDF5Element.integer(bytes: 1, isSigned: false)
  public static let int64 = HDF5Element.integer(bytes: 8, isSigned: true)
}

/// Elements in the file's order, flat.
public enum HDF5Values: Sendable, Equatable {
  /// Of float16 and float32.
  case float([Float])
  case double([Double])
  /// Of all integers but uint8; uint64 by its bits.
  case integer([Int64])
  /// Of uint8.
  case byte([UInt8])
  case bool([Bool])
  /// Texts without their padding; whether they are UTF-8 is the reader's business.
  case text([[UInt8]])

  public var count: Int {
    switch self {
    case .float(let v): v.count
    case .double(let v): v.count
    case .integer(let v): v.count
    case .byte(let v): v.count
    case .bool(let v): v.count
    case .text(let v): v.count
    }
  }

  /// A text.
  public static func string(_ text: String) -> HDF5Values { .text([Array(text.utf8)]) }

  /// The first element as a text; nil for numbers.
  public var string: String? {
    guard case .text(let texts) = self, let first = texts.first else { return nil }
    return String(decoding: first, as: UTF8.self)
  }

  /// The elements as doubles; nil for texts.
  public var doubles: [Double]? {
    switch self {
    case .float(let v): v.map(Double.init)
    case .double(let v): v
    case .integer(let v): v.map(Double.init)
    case .byte(let v): v.map(Double.init)
    case .bool(let v): v.map { $0 ? 1 : 0 }
    case .text: nil
    }
  }

  /// As this module stores them where no other type is asked for.
  var element: HDF5Element {
    switch self {
    case .float: .float32
    case .double: .float64
    case .integer: .int64
    case .byte: .uint8
    case .bool: .bool
    case .text: .text
    }
  }
}
