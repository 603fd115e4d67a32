#!/usr/bin/python3
"""Times networks in PyTorch as they are evaluated and as they are trained: the rival of org.distillgrid.bench.BenchNetworks.

Prints CSV: case,median_ms,min_ms. forward is without gradients; a step is forward, L1 and backward on one batch that stays in
memory. The networks are the plain PyTorch modules of the test fixtures, under the authors' names; one thread.
Run with Debian's python3-torch: /usr/bin/python3 bench_networks.py
"""
import argparse
import importlib.util
import pathlib
import statistics
import time

import torch
from torch.nn import functional

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "lib-kd/src/test/resources/fixtures"
LEAST_ROUNDS = 5


def reference(architecture):
    """Returns the module that holds an architecture's plain PyTorch."""
    spec = importlib.util.spec_from_file_location(architecture, FIXTURES / architecture / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# name: network, scale, images, side
CASES = {
    "edsr 64×16": (lambda: reference("edsr").Edsr(2, 64, 16), 2, 4, 48),
    "rcan 10×6": (lambda: reference("rcan").Rcan(2, 64, 10, 6), 2, 1, 48),
    "swinir 60/4": (lambda: reference("swinir").SwinIR(2, 60, [6] * 4, [6] * 4, size=(48, 48)), 2, 1, 48),
    "nafnet-16": (lambda: reference("nafnet").NAFNet(3, 16, (1, 1, 1, 14)), 1, 1, 128),
}


def milliseconds(work, seconds):
    """Returns the time of every call after warm-up."""
    end = time.perf_counter() + seconds / 4
    while time.perf_counter() < end:
        work()
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < LEAST_ROUNDS:
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1e3)
    return times


def main():
    """Prints two rows per case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=8, help="measured time of a row; a quarter more warms up")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    print("case,median_ms,min_ms", flush=True)
    for name, (build, scale, images, side) in CASES.items():
        torch.manual_seed(0)
        network = build()
        image = torch.rand(images, 3, side, side)
        target = torch.rand(images, 3, side * scale, side * scale)

        def forward():
            with torch.no_grad():
                network(image)

        def step():
            functional.l1_loss(network(image), target).backward()
            network.zero_grad(set_to_none=True)

        for kind, work in (("forward", forward), ("step", step)):
            times = milliseconds(work, options.seconds)
            print(f"{name} {kind},{statistics.median(times):.3f},{min(times):.3f}", flush=True)


if __name__ == "__main__":
    main()
