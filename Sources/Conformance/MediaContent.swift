/// Something that a large message or a file consists of, made to order: the same for everybody who knows what it is called.
package struct MediaContent: Sendable, Hashable {
    /// The name of the file, without directories.
    package var name: String
    /// The media type, such as `image/png`.
    package var type: String
    /// How many bytes it has at least; a type with a structure of its own may need more.
    package var size: Int

    package init(name: String, type: String, size: Int) {
        self.name = name
        self.type = type
        self.size = size
    }

    /// The bytes: a picture that any viewer shows where the type is `image/png`, else text in lines.
    package var bytes: [UInt8] {
        type == "image/png" ? PortableNetworkGraphic(size: size, seed: seed).bytes : text
    }

    /// A number of the content's own, so that contents of different names differ.
    private var seed: UInt32 {
        name.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }

    private var text: [UInt8] {
        var text: [UInt8] = []
        var line = 1
        while text.count < size {
            text += "\(name), line \(line)\r\n".utf8
            line += 1
        }
        return Array(text.prefix(size))
    }
}
