import Digest
import Testing

@Suite struct SHA256Tests {
  /// FIPS 180-4's examples as NIST publishes them, and the empty message.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func examplesOfTheStandard(message: String, digest: String) {
    #expect(sha256Hex(message.utf8) == digest)
    #expect(hex(sha256(Array(message.utf8))) == digest)
  }

  @Test func aMillionLetters() {
    #expect(
      sha256Hex([UInt8](repeating: 0x61, count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  /// Of 64 MiB zero bytes, as coreutils' sha256sum prints it.
  @Test func largeInput() {
    #expect(
      sha256Hex([UInt8](repeating: 0, count: 64 << 20))
        == "3b6a07d0d404fab4e23b6d34bc6696a6a312dd92821332385e5af7c01c421351")
  }

  @Test func hexadecimalDigits() {
    #expect(hex([] as [UInt8]) == "")
    #expect(hex([0, 1, 0x0F, 0x10, 0xAB, 0xFF] as [UInt8]) == "00010f10abff")
  }
}
