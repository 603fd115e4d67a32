#!/usr/bin/env python3
"""Times training steps in PyTorch eager: the rival of org.distillgrid.bench.GpuStep on the same device.

A step is zero_grad, forward, L1, backward and Adam (foreach) on one batch that stays on the device; the device is waited for
at the end of each. `exact` asks for what the JVM asks for, repeatable kernels and full single precision; `default` leaves
PyTorch as it comes. Prints one line of JSON a case: {"case": …, "median_ms": …, "min_ms": …} or {"case": …, "error": …}.
"""
import argparse
import importlib.util
import json
import pathlib
import statistics
import time

import torch
from torch.nn import functional

HERE = pathlib.Path(__file__).resolve().parent
LEAST_STEPS = 7
SCALE = 2


def module(name):
    """Returns one of the modules that hold plain PyTorch networks."""
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def edsr(channels, blocks, bits):
    """Returns an EDSR whose trunk has that many bits; 32 are full precision."""
    return lambda side: module("bench_step").Edsr(channels, blocks, bits)


def rcan(channels, groups, blocks):
    """Returns an RCAN."""
    return lambda side: module("rcan").Rcan(SCALE, channels, groups, blocks)


def swinir(channels, depths, heads):
    """Returns a SwinIR."""
    return lambda side: module("swinir").SwinIR(SCALE, channels, depths, heads, size=(side, side))


# The names are those that the JVM's side is given, student and bits.
CASES = {
    "edsr-c64-b16/fp": edsr(64, 16, 32),
    "edsr-c64-b16/w4a4": edsr(64, 16, 4),
    "rcan-g10-b6/fp": rcan(64, 10, 6),
    "swinir-c60-d6x6x6x6/fp": swinir(60, [6] * 4, [6] * 4),
    "edsr-c8-b2/fp": edsr(8, 2, 32),
    "edsr-c8-b2/w4a4": edsr(8, 2, 4),
    "rcan-c8-g1-b2-q4/fp": lambda side: module("rcan").Rcan(SCALE, 8, 1, 2, 4),
    "swinir-c8-d2-h2-t2/fp": swinir(8, [2], [2]),
}


def wait(device):
    """Waits until the device has done what it was asked for."""
    if device == "cuda":
        torch.cuda.synchronize()


def milliseconds(name, options):
    """Returns the time of every step after warm-up."""
    torch.manual_seed(0)
    network = CASES[name](options.side).to(options.device)
    network.train()
    image = torch.rand(options.batch, 3, options.side, options.side, device=options.device)
    target = torch.rand(options.batch, 3, options.side * SCALE, options.side * SCALE, device=options.device)
    network(image)  # quantisers take their first steps from it
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-4, betas=(0.9, 0.99), foreach=True)

    def step():
        optimizer.zero_grad(set_to_none=True)
        functional.l1_loss(network(image), target).backward()
        optimizer.step()
        wait(options.device)

    end = time.perf_counter() + options.seconds / 4
    step()
    while time.perf_counter() < end:
        step()
    times = []
    end = time.perf_counter() + options.seconds
    while time.perf_counter() < end or len(times) < LEAST_STEPS:
        start = time.perf_counter()
        step()
        times.append((time.perf_counter() - start) * 1e3)
    return times


def be_exact():
    """Asks for repeatable kernels and full single precision."""
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cuda.matmul.allow_tf32 = False


def main():
    """Prints a line a case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", choices=("cpu", "cuda"), required=True)
    parser.add_argument("--kernels", choices=("exact", "default"), required=True)
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--side", type=int, required=True, help="pixels along a side of the input")
    parser.add_argument("--seconds", type=float, required=True, help="measured time of a case; a quarter more warms up")
    parser.add_argument("--cases", nargs="+", choices=tuple(CASES), required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.kernels == "exact":
        be_exact()
    for name in options.cases:
        try:
            times = milliseconds(name, options)
            found = {"case": name, "median_ms": statistics.median(times), "min_ms": min(times)}
        except Exception as failure:  # pylint: disable=broad-except # one case that fails stops no other
            found = {"case": name, "error": f"{type(failure).__name__}: {failure}".splitlines()[0]}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
