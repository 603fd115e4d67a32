#!/usr/bin/env python3
"""Checks distill-grid on this machine's GPU, with the PyTorch of this Python, neither Java nor a network at hand.

Every part runs in a process of its own: one that fails is reported with its error line, and the others go on. What was found
is written after every part to --output, as JSON, and printed as a table at the end. Ends with status 1 if a part failed.
PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR name another PyTorch for the JVM's side.
"""
import argparse
import concurrent.futures
import glob
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from found import Failed, Report, print_table, ratios

HERE = pathlib.Path(__file__).resolve().parent
PROBE = """
import json, os, torch
print(json.dumps({
    "version": torch.__version__, "library": os.path.join(os.path.dirname(torch.__file__), "lib"),
    "cuda": torch.version.cuda, "gpu": torch.cuda.get_device_name(0) if torch.cuda.is_available() else None}))
"""
FULL = {
    "steps": [("edsr-c64-b16", "fp"), ("edsr-c64-b16", "w4a4"), ("rcan-g10-b6", "fp"), ("swinir-c60-d6x6x6x6", "fp")],
    "batch": 16, "side": 48, "trial": "edsr-c16-b4", "trial_steps": 60, "memory_steps": 200, "seconds": 4.0, "rounds": 3,
}
QUICK = {
    "steps": [("edsr-c8-b2", "fp"), ("edsr-c8-b2", "w4a4"), ("rcan-c8-g1-b2-q4", "fp"), ("swinir-c8-d2-h2-t2", "fp")],
    "batch": 2, "side": 16, "trial": "edsr-c8-b2", "trial_steps": 4, "memory_steps": 8, "seconds": 0.05, "rounds": 1,
}


def last_line(text, otherwise):
    """Returns the line of a log that says why a process failed."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("error:", "# SIG", "# EXCEPTION")) or "terminate called" in line]
    return (errors or lines or [otherwise])[-1][:500]


def call(command, environment, seconds):
    """Returns what a process printed, or raises Failed."""
    try:
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=seconds,
                              check=False, text=True, cwd=HERE)
    except subprocess.TimeoutExpired:
        raise Failed(f"stopped after {seconds:.0f} s") from None
    except OSError as failure:
        raise Failed(str(failure)) from None
    if done.returncode != 0:
        raise Failed(last_line(done.stderr, f"ended with status {done.returncode}"))
    return done.stdout


def probe():
    """Returns what this Python's PyTorch is, or None and why there is none."""
    try:
        return json.loads(call([sys.executable, "-c", PROBE], dict(os.environ), 300)), None
    except Failed as failure:
        return None, str(failure)


def library_folders(library):
    """Returns the folders that hold CUDA's own libraries beside a PyTorch's."""
    packages = pathlib.Path(library).parent.parent
    beside = sorted(glob.glob(str(packages / "nvidia" / "*" / "lib")))
    system = sorted(glob.glob("/usr/local/cuda*/lib64")) + sorted(glob.glob("/usr/local/cuda*/targets/*/lib"))
    return [str(library)] + beside + system


class Jvm:
    """The JVM's side: which PyTorch it runs on, and how a part of the check is called."""

    def __init__(self, torch, work, deadline):
        self.library = os.environ.get("PYTORCH_LIBRARY_PATH") or torch["library"]
        self.version = os.environ.get("PYTORCH_VERSION") or torch["version"].split("+")[0]
        cuda = torch["cuda"] if torch and torch["gpu"] else None
        flavour = "cu" + cuda.replace(".", "") if cuda else "cpu"
        self.flavour = os.environ.get("PYTORCH_FLAVOR") or flavour
        self.device = "gpu" if self.flavour.startswith("cu") else "cpu"
        self.work = work
        self.deadline = deadline
        self.bridge = None

    def bridges(self):
        """Returns the builds of DJL's bridge to try: CUDA's, then the one that leaves devices to PyTorch, then one of our own."""
        names = ["cu128", "cpu", "source"] if self.device == "gpu" else ["cpu", "source"]
        return [name for name in names if (HERE / "native" / name).is_dir()]

    def install(self, bridge):
        """Puts a build of the bridge where DJL looks before it would download one; raises Failed if it cannot be built."""
        folder = HERE / "native" / bridge
        if bridge == "source":
            folder = self.compiled(folder)
        (built,) = folder.glob("*-libdjl_torch.so")
        folder = self.work / "djl" / "pytorch" / f"{self.version}-{self.flavour}-linux-x86_64"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(built, folder / built.name)
        self.bridge = bridge

    def compiled(self, source):
        """Returns a folder with the bridge compiled against this very PyTorch, whose objects differ from version to version."""
        headers = pathlib.Path(self.library).parent / "include"
        folders = [headers, headers / "torch" / "csrc" / "api" / "include", source]
        built = self.work / "bridge"
        built.mkdir(exist_ok=True)
        options = ["-std=gnu++20", "-O1", "-fPIC", "-w", *[f"-I{folder}" for folder in folders]]
        left = max(5.0, self.deadline - time.monotonic())

        def one(file):
            made = built / f"{file.stem}.o"
            call(["g++", *options, "-c", str(file), "-o", str(made)], dict(os.environ), left)
            return str(made)

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            objects = list(pool.map(one, sorted(source.glob("*.cc"))))
        version = next((HERE / "native").glob("*/*-libdjl_torch.so")).name
        call(["g++", "-shared", "-o", str(built / version), *objects, f"-L{self.library}", "-ltorch", "-ltorch_cpu", "-lc10"],
             dict(os.environ), left)
        return built

    def environment(self):
        """Returns the variables of its processes."""
        variables = dict(os.environ)
        folders = library_folders(self.library)
        variables.update(
            PYTORCH_LIBRARY_PATH=str(self.library), PYTORCH_VERSION=self.version, PYTORCH_FLAVOR=self.flavour,
            DJL_CACHE_DIR=str(self.work / "djl"), DJL_OFFLINE="true", OMP_NUM_THREADS="1",
            CUBLAS_WORKSPACE_CONFIG=":4096:8", MALLOC_ARENA_MAX="1", MALLOC_MMAP_THRESHOLD_="2000000000",
            MALLOC_TRIM_THRESHOLD_="8000000000", PYTORCH_LIBRARY_EXCLUSION=",".join(self.excluded()))
        variables["LD_LIBRARY_PATH"] = ":".join(folders + [variables.get("LD_LIBRARY_PATH", "")]).rstrip(":")
        return variables

    # DJL loads every library of the folder; those that are Python's or tests' come up without Python by chance only.
    def excluded(self):
        """Returns the libraries that PyTorch itself loads where it needs them."""
        names = [pathlib.Path(path).name for path in glob.glob(os.path.join(self.library, "*.so*"))]
        return [name for name in names if not re.fullmatch(r"lib(c10|torch|torch_cpu)\.so", name)]

    def run(self, part, *arguments):
        """Returns what a part found, or raises Failed."""
        left = self.deadline - time.monotonic()
        if left < 5:
            raise Failed("not run: out of time")
        command = [
            str(HERE / "java" / "bin" / "java"), "-Xmx2g", "-Djava.awt.headless=true", "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_threads=1", "-Dai.djl.pytorch.num_interop_threads=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", f"-XX:ErrorFile={self.work}/jvm-%p.log",
            "-Djna.library.path=" + ":".join(self.cudart()), "-cp", str(HERE / "jars" / "*"),
            "org.distillgrid.bench.GpuCheck", part, "--device", self.device, *[str(each) for each in arguments]]
        printed = call(command, self.environment(), min(left, 300))
        return json.loads(printed.strip().splitlines()[-1])

    def cudart(self):
        """Returns a folder in which CUDA's runtime bears the name that the JVM looks for, and where it came from."""
        folders = library_folders(self.library)
        found = [path for folder in folders for path in sorted(glob.glob(os.path.join(folder, "libcudart*.so*")))]
        if not found:
            return folders
        link = self.work / "cudart"
        link.mkdir(exist_ok=True)
        name = link / "libcudart.so"
        if not name.is_symlink():
            name.symlink_to(os.path.realpath(found[0]))
        return [str(link)] + folders


def smi():
    """Returns what nvidia-smi says of the GPUs; None without it."""
    query = ["nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"]
    try:
        return call(query, dict(os.environ), 30).strip().splitlines()
    except Failed:
        return None


def rivals(jvm, plan, kernels, deadline):
    """Returns the medians of PyTorch eager by case; an error is a text."""
    left = deadline - time.monotonic()
    if left < 5:
        raise Failed("not run: out of time")
    device = "cuda" if jvm.device == "gpu" else "cpu"
    cases = [f"{student}/{bits}" for student, bits in plan["steps"]]
    variables = dict(os.environ, CUBLAS_WORKSPACE_CONFIG=":4096:8", OMP_NUM_THREADS="1")
    printed = call(
        [sys.executable, str(HERE / "python" / "rival.py"), "--device", device, "--kernels", kernels, "--batch",
         str(plan["batch"]), "--side", str(plan["side"]), "--seconds", str(plan["seconds"]), "--cases", *cases],
        variables, min(left, 300))
    rows = [json.loads(line) for line in printed.splitlines()]
    return {row["case"]: row.get("median_ms", row.get("error")) for row in rows}


def load(jvm, report):
    """Loads the engine with the first build of the bridge that fits; returns whether there is one."""
    def tried(bridge):
        jvm.install(bridge)
        return jvm.run("engine")

    for bridge in jvm.bridges():
        if report.put(f"engine ({bridge})", lambda bridge=bridge: tried(bridge)):
            report.found["bridge"] = bridge
            report.found["device"] = jvm.device
            return True
    return False


def check(jvm, torch, report, plan, deadline):
    """Runs every part; the first rounds come before the others, so that little is missing where time runs out."""
    teacher = next((HERE / "teacher").iterdir())
    common = ["--teacher", teacher, "--images", HERE / "images", "--batch", plan["batch"], "--side", plan["side"]]
    trial = [*common, "--student", plan["trial"], "--steps", plan["trial_steps"]]
    report.put("forward", lambda: jvm.run("forward", *common))
    report.put("repeat", lambda: jvm.run("repeat", *trial))
    for n in range(plan["rounds"]):
        for student, bits in plan["steps"]:
            report.put(f"step {student}/{bits} #{n}", lambda student=student, bits=bits: jvm.run(
                "step", *common, "--student", student, "--bits", bits, "--seconds", plan["seconds"]))
        for kernels in ("exact", "default"):
            if torch:
                report.put(f"rival {kernels} #{n}", lambda kernels=kernels: rivals(jvm, plan, kernels, deadline))
        report.found["steps"] = ratios(report, plan)
        if n == 0:
            student, bits = plan["steps"][1]
            report.put("cohort", lambda: jvm.run("cohort", *trial))
            report.put("memory", lambda student=student, bits=bits: jvm.run(
                "memory", *common, "--student", student, "--bits", bits, "--steps", plan["memory_steps"]))


def main():
    """Runs the check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("gpu-check.json"))
    parser.add_argument("--quick", action="store_true", help="small networks, few steps: does it run at all?")
    parser.add_argument("--rounds", type=int, help="how often both sides are timed, in turn")
    parser.add_argument("--seconds", type=float, help="measured time of a case and round")
    parser.add_argument("--limit", type=float, default=540, help="seconds after which nothing more is begun")
    options = parser.parse_args()
    deadline = time.monotonic() + options.limit
    plan = dict(QUICK if options.quick else FULL)
    plan.update({key: value for key in ("rounds", "seconds") if (value := getattr(options, key)) is not None})
    report = Report(options.output.resolve())
    torch, missing = probe()
    report.found.update(torch=torch, nvidia_smi=smi(), plan=plan)
    if not torch:
        print(f"Leaving out PyTorch eager: {missing}", file=sys.stderr)
        report.found["eager"] = f"left out: {missing}"
        lacking = [name for name in ("PYTORCH_LIBRARY_PATH", "PYTORCH_VERSION", "PYTORCH_FLAVOR") if not os.environ.get(name)]
        if lacking:
            report.write()
            raise SystemExit(f"Cannot check: this Python has no PyTorch, and {lacking[0]} is not set")
    with tempfile.TemporaryDirectory(prefix="gpu-check-") as work:
        jvm = Jvm(torch, pathlib.Path(work), deadline)
        if load(jvm, report):
            check(jvm, torch, report, plan, deadline)
    report.write()
    if not print_table(report):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
