"""Makes the images of golden/ and, beside each, what the reference decoders make of it.

pip install pillow==12.3.0 numpy opencv-python-headless tifffile; python3 golden.py
NAME.png.golden holds the samples that Pillow (libjpeg-turbo, libwebp, libpng, libtiff) decodes, as PNG.
"""
import io
import os
import struct
import zlib

import cv2
import numpy as np
import tifffile
from PIL import Image, ImageSequence

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden")
HEIGHT, WIDTH = 37, 45


def picture(height=HEIGHT, width=WIDTH):
    """Gradients, coloured edges and a little noise: what chroma subsampling is hard on."""
    y, x = np.mgrid[0:height, 0:width]
    noise = np.random.RandomState(7).randint(0, 24, (height, width, 3))
    rgb = np.stack([5 * x, 6 * y, 3 * (x + y)], 2) + noise
    rgb[(x // 7 + y // 5) % 4 == 0] = [230, 20, 40]
    rgb[(x - 20) ** 2 + (y - 15) ** 2 < 60] = [10, 60, 240]
    return np.clip(rgb, 0, 255).astype(np.uint8)


RGB = picture()
GREY = RGB[:, :, 1].copy()


def profile():
    """An ICC profile whose primaries are far from sRGB's (red and green nearly Adobe RGB's), gamma 2.2."""
    def xyz(*values):
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(v * 65536)) for v in values)
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    text = b"text\0\0\0\0none\0\0\0\0"
    description = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"wide\0" + b"\0" * 78 + b"\0"
    tags = [(b"desc", description), (b"cprt", text), (b"wtpt", xyz(0.9642, 1, 0.8249)),
            (b"rXYZ", xyz(0.6097, 0.3111, 0.0195)), (b"gXYZ", xyz(0.2053, 0.6257, 0.0609)),
            (b"bXYZ", xyz(0.1492, 0.0632, 0.7446)), (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)]
    offset = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags:
        data += b"\0" * (-len(data) % 4)
        table += name + struct.pack(">II", offset + len(body), len(data))
        body += data
    header = struct.pack(">I4sI4s4s4s", 0, b"none", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    header += struct.pack(">3i", 63190, 65536, 54061) + b"\0" * 48
    whole = header + table + body
    return struct.pack(">I", len(whole)) + whole[4:]


ICC = profile()


def keep(name, data, golden=None):
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(data)
    if golden is None:
        image = Image.open(io.BytesIO(data))
        grey = image.mode in ("1", "L", "LA") or image.mode == "P" and is_grey(image)
        golden = np.asarray(image.convert("RGB"))
        if grey:
            golden = golden[:, :, 0]
    Image.fromarray(golden).save(os.path.join(HERE, name + ".golden"), "PNG", optimize=True)


def is_grey(image):
    palette = np.asarray(image.getpalette("RGB")).reshape(-1, 3)
    return bool((palette == palette[:, :1]).all())


def saved(array, form, mode=None, **options):
    image = array if isinstance(array, Image.Image) else Image.fromarray(array)
    if mode:
        image = image.convert(mode)
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def rounded(values, most):
    """What more or fewer than 8 bits become here: scaled to 255, rounded half up."""
    return ((values.astype(np.int64) * 255 + most // 2) // most).astype(np.uint8)


# --- JPEG ---------------------------------------------------------------------------------------
def segments(jpeg):
    """The segments of a JPEG before its first scan, then the rest."""
    place = 2
    while True:
        marker, length = struct.unpack(">BBH", jpeg[place:place + 4])[1:]
        if marker == 0xDA:
            yield 0xDA, jpeg[place:]
            return
        yield marker, jpeg[place:place + 2 + length]
        place += 2 + length


def edited(jpeg, edit, front=b""):
    parts = [edit(marker, part) for marker, part in segments(jpeg)]
    return jpeg[:2] + front + b"".join(parts)


def without(*markers):
    return lambda marker, part: b"" if marker in markers else part


def adobe(transform):
    return b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0" + bytes([transform])


def renumbered(shift):
    def edit(marker, part):
        part = bytearray(part)
        if marker == 0xC0:
            for i in range(part[9]):
                part[10 + 3 * i] = shift[i]
        if marker == 0xDA:
            for i in range(part[4]):
                part[5 + 2 * i] = shift[i]
        return b"" if marker == 0xE0 else bytes(part)
    return edit


def jpegs():
    for name, subsampling in (("444", 0), ("422", 1), ("420", 2)):
        keep(f"{name}.jpg", saved(RGB, "JPEG", quality=85, subsampling=subsampling))
    sampling = {"440": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_440, "411": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_411}
    for name, factor in sampling.items():
        _, data = cv2.imencode(".jpg", RGB[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 85,
                                                         cv2.IMWRITE_JPEG_SAMPLING_FACTOR, factor])
        keep(f"{name}.jpg", data.tobytes())
    keep("progressive420.jpg", saved(RGB, "JPEG", quality=75, subsampling=2, progressive=True))
    keep("quality5.jpg", saved(RGB, "JPEG", quality=5))
    keep("restart.jpg", saved(RGB, "JPEG", quality=85, restart_marker_blocks=2))
    keep("narrow.jpg", saved(picture(19, 3), "JPEG", quality=85, subsampling=2))
    keep("grey8.jpg", saved(GREY, "JPEG", quality=85))
    keep("stored-rgb.jpg", saved(RGB, "JPEG", quality=85, keep_rgb=True))
    plain = saved(RGB, "JPEG", quality=85, subsampling=0)
    keep("ids012.jpg", edited(plain, renumbered([0, 1, 2])))
    keep("idsRGB.jpg", edited(plain, renumbered(b"RGB")))
    keep("adobe-rgb.jpg", edited(plain, without(0xE0), adobe(0)))
    keep("profile.jpg", saved(RGB, "JPEG", quality=85, icc_profile=ICC))
    keep("profile-grey.jpg", saved(GREY, "JPEG", quality=85, icc_profile=ICC))
    exif = Image.Exif()
    exif[0x0112] = 6
    keep("turned.jpg", saved(RGB, "JPEG", quality=85, exif=exif, icc_profile=ICC))
    cmyk = saved(RGB, "JPEG", "CMYK", quality=90)
    keep("cmyk8.jpg", cmyk)
    keep("cmyk-bare.jpg", edited(cmyk, without(0xEE)))
    keep("cmyk-ids1234.jpg", edited(cmyk, lambda marker, part: b"" if marker == 0xEE else renumbered([1, 2, 3, 4])(marker, part)))
    keep("cmyk-profile.jpg", saved(RGB, "JPEG", "CMYK", quality=90, icc_profile=ICC))
    keep("pictures.jpg", saved(RGB, "MPO", save_all=True, append_images=[Image.fromarray(RGB[::-1])]))
    keep("exif-only.jpg", edited(saved(RGB, "JPEG", quality=85, subsampling=0, exif=exif), renumbered([0, 1, 2])))
    keep("ycck.jpg", edited(cmyk, without(0xEE), adobe(2)))


# --- WebP ---------------------------------------------------------------------------------------
def webps():
    alpha = np.dstack([RGB, 255 - GREY])
    alpha[:5, :, 3] = 0
    for quality in (5, 50, 90):
        keep(f"lossy{quality}.webp", saved(RGB, "WEBP", quality=quality, method=4))
    keep("lossy-75.webp", saved(RGB, "WEBP", quality=75))
    keep("lossy-even.webp", saved(picture(32, 48), "WEBP", quality=75))
    keep("lossy-column.webp", saved(picture(33, 1), "WEBP", quality=75))
    keep("lossy-row.webp", saved(picture(1, 34), "WEBP", quality=75))
    keep("lossless8.webp", saved(RGB, "WEBP", lossless=True))
    keep("lossy-alpha.webp", saved(alpha, "WEBP", quality=75, exact=True))
    keep("lossless-alpha.webp", saved(alpha, "WEBP", lossless=True, exact=True), RGB)
    exif = Image.Exif()
    exif[0x0112] = 3
    keep("profile.webp", saved(RGB, "WEBP", lossless=True, icc_profile=ICC, exif=exif))
    keep("profile-lossy.webp", saved(RGB, "WEBP", quality=75, icc_profile=ICC))
    frames = [Image.fromarray(RGB), Image.fromarray(RGB[::-1])]
    buffer = io.BytesIO()
    frames[0].save(buffer, "WEBP", save_all=True, append_images=frames[1:], duration=100, lossless=True)
    keep("animation.webp", buffer.getvalue())


# --- PNG ----------------------------------------------------------------------------------------
def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def packed(values, bits):
    if bits == 16:
        return values.astype(">u2").tobytes()
    if bits == 8:
        return values.astype(np.uint8).tobytes()
    digits = np.unpackbits(values.astype(np.uint8)[:, None], axis=1)[:, 8 - bits:].ravel()
    return np.packbits(digits).tobytes()


def png(values, colour, bits, *extra, interlaced=False):
    height, width = values.shape[:2]
    rows = b""
    passes = [(0, 0, 1, 1)]
    if interlaced:
        passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    for top, left, down, across in passes:
        part = values[top::down, left::across]
        if part.size:
            rows += b"".join(b"\0" + packed(row.ravel(), bits) for row in part)
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(extra)
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def pngs():
    gamma = chunk(b"gAMA", struct.pack(">I", 100000))
    icc = chunk(b"iCCP", b"wide\0\0" + zlib.compress(ICC))
    ramp = np.arange(WIDTH * HEIGHT).reshape(HEIGHT, WIDTH)
    for bits in (1, 2, 4):
        most = (1 << bits) - 1
        keep(f"grey{bits}.png", png(ramp % (most + 1), 0, bits, gamma), rounded(ramp % (most + 1), most))
        table = np.random.RandomState(bits).randint(0, 256, (most + 1, 3)).astype(np.uint8)
        keep(f"palette{bits}.png", png(ramp % (most + 1), 3, bits, chunk(b"PLTE", table.tobytes())))
    wide = (RGB.astype(np.int64) * 257 + ramp[:, :, None] % 200) % 65536
    keep("rgb16.png", png(wide, 2, 16, gamma), rounded(wide, 65535))
    keep("grey16.png", png(wide[:, :, 0], 0, 16), rounded(wide[:, :, 0], 65535))
    keep("interlaced.png", png(RGB, 2, 8, interlaced=True))
    keep("interlaced16.png", png(wide, 2, 16, interlaced=True), rounded(wide, 65535))
    keep("interlaced-grey1.png", png(ramp // 3 % 2, 0, 1, interlaced=True), rounded(ramp // 3 % 2, 1))
    keep("interlaced-palette.png", png(ramp % 4, 3, 2, chunk(b"PLTE", bytes(range(40, 52))), interlaced=True))
    keep("profile.png", png(RGB, 2, 8, icc, chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0\0\0\0\0")))
    keep("profile-grey.png", png(GREY, 0, 8, icc))
    keep("gamma.png", png(RGB, 2, 8, gamma, chunk(b"cHRM", struct.pack(">8I", 31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000))))
    keep("srgb.png", png(GREY, 0, 8, chunk(b"sRGB", b"\0")))
    keep("clear-grey.png", png(GREY, 0, 8, chunk(b"tRNS", struct.pack(">H", int(GREY[0, 0])))))
    keep("clear-rgb.png", png(RGB, 2, 8, chunk(b"tRNS", struct.pack(">3H", *RGB[0, 0].tolist()))))
    keep("alpha.png", png(np.dstack([RGB, GREY]), 6, 8), RGB)
    keep("grey-alpha.png", png(np.dstack([GREY, RGB[:, :, 0]]), 4, 8), GREY)
    keep("palette-clear.png", png(ramp % 4, 3, 8, chunk(b"PLTE", bytes(range(12))), chunk(b"tRNS", b"\0\x80")))


# --- TIFF ---------------------------------------------------------------------------------------
def tiff(array, **options):
    buffer = io.BytesIO()
    with tifffile.TiffWriter(buffer, byteorder=options.pop("byteorder", "<"), bigtiff=options.pop("bigtiff", False)) as out:
        out.write(array, metadata=None, **options)
    return buffer.getvalue()


def tiffs():
    for name in ("lzw", "packbits", "adobe_deflate"):
        keep(f"{name}.tif", saved(RGB, "TIFF", compression="tiff_" + name if name != "packbits" else name))
    keep("predictor.tif", saved(RGB, "TIFF", compression="tiff_lzw", tiffinfo={317: 2}))
    keep("raw.tif", tiff(RGB, photometric="rgb", rowsperstrip=5, byteorder=">"))
    keep("big.tif", tiff(RGB, photometric="rgb", bigtiff=True))
    keep("planar.tif", tiff(np.moveaxis(RGB, 2, 0), photometric="rgb", planarconfig="separate"))
    keep("tiled.tif", tiff(RGB, photometric="rgb", tile=(16, 32)))
    keep("profile.tif", saved(RGB, "TIFF", compression="tiff_lzw", icc_profile=ICC, tiffinfo={274: 6}), RGB)
    keep("profile-grey.tif", saved(GREY, "TIFF", icc_profile=ICC))
    keep("jpeg.tif", saved(RGB, "TIFF", compression="jpeg", quality=85))
    keep("jpeg-profile.tif", saved(RGB, "TIFF", compression="jpeg", quality=85, icc_profile=ICC))
    keep("jpeg-ycbcr.tif", saved(RGB, "TIFF", "YCbCr", compression="jpeg", quality=85, icc_profile=ICC))
    keep("jpeg-strips.tif", saved(RGB, "TIFF", "YCbCr", compression="jpeg", quality=85, tiffinfo={278: 16}))
    keep("jpeg-grey.tif", saved(GREY, "TIFF", compression="jpeg", quality=85))
    keep("ycbcr.tif", tiff(np.asarray(Image.fromarray(RGB).convert("YCbCr")), photometric="ycbcr", subsampling=(1, 1), compression="lzw"))
    keep("cmyk8-profile.tif", saved(RGB, "TIFF", "CMYK", compression="tiff_lzw", icc_profile=ICC))
    keep("jpeg-tiled.tif", tiff(RGB, photometric="rgb", tile=(16, 32), compression="jpeg", compressionargs={"level": 85, "outcolorspace": "rgb"}))
    keep("jpeg-planar.tif", tiff(np.moveaxis(RGB, 2, 0), photometric="rgb", planarconfig="separate", compression="jpeg"))
    keep("palette-profile.tif", saved(Image.fromarray(RGB).quantize(200), "TIFF", compression="tiff_lzw", icc_profile=ICC))
    keep("pages.tif", saved(RGB, "TIFF", save_all=True, append_images=[Image.fromarray(RGB[::-1])]))
    keep("cmyk8.tif", saved(RGB, "TIFF", "CMYK"))
    keep("cmyk-jpeg.tif", saved(RGB, "TIFF", "CMYK", compression="jpeg", quality=90))
    keep("group4.tif", saved(GREY > 100, "TIFF", compression="group4"))
    keep("group3.tif", saved(GREY > 100, "TIFF", compression="group3"))
    keep("bilevel.tif", saved(GREY > 100, "TIFF"))
    keep("palette.tif", saved(Image.fromarray(RGB).quantize(16), "TIFF"))
    keep("alpha.tif", saved(np.dstack([RGB, GREY]), "TIFF"), RGB)
    wide = RGB.astype(np.uint16) * 257 + 3
    keep("rgb16.tif", tiff(wide, photometric="rgb", compression="deflate", predictor=2), rounded(wide, 65535))
    keep("grey16.tif", tiff(wide[:, :, 0], photometric="minisblack", byteorder=">"), rounded(wide[:, :, 0], 65535))
    keep("white-is-zero.tif", tiff(GREY, photometric="miniswhite"), 255 - GREY)


# --- BMP ----------------------------------------------------------------------------------------
def bmp(bits, rows, compression=0, palette=b"", masks=b"", height=HEIGHT, width=WIDTH, colours=0):
    offset = 54 + len(masks) + len(palette)
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, compression, len(rows), 2835, 2835, colours, 0)
    return struct.pack("<2sIHHI", b"BM", offset + len(rows), 0, 0, offset) + info + masks + palette + rows


def lines(values, upwards=True):
    """Rows of bytes, each padded to four."""
    rows = [row.tobytes() + b"\0" * (-row.nbytes % 4) for row in values]
    return b"".join(reversed(rows) if upwards else rows)


def run_lengths(values, bits):
    """Encoded runs and absolute stretches in turn, a skip over zeros now and then."""
    out = b""
    for number, row in enumerate(values[::-1]):
        place = 0
        while place < len(row):
            if number % 5 == 3 and place == 0 and not row[:6].any():
                out += bytes([0, 2, 6, 0])
                place = 6
            run = 1
            while place + run < len(row) and run < 255 and row[place + run] == row[place]:
                run += 1
            if run >= 3 or len(row) - place < 3:
                out += bytes([run, row[place] * (17 if bits == 4 else 1)])
                place += run
            else:
                stretch = row[place:place + min(9, len(row) - place)]
                if bits == 4:
                    even = np.append(stretch, [0] * (len(stretch) % 2)).astype(np.uint8)
                    data = (even[0::2] << 4 | even[1::2]).astype(np.uint8).tobytes()
                else:
                    data = stretch.astype(np.uint8).tobytes()
                out += bytes([0, len(stretch)]) + data + b"\0" * (len(data) % 2)
                place += len(stretch)
        out += b"\0\0"
    return out + b"\0\1"


def bmps():
    bgr = RGB[:, :, ::-1]
    keep("bits24.bmp", bmp(24, lines(bgr)))
    keep("top-down.bmp", bmp(24, lines(bgr, False), height=-HEIGHT))
    keep("bits32.bmp", bmp(32, lines(np.dstack([bgr, GREY]))))
    table = np.random.RandomState(5).randint(0, 256, (256, 4)).astype(np.uint8)
    table[:, 3] = 0
    few = (GREY // 24).astype(np.uint8)
    few[:9, :8] = 0
    colours = table[:, 2::-1]
    keep("palette8.bmp", bmp(8, lines(GREY), palette=table.tobytes()), colours[GREY])
    keep("palette8-few.bmp", bmp(8, lines(few), palette=table[:16].tobytes(), colours=16), colours[few])
    keep("palette4.bmp", bmp(4, lines(np.array([np.frombuffer(packed(row, 4), np.uint8) for row in few])), palette=table[:16].tobytes()), colours[few])
    keep("palette1.bmp", bmp(1, lines(np.packbits(GREY > 100, axis=1)), palette=table[:2].tobytes()), colours[(GREY > 100).astype(int)])
    keep("rle8.bmp", bmp(8, run_lengths(few, 8), 1, table.tobytes()), colours[few])
    keep("rle4.bmp", bmp(4, run_lengths(few, 4), 2, table[:16].tobytes()), colours[few])
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 4, axis=1)
    keep("grey8.bmp", bmp(8, lines(GREY), palette=ramp.tobytes()), GREY)
    five = RGB.astype(np.uint16) >> 3
    keep("bits16.bmp", bmp(16, lines(five[:, :, 0] << 10 | five[:, :, 1] << 5 | five[:, :, 2])), rounded(five, 31))
    six = RGB[:, :, 1].astype(np.uint16) >> 2
    words = five[:, :, 0] << 11 | six << 5 | five[:, :, 2]
    golden = np.dstack([rounded(five[:, :, 0], 31), rounded(six, 63), rounded(five[:, :, 2], 31)])
    keep("bits565.bmp", bmp(16, lines(words), 3, masks=struct.pack("<3I", 0xF800, 0x07E0, 0x1F)), golden)
    info = struct.pack("<IiiHHIIiiII", 124, WIDTH, HEIGHT, 1, 24, 0, len(lines(bgr)), 0, 0, 0, 0)
    v5 = info + struct.pack("<IIII", 0, 0, 0, 0) + struct.pack("<I", 0x4D424544) + b"\0" * 48 + struct.pack("<IIII", 4, 124 + len(lines(bgr)), len(ICC), 0)
    keep("profile.bmp", struct.pack("<2sIHHI", b"BM", 138 + len(lines(bgr)) + len(ICC), 0, 0, 138) + v5 + lines(bgr) + ICC)
    core = struct.pack("<IHHHH", 12, WIDTH, HEIGHT, 1, 24)
    keep("os2.bmp", struct.pack("<2sIHHI", b"BM", 26 + len(lines(bgr)), 0, 0, 26) + core + lines(bgr), RGB)


if __name__ == "__main__":
    os.makedirs(HERE, exist_ok=True)
    jpegs()
    webps()
    pngs()
    tiffs()
    bmps()
