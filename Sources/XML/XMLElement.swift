public import Diagnostics

/// An attribute as written; the value's references are resolved.
public struct XMLAttribute: Sendable, Equatable {
  /// With its prefix, if it has one.
  public var name: String
  public var value: String
  /// Of the name's first character.
  public var location: SourceLocation

  public init(name: String, value: String, location: SourceLocation) {
    self.name = name
    self.value = value
    self.location = location
  }
}

/// An element with everything in it. Prefixes are parts of names; no namespaces are resolved.
public struct XMLElement: Sendable, Equatable {
  public var name: String
  /// In the order of the file.
  public var attributes: [XMLAttribute]
  /// In the order of the file.
  public var children: [XMLElement]
  /// The element's own character data (not its children's), references resolved, white space kept.
  public var text: String
  /// Of the start tag's `<`.
  public var location: SourceLocation

  public init(
    name: String, attributes: [XMLAttribute] = [], children: [XMLElement] = [], text: String = "",
    location: SourceLocation
  ) {
    self.name = name
    self.attributes = attributes
    self.children = children
    self.text = text
    self.location = location
  }

  /// The attribute of that name; nil where there is none.
  public func attribute(_ name: String) -> XMLAttribute? { attributes.first { $0.name == name } }

  /// The value of the attribute of that name; nil where there is none.
  public subscript(name: String) -> String? { attribute(name)?.value }

  /// The first child element of that name; nil where there is none.
  public func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  /// All child elements of that name, in the order of the file.
  public func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }
}

/// What one document may hold, so that no file eats the memory of the process.
public struct XMLLimits: Sendable, Equatable {
  public var bytes: Int
  public var depth: Int
  public var elements: Int
  public var attributesPerElement: Int
  public var attributes: Int

  public init(
    bytes: Int = 64 << 20, depth: Int = 256, elements: Int = 300_000, attributesPerElement: Int = 256,
    attributes: Int = 600_000
  ) {
    self.bytes = bytes
    self.depth = depth
    self.elements = elements
    self.attributesPerElement = attributesPerElement
    self.attributes = attributes
  }
}
