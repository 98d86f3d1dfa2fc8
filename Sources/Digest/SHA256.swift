import CCrypto

/// SHA-256 (FIPS 180-4) of the bytes, as 64 lower-case hexadecimal digits. Done by OpenSSL's libcrypto.
public func sha256Hex(_ bytes: some Sequence<UInt8>) -> String {
  hex(sha256(Array(bytes)))
}

/// SHA-256 of the bytes, 32 bytes.
public func sha256(_ bytes: [UInt8]) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
    bytes.withUnsafeBufferPointer { _ = CCrypto.SHA256($0.baseAddress, $0.count, buffer.baseAddress) }
    count = 32
  }
}

/// Lower-case hexadecimal digits of the bytes.
public func hex(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
