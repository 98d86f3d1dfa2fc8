"""`seedbed mix` beside `cp -r` of the same bytes, and beside LeRobot's own merge where it is installed, in one run.

usage: mix_against_copy.py SEEDBED DATASET [MEGABYTES]
DATASET is a v3.0 dataset; it is repeated until it has about so many megabytes (default 600). The rounds alternate; the
least wall time of each counts.
"""

import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

LEROBOT = os.environ.get("SEEDBED_LEROBOT_PYTHON", "/opt/lr312/bin/python")
MERGE = """
import sys, time, warnings, logging
warnings.simplefilter("ignore"); logging.disable(logging.WARNING)
from lerobot.datasets.lerobot_dataset import LeRobotDataset
from lerobot.datasets import dataset_tools as tools
sources = [LeRobotDataset(f"local/{i}", root=sys.argv[1]) for i in range(2)]
start = time.monotonic()
tools.merge_datasets(sources, "local/merged", sys.argv[2])
print("seconds", time.monotonic() - start)
"""


def size(path):
    return sum(p.stat().st_size for p in pathlib.Path(path).rglob("*") if p.is_file())


def timed(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    program, dataset = sys.argv[1:3]
    wanted = float(sys.argv[3]) if len(sys.argv) > 3 else 600
    with tempfile.TemporaryDirectory() as work:
        big, out = f"{work}/big", f"{work}/out"
        episodes = json.load(open(f"{dataset}/meta/info.json"))["total_episodes"]
        times = max(1, round(wanted * 2**20 / size(dataset)))
        subprocess.run([program, "mix", f"a={dataset}", "--ratio", "a=1", "--episodes", str(episodes * times), "--repeat",
                        "--out", big], check=True, stdout=subprocess.DEVNULL)
        megabytes = size(big) / 2**20
        best = {}
        for _ in range(5):
            for name, command in [("cp -r", ["cp", "-r", big, out]), ("seedbed mix", [program, "mix", f"a={big}", "--out", out])]:
                wall, cpu = timed(command)
                best[name] = min(best.get(name, (1e9, 1e9)), (wall, cpu))
                shutil.rmtree(out)
        for name, (wall, cpu) in best.items():
            print(f"{name:12} {wall:7.3f} s wall, {cpu:6.3f} s CPU, {megabytes / wall:7.0f} MB/s")
        print(f"mix runs at {100 * best['cp -r'][0] / best['seedbed mix'][0]:.0f} % of the copy's speed ({megabytes:.0f} MB)")
        peak = subprocess.run(
            [sys.executable, "-c", "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, "
             "stderr=subprocess.DEVNULL, check=True); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)",
             program, "mix", f"a={big}", "--out", out], check=True, capture_output=True, text=True).stdout.strip()
        print(f"memory {peak} MB")
        if not os.path.exists(LEROBOT):
            return
        shutil.rmtree(out)
        wall, _ = timed([program, "mix", f"a={big}", f"b={big}", "--out", out])
        done = subprocess.run([LEROBOT, "-c", MERGE, big, f"{work}/merged"], check=True, capture_output=True, text=True,
                              env={**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": f"{work}/hf"})
        merge = float(done.stdout.split("seconds")[-1])
        print(f"two of them: seedbed mix {wall:.2f} s, LeRobot's merge {merge:.2f} s (loading apart): {merge / wall:.1f} x")


main()
