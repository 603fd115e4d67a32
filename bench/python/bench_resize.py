#!/usr/bin/python3
"""Antialiased bicubic x1/2 of a 12-megapixel RGB image on one thread, by what Python has.

    OMP_NUM_THREADS=1 /usr/bin/python3 bench/python/bench_resize.py

Needs Debian's python3-numpy and python3-pil; python3-torch and python3-skimage are timed where they
are installed. Pillow and PyTorch use MATLAB's kernel (a = -0.5, stretched), yet neither gives
MATLAB's bits: Pillow resizes along rows first, PyTorch rounds once and renormalises at the border.
"""

import time

import numpy

HEIGHT, WIDTH, WARM_UP, RUNS = 3000, 4000, 2, 15


def image():
    rows, columns = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    smooth = 128 * rows // HEIGHT + 64 * columns // WIDTH
    noise = numpy.random.default_rng(1).integers(0, 64, (HEIGHT, WIDTH, 3))
    return (smooth[:, :, None] + noise).astype(numpy.uint8)


def timed(name, resize, runs=RUNS):
    for _ in range(min(WARM_UP, runs)):
        resize()
    milliseconds = []
    for _ in range(runs):
        start = time.perf_counter()
        resize()
        milliseconds.append((time.perf_counter() - start) * 1e3)
    median = sorted(milliseconds)[runs // 2]
    print(f"| {name} | {min(milliseconds):.1f} | {median:.1f} | {HEIGHT * WIDTH / 1e3 / median:.0f} |")


def pillow(pixels):
    import PIL
    from PIL import Image

    picture = Image.fromarray(pixels)
    size = (WIDTH // 2, HEIGHT // 2)
    timed(f"Pillow {PIL.__version__}, 1 thread", lambda: picture.resize(size, Image.BICUBIC))


def torch_float(pixels):
    import torch

    torch.set_num_threads(1)
    planar = torch.from_numpy(pixels).permute(2, 0, 1).unsqueeze(0).contiguous()

    def resize():
        small = torch.nn.functional.interpolate(
            planar.float(), scale_factor=0.5, mode="bicubic", antialias=True
        )
        return small.round().clamp(0, 255).to(torch.uint8)

    timed(f"PyTorch {torch.__version__}, 1 thread", resize)


def scikit_image(pixels):
    import skimage
    from skimage.transform import resize

    size = (HEIGHT // 2, WIDTH // 2)
    timed(
        f"scikit-image {skimage.__version__}",
        lambda: resize(pixels, size, order=3, anti_aliasing=True),
        runs=1,
    )


def main():
    pixels = image()
    print("| resize x1/2, 4000x3000 RGB | min ms | median ms | megapixels/s |")
    for rival in (pillow, torch_float, scikit_image):
        try:
            rival(pixels)
        except ImportError as missing:
            print(f"| {rival.__name__}: not installed ({missing}) | | | |")


if __name__ == "__main__":
    main()
