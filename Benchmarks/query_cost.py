"""`seedbed query` over the metadata of many episodes, beside pyarrow doing the same filter in the same run.

usage: query_cost.py PROGRAM FOLDER [EPISODES]
Writes two datasets of metadata only into FOLDER (kept for the next run): `whole`, one file with large row groups as pyarrow
writes it, and `groups`, files with row groups of 1,000 rows and statistics of features, as recorders write them.
"""

import json
import pathlib
import subprocess
import sys
import time

import numpy as np
import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet as pq

CAUSES = np.array(["none", "slipped", "dropped", "missed", "timeout"])
CONDITION = "success && failure.cause == none && draw.objects/cube/mass > 0.15"
EXPRESSION = (
    (pa.dataset.field("success") == True)  # noqa: E712
    & (pa.dataset.field("failure.cause") == "none")
    & (pa.dataset.field("draw.objects/cube/mass") > 0.15)
)


def rows(start, count, with_statistics):
    random = np.random.default_rng(start)
    index = np.arange(start, start + count)
    cause = CAUSES[random.choice(5, count, p=[0.8, 0.05, 0.05, 0.05, 0.05])]
    tasks = pa.ListArray.from_arrays(
        pa.array(np.arange(count + 1), pa.int32()), pa.array(np.array(["pick the cube", "place it"])[index % 2]))
    columns = {"episode_index": index, "tasks": tasks, "length": random.integers(100, 300, count)}
    for name in ["data/chunk_index", "data/file_index", "dataset_from_index", "dataset_to_index"]:
        columns[name] = index
    if with_statistics:
        for feature in ["action", "observation.state"]:
            for kind in ["min", "max", "mean", "std"]:
                columns[f"stats/{feature}/{kind}"] = pa.ListArray.from_arrays(
                    pa.array(np.arange(0, 7 * count + 1, 7), pa.int32()), pa.array(random.random(7 * count)))
    columns |= {
        "origin": np.full(count, "sim"),
        "sim.seed": np.full(count, 1),
        "sim.scene_sha256": np.full(count, "ab" * 32),
        "sim.state_hash": np.array([f"{v:032x}" for v in random.integers(0, 1 << 62, count)]),
        "success": cause == "none",
        "failure.cause": cause,
        "draw.objects/cube/mass": random.uniform(0.05, 0.2, count),
        "draw.objects/cube/friction": random.uniform(0.3, 1.2, count),
    }
    return pa.table(columns)


def write(root, episodes, group, per_file, with_statistics):
    if (root / "meta" / "info.json").exists():
        return
    (root / "meta" / "episodes" / "chunk-000").mkdir(parents=True)
    for file, start in enumerate(range(0, episodes, per_file)):
        path = root / "meta" / "episodes" / "chunk-000" / f"file-{file:03d}.parquet"
        writer = None
        for at in range(start, min(start + per_file, episodes), group):
            table = rows(at, min(group, episodes - at, start + per_file - at), with_statistics)
            writer = writer or pq.ParquetWriter(path, table.schema, compression="snappy", use_dictionary=True)
            writer.write_table(table, row_group_size=group)
        writer.close()
    info = {
        "codebase_version": "v3.0", "fps": 30, "features": {}, "total_episodes": episodes, "total_frames": 200 * episodes,
        "total_tasks": 2, "chunks_size": 1000, "data_files_size_in_mb": 100, "video_files_size_in_mb": 200,
        "data_path": "data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet", "video_path": None,
        "robot_type": None, "splits": {"train": f"0:{episodes}"},
    }
    (root / "meta" / "info.json").write_text(json.dumps(info))


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    episodes = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    for name, group, per_file, with_statistics in [
        ("whole", 1 << 20, episodes, False), ("groups", 1000, 100_000, True)]:
        root = folder / f"{name}-{episodes}"
        write(root, episodes, group, per_file, with_statistics)
        best = {}
        for _ in range(3):
            start = time.perf_counter()
            counted = pa.dataset.dataset(root / "meta" / "episodes").count_rows(filter=EXPRESSION)
            best["pyarrow"] = min(best.get("pyarrow", 1e9), time.perf_counter() - start)
            start = time.perf_counter()
            ours = subprocess.run(
                [program, "query", str(root), CONDITION, "--count"], capture_output=True, text=True, check=True).stdout
            best["seedbed"] = min(best.get("seedbed", 1e9), time.perf_counter() - start)
            assert int(ours) == counted, (ours, counted)
        # From a small process: a child's peak counts what its parent had when it was started.
        peak = int(subprocess.run(
            [sys.executable, "-c", "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, "
             "check=True); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)",
             program, "query", str(root), CONDITION, "--count"], capture_output=True, text=True, check=True).stdout)
        print(
            f"{name}: {episodes} episodes, 3 predicates, {counted} found: seedbed {best['seedbed']:.3f} s (whole process, "
            f"{peak} MB), pyarrow {best['pyarrow']:.3f} s (without its start), ratio "
            f"{best['seedbed'] / best['pyarrow']:.2f}")


main()
