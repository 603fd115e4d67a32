#!/usr/bin/python3
"""Rebuilds train/, test/, LICENSES/ and PROVENANCE.md from Debian 12's packages.

    apt-get install -y python3-pil python3-numpy
    /usr/bin/python3 data/sample/make.py

Every image is lossless at its source, or the mean of at least 3x3 pixels of a JPEG, which leaves no trace of its
8x8 blocks. `git status` afterwards tells whether anything differs from what is committed.
"""
import bz2
import hashlib
import pathlib
import subprocess
import tempfile
from dataclasses import dataclass

import numpy
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent

PACKAGES = {
    "libjxl-testdata": (
        "0.0~git20230110.d6168ff-1", "a58523413f486760a0f3cbc931142a27e3aa25f77315b862046f089ed34aa2c7"),
    "python3-skimage": ("0.19.3-8", "728d88c3e3440f1f3712de0805dc834d29248ff07e1eec8c0f3da07606f752f9"),
    "python3-scipy": ("1.10.1-2", "75175eb18aa9ef6424c69050a751335fe686c24b65bc1773d0769a74a21c869d"),
    "lomiri-wallpapers-16.04": ("20.04.0-2", "a99ff6a3bfe451e4cc0682ecb3cc82e71740626d59e4845ae34a0a0e45421eab"),
}
SKIMAGE = "usr/lib/python3/dist-packages/skimage/data/"
JXL = "usr/share/libjxl-testdata/"
WESATURATE = JXL + "external/wesaturate/500px/"
CC0 = "CC0 1.0"
NOTICE = "skimage/data/_fetchers.py"


@dataclass
class Photograph:
    """One image: where it comes from, under which terms, and by how much it is made smaller."""

    split: str
    name: str
    package: str
    path: str
    author: str
    licence: str
    stated: str
    shrink: int = 1
    note: str = ""


PHOTOGRAPHS = [
    Photograph("train", "brick", "python3-skimage", SKIMAGE + "brick.png", "CC0Textures", CC0, NOTICE,
               note="grey, written as three equal channels"),
    Photograph("train", "camera", "python3-skimage", SKIMAGE + "camera.png", "Lav Varshney", CC0, NOTICE,
               note="grey, written as three equal channels"),
    Photograph("train", "chelsea", "python3-skimage", SKIMAGE + "chelsea.png", "Stefan van der Walt", CC0, NOTICE),
    Photograph("train", "dandelion", "lomiri-wallpapers-16.04",
               "usr/share/backgrounds/seeding_by_Clements_Engelhardt.jpg", "Clemens Engelhardt", CC0,
               "debian/copyright", shrink=8, note="from a JPEG of 5312x2988"),
    Photograph("train", "flower", "libjxl-testdata", JXL + "jxl/flower/flower.png", "the JPEG XL Project Authors",
               "BSD 3-clause", "debian/copyright", shrink=3),
    Photograph("train", "grass", "python3-skimage", SKIMAGE + "grass.png", "linolafett", CC0, NOTICE,
               note="grey, written as three equal channels"),
    Photograph("train", "gravel", "python3-skimage", SKIMAGE + "gravel.png", "CC0Textures", CC0, NOTICE,
               note="grey, written as three equal channels"),
    Photograph("train", "raccoon", "python3-scipy", "usr/lib/python3/dist-packages/scipy/misc/face.dat",
               "public-domain-image.com", "public domain", "scipy/misc/_common.py", shrink=3,
               note="from a JPEG of 1024x768, kept by the package as bzip2 of raw RGB"),
    Photograph("train", "room", "libjxl-testdata", JXL + "jxl/hdr_room.png", "the JPEG XL Project Authors",
               "BSD 3-clause", "debian/copyright",
               note="16 bits a channel at the source: the upper byte of each; its HLG curve is left as it is"),
    Photograph("train", "tulips", "libjxl-testdata", WESATURATE + "tmshre_riaphotographs_srgb8.png",
               "riaphotographs", CC0, "external/wesaturate/README.md"),
    Photograph("test", "astronaut", "python3-skimage", SKIMAGE + "astronaut.png", "NASA", "public domain", NOTICE),
    Photograph("test", "blossom", "libjxl-testdata", WESATURATE + "u76c0g_bliznaca_srgb8.png", "bliznaca", CC0,
               "external/wesaturate/README.md"),
    Photograph("test", "cliff", "libjxl-testdata", WESATURATE + "cvo9xd_keong_macan_srgb8.png", "keong_macan", CC0,
               "external/wesaturate/README.md"),
    Photograph("test", "coffee", "python3-skimage", SKIMAGE + "coffee.png", "Rachel Michetti", CC0, NOTICE),
]

RULES = """# Where these photographs come from

Written by `make.py`, which rebuilds this folder from Debian 12's packages.

- Every photograph is public domain, CC0 or BSD by the notice named in its row; the texts are in `LICENSES/`.
- Train and test share no photograph.
- Processing, in this order: **shrink n** replaces each n×n pixels by their mean, rounded (Pillow's `Image.reduce`; a
  remainder at the right and at the bottom is averaged over what there is of it); then the right and the bottom edge are
  cropped to a multiple of 12, so that ×2, ×3 and ×4 need no other crop; then PNG, 8-bit RGB, without metadata.
- All sources are lossless files (what their authors did before is not known) but two training images, `dandelion` and
  `raccoon`, which were JPEGs: their pixels are means of 8×8 and of 3×3 pixels.
- `sha256` is that of the file here; `pixels` is the SHA-256 of its raw RGB bytes, row by row, which no other version of
  zlib changes (its first 16 digits).
"""


def unpack(folder):
    """Downloads the pinned packages and unpacks each into a folder of its name."""
    for package, (version, checksum) in PACKAGES.items():
        subprocess.run(["apt-get", "-qq", "download", f"{package}={version}"], cwd=folder, check=True,
                       stderr=subprocess.DEVNULL)
        archive = next(folder.glob(f"{package}_*.deb"))
        actual = hashlib.sha256(archive.read_bytes()).hexdigest()
        if actual != checksum:
            raise SystemExit(f"Cannot use {archive.name}: its SHA-256 is {actual}")
        subprocess.run(["dpkg", "-x", archive, folder / package], check=True)


def pixels(photograph, folder):
    """Returns the photograph as this folder keeps it."""
    source = folder / photograph.package / photograph.path
    if source.suffix == ".dat":
        raw = numpy.frombuffer(bz2.decompress(source.read_bytes()), numpy.uint8)
        image = Image.fromarray(raw.reshape(768, 1024, 3))
    else:
        image = Image.open(source).convert("RGB")
    if photograph.shrink > 1:
        image = image.reduce(photograph.shrink)
    image = image.crop((0, 0, image.width // 12 * 12, image.height // 12 * 12))
    return Image.fromarray(numpy.asarray(image))


def row(photograph, image, file):
    """Returns the photograph's row of the table."""
    steps = []
    if photograph.shrink > 1:
        steps.append(f"shrink {photograph.shrink}")
    if photograph.note:
        steps.append(photograph.note)
    cells = [
        f"`{photograph.split}/{photograph.name}.png`",
        f"{image.width}×{image.height}",
        f"{photograph.package} {PACKAGES[photograph.package][0]}",
        f"`{photograph.path}`",
        photograph.author,
        f"{photograph.licence} (`{photograph.stated}`)",
        "; ".join(steps) or "—",
        f"`{hashlib.sha256(file.read_bytes()).hexdigest()}`",
        f"`{hashlib.sha256(image.tobytes()).hexdigest()[:16]}`",
    ]
    return "| " + " | ".join(cells) + " |\n"


def licences(folder):
    """Copies the licence texts that the rows name."""
    target = HERE / "LICENSES"
    target.mkdir(exist_ok=True)
    copyright_file = folder / "libjxl-testdata/usr/share/doc/libjxl-testdata/copyright"
    paragraphs = copyright_file.read_text().split("License: BSD-3-clause-Google\n Redistribution", 1)[1]
    text = "Copyright the JPEG XL Project Authors\n\n Redistribution" + paragraphs.split("\n\n", 1)[0]
    lines = [line[1:] if line.startswith(" ") else line for line in text.splitlines()]
    (target / "BSD-3-Clause.txt").write_text("\n".join("" if line == "." else line for line in lines) + "\n")
    cc0 = folder / "libjxl-testdata" / JXL / "external/wesaturate/LICENSE.md"
    (target / "CC0-1.0.md").write_text(cc0.read_text())


def main():
    """Rebuilds the folder."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        unpack(folder)
        licences(folder)
        table = "\n| file | size | package | path inside | author | licence (stated in) | processing | sha256 | pixels |\n"
        table += "|---|---|---|---|---|---|---|---|---|\n"
        for photograph in PHOTOGRAPHS:
            image = pixels(photograph, folder)
            file = HERE / photograph.split / f"{photograph.name}.png"
            file.parent.mkdir(exist_ok=True)
            image.save(file, optimize=True)
            table += row(photograph, image, file)
    (HERE / "PROVENANCE.md").write_text(RULES + table)


if __name__ == "__main__":
    main()
