#!/usr/bin/env python3
"""Makes what the run of run-folders/0.1 reads: images of a few pixels and a narrow VQGAN encoder.

usage: make.py FOLDER
"""
import json
import math
import os
import random
import struct
import sys
import zlib


def png(path, side, sample):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(
        b"\0" + bytes(sample(row, column, plane) for column in range(side) for plane in range(3))
        for row in range(side)
    )
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.write(chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)))
        file.write(chunk(b"IDAT", zlib.compress(rows, 9)))
        file.write(chunk(b"IEND", b""))


def image(path, seed):
    slope = 0.06 + 0.03 * seed

    def sample(row, column, plane):
        direction = 1
        if plane == 1:
            direction = -0.7
        return int(127.5 + 100 * math.sin(slope * (row + 2 * column) * direction + plane * 0.8 + seed))

    png(path, 32, sample)


def convolution(shapes, name, out, into, side):
    shapes[name + ".bias"] = [out]
    shapes[name + ".weight"] = [out, into, side, side]


def norm(shapes, name, width):
    shapes[name + ".bias"] = [width]
    shapes[name + ".weight"] = [width]


def block(shapes, name, out, into):
    convolution(shapes, name + ".conv1", out, into, 3)
    convolution(shapes, name + ".conv2", out, out, 3)
    if into != out:
        convolution(shapes, name + ".nin_shortcut", out, into, 1)
    norm(shapes, name + ".norm1", into)
    norm(shapes, name + ".norm2", out)


def encoder(path, widths=(2, 2, 4, 4, 8), latent=4, entries=8, groups=2):
    shapes = {}
    convolution(shapes, "encoder.conv_in", widths[0], 3, 3)
    convolution(shapes, "encoder.conv_out", latent, widths[-1], 3)
    into = widths[0]
    for level, width in enumerate(widths):
        block(shapes, f"encoder.down.{level}.block.0", width, into)
        into = width
        if level < len(widths) - 1:
            convolution(shapes, f"encoder.down.{level}.downsample.conv", width, width, 3)
    for part in ("k", "proj_out", "q", "v"):
        convolution(shapes, "encoder.mid.attn_1." + part, into, into, 1)
    norm(shapes, "encoder.mid.attn_1.norm", into)
    block(shapes, "encoder.mid.block_1", into, into)
    block(shapes, "encoder.mid.block_2", into, into)
    norm(shapes, "encoder.norm_out", into)
    convolution(shapes, "quant_conv", latent, latent, 1)
    shapes["quantize.embedding.weight"] = [entries, latent]

    draws = random.Random(0)
    header, data = {"__metadata__": {"groups": str(groups)}}, b""
    for name in sorted(shapes):
        count = math.prod(shapes[name])
        if "norm" in name and name.endswith("weight"):
            values = [1.0] * count
        else:
            values = [draws.uniform(-0.3, 0.3) for _ in range(count)]
        header[name] = {"dtype": "F32", "shape": shapes[name], "data_offsets": [len(data), len(data) + 4 * count]}
        data += struct.pack(f"<{count}f", *values)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


folder = sys.argv[1]
for number in range(4):
    image(f"{folder}/train/{number}.png", number)
for number in range(2):
    image(f"{folder}/test/{number}.png", 10 + number)
encoder(f"{folder}/encoder.safetensors")
