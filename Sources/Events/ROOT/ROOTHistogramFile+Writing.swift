// SPDX-License-Identifier: Apache-2.0

extension ROOTHistogramFile {
  /// Makes a ROOT file of histograms (TH1D), uncompressed, in its root directory.
  ///
  /// The same histograms make the same bytes: no time and no random identifier is written. The file
  /// describes no classes, which ROOT and uproot know anyway.
  /// - Parameters:
  ///   - histograms: names, which must differ, with what they are.
  ///   - name: what the file is called inside itself.
  public static func bytes(
    of histograms: [(name: String, histogram: ROOTHistogram)], name: String = "histograms.root"
  ) -> [UInt8] {
    var writer = FileWriter(name: name)
    for (name, histogram) in histograms {
      writer.add(histogram.record(named: name), className: "TH1D", name: name, histogram.title)
    }
    return writer.finish()
  }
}

/// Puts the records of a TFile one behind the other (root.cern/doc, "TFile format").
private struct FileWriter {
  private struct Record {
    let className: String, name: String, title: String
    let offset: Int, payload: Int
  }

  private static let begin = 100
  private let fileName: String
  private var body = ByteWriter()
  private var records: [Record] = []

  init(name: String) {
    fileName = name
    var top = ByteWriter()
    top.put(name)
    top.put("")
    put(
      Record(
        className: "TFile", name: name, title: "", offset: Self.begin,
        payload: top.bytes.count + Self.directoryLength))
    body.put(raw: top.bytes)
    body.put(raw: Array(repeating: 0, count: Self.directoryLength))
  }

  mutating func add(_ payload: [UInt8], className: String, name: String, _ title: String) {
    let record = Record(
      className: className, name: name, title: title, offset: Self.begin + body.bytes.count,
      payload: payload.count)
    put(record)
    body.put(raw: payload)
    records.append(record)
  }

  /// The list of keys, the list of free segments, and what the beginning has to say of them.
  mutating func finish() -> [UInt8] {
    var keys = ByteWriter()
    keys.put(Int32(records.count))
    for record in records { keys.put(raw: Self.key(record)) }
    let keysOffset = Self.begin + body.bytes.count
    let list = Record(
      className: "TFile", name: fileName, title: "", offset: keysOffset,
      payload: keys.bytes.count)
    put(list)
    body.put(raw: keys.bytes)
    let keysLength = Self.begin + body.bytes.count - keysOffset

    let freeOffset = Self.begin + body.bytes.count
    let free = Record(
      className: "TFile", name: fileName, title: "", offset: freeOffset, payload: 10)
    let freeLength = Self.key(free).count + 10
    let end = freeOffset + freeLength
    put(free)
    body.put(Int16(1))
    body.put(Int32(end))
    body.put(Int32(2_000_000_000))

    let nameLength = Self.key(list).count + fileName.utf8.count + 2
    var directory = ByteWriter()
    directory.put(Int16(5))
    directory.put(Self.date)
    directory.put(Self.date)
    for value in [keysLength, nameLength, Self.begin, 0, keysOffset] {
      directory.put(Int32(value))
    }
    directory.put(raw: Self.identifier)
    var bytes = Self.header(
      end: end, freeOffset: freeOffset, freeLength: freeLength, nameLength: nameLength)
    bytes += body.bytes
    let place = Self.begin + nameLength
    bytes.replaceSubrange(place..<place + Self.directoryLength, with: directory.bytes)
    return bytes
  }

  private static func header(
    end: Int, freeOffset: Int, freeLength: Int, nameLength: Int
  ) -> [UInt8] {
    var header = ByteWriter()
    header.put(raw: Array("root".utf8))
    // As of version 6.24, with 32-bit offsets; segments: one.
    for value in [62400, begin, end, freeOffset, freeLength, 1, nameLength] {
      header.put(Int32(value))
    }
    header.put(UInt8(4))
    for _ in 0..<3 { header.put(Int32(0)) }  // compression, descriptions of classes
    header.put(raw: identifier)
    return header.bytes + Array(repeating: 0, count: begin - header.bytes.count)
  }

  /// 1 January 1995, the first date ROOT has a number for.
  private static let date: UInt32 = 1 << 22 | 1 << 17
  /// TUUID: a version and 16 bytes.
  private static let identifier: [UInt8] = [0, 1] + Array(repeating: 0, count: 16)
  private static let directoryLength = 2 + 8 + 20 + 18

  private mutating func put(_ record: Record) { body.put(raw: Self.key(record)) }

  /// TKey, version 4.
  private static func key(_ record: Record) -> [UInt8] {
    var names = ByteWriter()
    names.put(record.className)
    names.put(record.name)
    names.put(record.title)
    let length = 26 + names.bytes.count
    var key = ByteWriter()
    key.put(Int32(length + record.payload))
    key.put(Int16(4))
    key.put(Int32(record.payload))
    key.put(date)
    key.put(Int16(length))
    key.put(Int16(1))
    key.put(Int32(record.offset))
    key.put(Int32(record.className == "TFile" && record.offset == begin ? 0 : begin))
    key.put(raw: names.bytes)
    return key.bytes
  }
}
