/// The colours of the plots, told apart also by readers who do not see red and green as different.
package enum Palette {
  package static let paper = Canvas.Color(0xFFFFFF), ink = Canvas.Color(0x222222), pale = Canvas.Color(0x777777)
  package static let line = Canvas.Color(0xBBBBBB), panel = Canvas.Color(0xF6F6F4)
  /// Everything that was grown; what passed; what went wrong.
  package static let grown = Canvas.Color(0xC9D6E8), passed = Canvas.Color(0x2B6CB0), failed = Canvas.Color(0xD97706)
}
