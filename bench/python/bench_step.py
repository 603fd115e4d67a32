#!/usr/bin/python3
"""Times one training step of EDSR in PyTorch: the rival of org.distillgrid.bench.BenchStep.

Prints CSV: case,median_ms,min_ms. A step is zero_grad, forward, L1, backward and Adam on one batch that stays in memory;
scale 2, one thread. w4a4 is LSQ as methods go in PyTorch: step sizes per output channel for weights and per tensor for
activations, straight-through rounding by detach, gradient of the step size scaled by 1/sqrt(numel*Q_P); convolutions of
the trunk only. Run with Debian's python3-torch: /usr/bin/python3 bench_step.py
"""
import argparse
import math
import statistics
import time

import torch
from torch import nn
from torch.nn import functional

SCALE = 2
BATCH = 4
CASES = {
    "edsr-c16-b4/fp": (16, 4, 32, 32),
    "edsr-c16-b4/w4a4": (16, 4, 32, 4),
    "edsr-c64-b16/fp": (64, 16, 48, 32),
    "edsr-c64-b16/w4a4": (64, 16, 48, 4),
}


def round_through(x):
    """Rounds; its gradient is the identity's."""
    return x + (x.round() - x).detach()


def scale_gradient(x, factor):
    """Returns x; its gradient is multiplied by a factor."""
    scaled = x * factor
    return scaled + (x - scaled).detach()


class Lsq(nn.Module):
    """A learned step size, or one per output channel."""

    def __init__(self, shape, low, high):
        super().__init__()
        self.low, self.high = low, high
        self.scale = nn.Parameter(torch.ones(shape))

    def start(self, x):
        """Sets the first step size from a tensor."""
        dims = tuple(range(1, x.dim())) if self.scale.numel() > 1 else tuple(range(x.dim()))
        mean = x.detach().abs().mean(dims, keepdim=True).reshape(self.scale.shape)
        self.scale.data.copy_(2 * mean / math.sqrt(self.high))

    def forward(self, x):
        factor = 1 / math.sqrt(x.numel() / self.scale.numel() * self.high)
        scale = scale_gradient(self.scale, factor)
        return round_through(torch.clamp(x / scale, self.low, self.high)) * scale


class QuantConv(nn.Conv2d):
    """A convolution whose weight and input are fake-quantised."""

    def __init__(self, inputs, outputs, bits, signed):
        super().__init__(inputs, outputs, 3, padding=1)
        low, high = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
        self.weight_quantizer = Lsq((outputs, 1, 1, 1), low, high)
        self.input_quantizer = Lsq((1,), low, high) if signed else Lsq((1,), 0, 2 ** bits - 1)
        self.weight_quantizer.start(self.weight)
        self.started = False

    def forward(self, x):
        if not self.started:
            self.input_quantizer.start(x)
            self.started = True
        return functional.conv2d(self.input_quantizer(x), self.weight_quantizer(self.weight), self.bias, padding=1)


def trunk_conv(channels, bits, signed):
    """Returns a convolution of the trunk."""
    if bits == 32:
        return nn.Conv2d(channels, channels, 3, padding=1)
    return QuantConv(channels, channels, bits, signed)


class Block(nn.Module):
    """conv-ReLU-conv, added to its input."""

    def __init__(self, channels, bits):
        super().__init__()
        self.conv1 = trunk_conv(channels, bits, signed=True)
        self.conv2 = trunk_conv(channels, bits, signed=False)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return x + self.conv2(self.relu(self.conv1(x)))


class Edsr(nn.Module):
    """Head, blocks with a long skip, sub-pixel upsampler, last convolution."""

    def __init__(self, channels, blocks, bits):
        super().__init__()
        self.conv_first = nn.Conv2d(3, channels, 3, padding=1)
        self.body = nn.Sequential(*[Block(channels, bits) for _ in range(blocks)])
        self.conv_after_body = trunk_conv(channels, bits, signed=True)
        self.upsample = nn.Sequential(nn.Conv2d(channels, channels * SCALE**2, 3, padding=1), nn.PixelShuffle(SCALE))
        self.conv_last = nn.Conv2d(channels, 3, 3, padding=1)

    def forward(self, x):
        first = self.conv_first(x)
        return self.conv_last(self.upsample(self.conv_after_body(self.body(first)) + first))


def milliseconds(name, seconds, foreach):
    """Returns the time of every step of a case, after warm-up."""
    channels, blocks, side, bits = CASES[name]
    torch.manual_seed(0)
    network = Edsr(channels, blocks, bits)
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-4, betas=(0.9, 0.99), foreach=foreach)
    x = torch.rand(BATCH, 3, side, side)
    target = torch.rand(BATCH, 3, side * SCALE, side * SCALE)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = functional.l1_loss(network(x), target)
        loss.backward()
        optimizer.step()

    end = time.perf_counter() + seconds / 4
    while time.perf_counter() < end:
        step()
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 10:
        start = time.perf_counter()
        step()
        times.append((time.perf_counter() - start) * 1e3)
    return times


def main():
    """Prints a row per case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=8, help="measured time of a case; a quarter more warms up")
    parser.add_argument("--optimizer", choices=("loop", "foreach"), default="foreach", help="Adam's implementation")
    parser.add_argument("--cases", nargs="*", choices=tuple(CASES), default=tuple(CASES))
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_num_interop_threads(1)
    print("case,median_ms,min_ms", flush=True)
    for name in options.cases:
        times = milliseconds(name, options.seconds, options.optimizer == "foreach")
        print(f"{name},{statistics.median(times):.3f},{min(times):.3f}", flush=True)


if __name__ == "__main__":
    main()
