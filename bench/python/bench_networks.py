#!/usr/bin/python3
"""Times networks in PyTorch, forward and forward + L1 + backward: the rival of org.distillgrid.bench.BenchNetworks.

Prints CSV: case,median_ms,min_ms. The networks are those that the tests compare with (lib-kd's fixtures), one thread.
Run with Debian's python3-torch: /usr/bin/python3 bench_networks.py
"""
import argparse
import importlib.util
import pathlib
import statistics
import sys
import time

import torch
from torch.nn import functional

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "lib-kd/src/test/resources/fixtures"


def reference(name):
    """Returns the module with an architecture's reference."""
    folder = FIXTURES / name
    sys.path.insert(0, str(folder))
    sys.path.insert(0, str(FIXTURES))
    try:
        spec = importlib.util.spec_from_file_location("reference_" + name, folder / "reference.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        del sys.path[:2]


# Case: how to make the network, scale, images, rows and columns of the input.
CASES = {
    "edsr 64×16": (lambda: reference("edsr").Edsr(2), 2, 4, 48),
    "rcan 10×6": (lambda: reference("rcan").Rcan(2, groups=10, blocks=6), 2, 1, 48),
    "swinir 60/4": (lambda: reference("swinir").SwinIR(2, 60, (6, 6, 6, 6), (6, 6, 6, 6), size=(48, 48)), 2, 1, 48),
    "nafnet-16": (lambda: reference("nafnet").NAFNet(3, 16, (1, 1, 1, 14), 1, (1, 1, 1, 1)), 1, 1, 128),
}


def timed(work, seconds):
    """Returns the milliseconds of each call after a warm-up."""
    times = []
    started = time.perf_counter()
    while time.perf_counter() - started < 1.25 * seconds or len(times) < 5:
        before = time.perf_counter()
        work()
        if time.perf_counter() - started > 0.25 * seconds:
            times.append((time.perf_counter() - before) * 1e3)
    return times


def report(name, times):
    """Prints a row."""
    print(f"{name},{statistics.median(times):.3f},{min(times):.3f}", flush=True)


def main():
    """Prints two rows per network."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=8, help="measured time of a case; a quarter more warms up")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    print("case,median_ms,min_ms", flush=True)
    for name, (make, scale, images, side) in CASES.items():
        torch.manual_seed(0)
        network = make()
        x = torch.rand(images, 3, side, side)
        target = torch.rand(images, 3, side * scale, side * scale)

        def forward():
            with torch.no_grad():
                network(x)

        def step():
            network.zero_grad(set_to_none=True)
            functional.l1_loss(network(x), target).backward()

        report(name + " forward", timed(forward, options.seconds))
        report(name + " step", timed(step, options.seconds))


if __name__ == "__main__":
    main()
