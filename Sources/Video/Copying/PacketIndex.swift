/// What a movie's index says of its packets, gathered clip by clip.
struct PacketIndex {
  private var sizes: [UInt32] = []
  /// Of each packet, how far its picture is shown behind its place in decoding order; negative in front of it.
  private var lags: [Int32] = []
  private var keyframes: [UInt32] = []
  private var chunks: [(offset: Int, packets: Int)] = []
  /// Packets are shown in another order than they are decoded.
  private var isReordered = false

  /// Packets, which is pictures.
  var count: Int { sizes.count }

  mutating func beginChunk(at offset: Int) { chunks.append((offset, 0)) }

  mutating func add(size: Int, isKeyframe: Bool, lag: Int = 0) {
    sizes.append(UInt32(truncatingIfNeeded: size))
    lags.append(Int32(truncatingIfNeeded: lag))
    if lag != 0 { isReordered = true }
    if isKeyframe { keyframes.append(UInt32(sizes.count)) }
    if !chunks.isEmpty { chunks[chunks.count - 1].packets += 1 }
  }

  /// How many pictures decoding is ahead of showing.
  private var delay: Int { isReordered ? Int(-(lags.min() ?? 0)) : 0 }

  /// The `moov` box.
  ///
  /// - Parameter ticks: Ticks a picture; a second has `ticks` times as many as pictures.
  func movieBox(_ format: MovieFormat, framesPerSecond: Int, ticks: Int) -> [UInt8] {
    let movieScale = 1000
    let duration = (count * movieScale + framesPerSecond / 2) / framesPerSecond
    var builder = BoxBuilder()
    builder.box("moov") { moov in
      moov.fullBox("mvhd") { box in
        box.zeros(8)
        box.uint32(movieScale)
        box.uint32(duration)
        box.uint32(0x10000)  // rate 1
        box.uint16(0x100)  // volume 1
        box.zeros(10)
        box.identityMatrix()
        box.zeros(24)
        box.uint32(2)  // the next track's number
      }
      moov.box("trak") { trak in
        trak.fullBox("tkhd", flags: 3) { box in
          box.zeros(8)
          box.uint32(1)
          box.zeros(4)
          box.uint32(duration)
          box.zeros(16)
          box.identityMatrix()
          box.uint32(format.width << 16)
          box.uint32(format.height << 16)
        }
        if delay > 0 {
          // What is shown begins where the first picture is, as libav writes it.
          trak.box("edts") { edts in
            edts.fullBox("elst") { box in
              box.uint32(1)
              box.uint32(duration)
              box.uint32(delay * ticks)
              box.uint32(0x10000)
            }
          }
        }
        trak.box("mdia") { mdia in
          mdia.fullBox("mdhd") { box in
            box.zeros(8)
            box.uint32(framesPerSecond * ticks)
            box.uint32(count * ticks)
            box.uint16(0x55C4)  // no language
            box.zeros(2)
          }
          mdia.fullBox("hdlr") { box in
            box.zeros(4)
            box.text("vide")
            box.zeros(12)
            box.text("VideoHandler")
            box.uint8(0)
          }
          mdia.box("minf") { minf in
            minf.fullBox("vmhd", flags: 1) { $0.zeros(8) }
            minf.box("dinf") { dinf in
              dinf.fullBox("dref") { box in
                box.uint32(1)
                box.fullBox("url ", flags: 1) { _ in }
              }
            }
            minf.box("stbl") { tables(format, ticks: ticks, &$0) }
          }
        }
      }
    }
    return builder.bytes
  }

  private func tables(_ format: MovieFormat, ticks: Int, _ stbl: inout BoxBuilder) {
    stbl.fullBox("stsd") { box in
      box.uint32(1)
      format.sampleEntry(&box)
    }
    stbl.fullBox("stts") { box in
      box.uint32(1)
      box.uint32(count)
      box.uint32(ticks)
    }
    if keyframes.count < count {
      stbl.fullBox("stss") { box in
        box.uint32(keyframes.count)
        for number in keyframes { box.uint32(Int(number)) }
      }
    }
    if isReordered {
      let runs = PacketIndex.runs(lags)
      stbl.fullBox("ctts") { box in
        box.uint32(runs.count)
        for run in runs {
          box.uint32(run.count)
          box.uint32((Int(run.value) + delay) * ticks)
        }
      }
    }
    let runs = PacketIndex.runs(chunks.map(\.packets))
    stbl.fullBox("stsc") { box in
      box.uint32(runs.count)
      var first = 1
      for run in runs {
        box.uint32(first)
        box.uint32(run.value)
        box.uint32(1)
        first += run.count
      }
    }
    stbl.fullBox("stsz") { box in
      box.uint32(0)
      box.uint32(count)
      for size in sizes { box.uint32(Int(size)) }
    }
    if chunks.allSatisfy({ $0.offset < 1 << 32 }) {
      stbl.fullBox("stco") { box in
        box.uint32(chunks.count)
        for chunk in chunks { box.uint32(chunk.offset) }
      }
    } else {
      stbl.fullBox("co64") { box in
        box.uint32(chunks.count)
        for chunk in chunks { box.uint64(chunk.offset) }
      }
    }
  }

  private static func runs<T: Equatable>(_ values: [T]) -> [(value: T, count: Int)] {
    var runs: [(value: T, count: Int)] = []
    for value in values {
      if let last = runs.last, last.value == value {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((value, 1))
      }
    }
    return runs
  }
}

extension MovieFormat {
  /// VisualSampleEntry with the codec's configuration.
  fileprivate func sampleEntry(_ builder: inout BoxBuilder) {
    let name: StaticString, record: StaticString
    switch kind {
    // The writer does not begin such a file.
    case nil: return
    case .h264: (name, record) = ("avc1", "avcC")
    case .hevc: (name, record) = ("hev1", "hvcC")
    case .av1: (name, record) = ("av01", "av1C")
    }
    builder.box(name) { box in
      box.zeros(6)
      box.uint16(1)  // of the data references
      box.zeros(16)
      box.uint16(width)
      box.uint16(height)
      box.uint32(0x48_0000)  // 72 pixels an inch
      box.uint32(0x48_0000)
      box.zeros(4)
      box.uint16(1)  // pictures a sample
      box.zeros(32)  // nobody's name
      box.uint16(24)
      box.uint16(0xFFFF)
      box.box(record) { $0.raw(configuration) }
      box.raw(colour)
    }
  }
}
