#!/usr/bin/env python3
"""Writes square.ttf, the test font: every visible glyph is a square of 1 em, from 0.2 em below to 0.8 em above the
baseline, so that widths can be counted. Covers ASCII, Latin-1, a few typographic characters, Hebrew letters and kana.
The space is empty and as wide. Deckle's own work, under Deckle's licence. Usage: make_square.py OUT"""
import struct
import sys

UPEM, ASCENT, DESCENT = 1000, 800, 200
CODES = sorted(
    set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) - {0xAD}
    | set(range(0x2010, 0x2016)) | set(range(0x2018, 0x201F))
    | {0x2002, 0x2003, 0x2009, 0x202F, 0x2022, 0x2026, 0x20AC, 0x2190, 0x2192, 0x2212, 0x25CF, 0x25CB, 0x25A0, 0xFFFD}
    | set(range(0x5D0, 0x5EB)) | set(range(0x3041, 0x3094)) | set(range(0x30A1, 0x30F7)) | {0x3001, 0x3002, 0x65E5, 0x672C, 0x8A9E})
BLANK = {0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F}


def square():
    # one contour, end point 3, no instructions, four on-curve points with 16-bit deltas
    head = struct.pack(">hhhhh", 1, 0, -DESCENT, UPEM, ASCENT) + struct.pack(">HH", 3, 0)
    x = struct.pack(">hhhh", 0, 0, UPEM, 0)
    y = struct.pack(">hhhh", -DESCENT, UPEM, 0, -UPEM)
    data = head + bytes([1, 1, 1, 1]) + x + y
    return data + b"\0" * (-len(data) % 4)


def cmap():
    segments, glyph = [], 1
    for code in CODES:
        if segments and code == segments[-1][1] + 1:
            segments[-1][1] = code
        else:
            segments.append([code, code, glyph])
        glyph += 1
    segments.append([0xFFFF, 0xFFFF, 0xFFFF + 1])
    count = len(segments)
    power = 1
    while power * 2 <= count:
        power *= 2
    body = struct.pack(">HHHH", count * 2, power * 2, power.bit_length() - 1, count * 2 - power * 2)
    body += b"".join(struct.pack(">H", s[1]) for s in segments) + b"\0\0"
    body += b"".join(struct.pack(">H", s[0]) for s in segments)
    body += b"".join(struct.pack(">H", (s[2] - s[0]) & 0xFFFF) for s in segments)
    body += b"\0\0" * count
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(">HHH", 4, len(body) + 6, 0) + body


def name():
    records, strings = [], b""
    for identifier, text in ((1, "Deckle Square"), (2, "Regular"), (3, "Deckle Square 1"), (4, "Deckle Square"),
                             (5, "Version 1.0"), (6, "DeckleSquare")):
        data = text.encode("utf-16-be")
        records.append(struct.pack(">HHHHHH", 3, 1, 0x409, identifier, len(data), len(strings)))
        strings += data
    return struct.pack(">HHH", 0, len(records), 6 + 12 * len(records)) + b"".join(records) + strings


def main():
    count = len(CODES) + 1
    glyphs, offsets = b"", [0]
    for code in [None] + CODES:
        glyphs += b"" if code in BLANK else square()
        offsets.append(len(glyphs))
    tables = {
        b"head": struct.pack(">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, UPEM, 0, 0, 0, -DESCENT, UPEM,
                             ASCENT, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, ASCENT, -DESCENT, 0, UPEM, 0, 0, UPEM, 1, 0, 0, 0, 0, 0, 0,
                             0, count),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, count, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
        b"hmtx": struct.pack(">Hh", UPEM, 0) * count,
        b"loca": struct.pack(">%dI" % len(offsets), *offsets),
        b"glyf": glyphs,
        b"cmap": cmap(),
        b"name": name(),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 1, 0, 0, 0, 0),
        b"OS/2": struct.pack(">HhHHHhhhhhhhhhhh10sIIII4sHHHhhhHHIIhhHHH", 4, UPEM, 400, 5, 0, 650, 700, 0, 140, 650, 700,
                             0, 480, 50, 250, 0, bytes(10), 0x7, 0, 0, 0, b"DCKL", 0x40, CODES[0], min(CODES[-1], 0xFFFF),
                             ASCENT, -DESCENT, 0, ASCENT, DESCENT, 1, 0, 500, 800, 0, 0x20, 0),
    }
    power = 1
    while power * 2 <= len(tables):
        power *= 2
    header = struct.pack(">IHHHH", 0x10000, len(tables), power * 16, power.bit_length() - 1, len(tables) * 16 - power * 16)

    def checksum(data):
        data += b"\0" * (-len(data) % 4)
        return sum(struct.unpack(">%dI" % (len(data) // 4), data)) & 0xFFFFFFFF

    offset, directory, body, head_at = len(header) + 16 * len(tables), b"", b"", 0
    for tag in sorted(tables):
        data = tables[tag]
        if tag == b"head":
            head_at = offset + len(body)
        directory += tag + struct.pack(">III", checksum(data), offset + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    font = bytearray(header + directory + body)
    struct.pack_into(">I", font, head_at + 8, (0xB1B0AFBA - checksum(bytes(font))) & 0xFFFFFFFF)
    with open(sys.argv[1], "wb") as out:
        out.write(font)


if __name__ == "__main__":
    main()
