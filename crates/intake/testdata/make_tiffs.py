#!/usr/bin/env python3
"""Makes the TIFF fixtures of this folder: the kinds that scanners and fax machines write, of two drawn patterns.

    python3 make_tiffs.py      needs Pillow (PyPI) and tiffcp (Debian: libtiff-tools); results are committed

`crates/intake/src/image/tiff/tests.rs` draws the same patterns and compares."""
import os, struct, subprocess, tempfile
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
WIDTH, HEIGHT = 40, 24

ink = Image.new("1", (WIDTH, HEIGHT), 1)
color = Image.new("RGB", (WIDTH, HEIGHT))
for y in range(HEIGHT):
    for x in range(WIDTH):
        ink.putpixel((x, y), 0 if (x // 4 + y // 4) % 3 == 0 else 1)
        color.putpixel((x, y), (x * 6, y * 10, (x + y) * 3))

def copied(name, picture, *options):
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "source.tif")
        picture.save(source)
        subprocess.run(["tiffcp", *options, source, os.path.join(HERE, name)], check=True)

copied("fax-1d.tif", ink, "-c", "g3:1d", "-r", "10")
copied("fax-2d.tif", ink, "-c", "g3:2d:fill")
copied("fax-low-first.tif", ink, "-c", "g3:1d", "-f", "lsb2msb")
copied("planes.tif", color, "-c", "lzw:2", "-p", "separate", "-r", "7")
copied("tiles.tif", color, "-c", "zip:2", "-t", "-w", "16", "-l", "16")
copied("jpeg-color.tif", color, "-c", "jpeg:95", "-r", "16")
ink.save(os.path.join(HERE, "fax-rows.tif"), compression="tiff_ccitt")
color.convert("CMYK").save(os.path.join(HERE, "inks.tif"), compression="packbits")
color.quantize(200).save(os.path.join(HERE, "palette.tif"), compression="tiff_lzw")

def small(name, bits, photometric, rows, extra=()):
    """A TIFF of few bits a sample, uncompressed, Motorola order."""
    data = b"".join(rows)
    entries = [(256, 3, WIDTH), (257, 3, HEIGHT), (258, 3, bits), (259, 3, 1), (262, 3, photometric), (273, 4, None), (277, 3, 1), (278, 3, HEIGHT), (279, 4, len(data))]
    blob = b""
    end = 8 + 2 + 12 * (len(entries) + len(extra)) + 4
    out = struct.pack(">2sHIH", b"MM", 42, 8, len(entries) + len(extra))
    maps = {tag: values for tag, values in extra}
    place = end
    for tag, values in extra:
        blob += struct.pack(f">{len(values)}H", *values)
    for tag, kind, value in entries:
        value = end + len(blob) if tag == 273 else value
        out += struct.pack(">HHI", tag, kind, 1) + (struct.pack(">HH", value, 0) if kind == 3 else struct.pack(">I", value))
    for tag, values in maps.items():
        out += struct.pack(">HHII", tag, 3, len(values), place)
        place += 2 * len(values)
    open(os.path.join(HERE, name), "wb").write(out + struct.pack(">I", 0) + blob + data)

def packed(values, bits):
    text = "".join(f"{value:0{bits}b}" for value in values)
    return int(text.ljust(-(-len(text) // 8) * 8, "0"), 2).to_bytes(-(-len(text) // 8), "big")

small("gray-4.tif", 4, 1, [packed([(x + y) % 16 for x in range(WIDTH)], 4) for y in range(HEIGHT)])
small("palette-1.tif", 1, 3, [packed([(x // 4 + y // 4) % 3 == 0 for x in range(WIDTH)], 1) for y in range(HEIGHT)],
      [(320, [0xFFFF, 0, 0xFFFF, 0x8000, 0xFFFF, 0])])
