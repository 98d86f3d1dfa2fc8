"""Writes small LeRobot datasets, v3.0 and v2.1, as other recorders write them: pyarrow, NumPy and PyAV, nothing of ours.

usage: foreign_dataset.py OUT [v3.0|v2.1] [episodes a file]
"""

import json
import pathlib
import sys

import av
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

FPS, WIDTH, HEIGHT = 30, 64, 48
CAMERAS = ["observation.images.front", "observation.images.wrist"]
TASKS = ["pick the cube", "place the cube"]
JOINTS = [f"j{i}.pos" for i in range(1, 7)] + ["gripper.pos"]
QUANTILES = {"q01": 0.01, "q10": 0.10, "q50": 0.50, "q90": 0.90, "q99": 0.99}
STANDARD = ["timestamp", "frame_index", "episode_index", "index", "task_index"]


def features():
    info = {
        "video.height": HEIGHT, "video.width": WIDTH, "video.codec": "h264", "video.pix_fmt": "yuv420p",
        "video.fps": FPS, "video.channels": 3, "has_audio": False, "is_depth_map": False,
    }
    numbers = {
        "observation.state": {"dtype": "float32", "shape": [7], "names": JOINTS},
        "action": {"dtype": "float32", "shape": [7], "names": JOINTS},
        "next.done": {"dtype": "bool", "shape": [1], "names": None},
        "note": {"dtype": "string", "shape": [1], "names": None},
    }
    pictures = {
        key: {"dtype": "video", "shape": [HEIGHT, WIDTH, 3], "names": ["height", "width", "channels"], "info": info}
        for key in CAMERAS
    }
    types = ["float32"] + ["int64"] * 4
    standard = {k: {"dtype": t, "shape": [1], "names": None} for k, t in zip(STANDARD, types)}
    return {**numbers, **pictures, **standard}


def episode(k, first):
    """Columns of one episode, and each camera's pictures."""
    rng = np.random.default_rng(k)
    n = 20 + 3 * k
    t = np.arange(n)
    state = (np.sin(t[:, None] / 7 + rng.uniform(0, 6, 7)) * rng.uniform(0.5, 2, 7)).astype(np.float32)
    columns = {
        "observation.state": state,
        "action": (state + rng.normal(0, 0.05, state.shape)).astype(np.float32),
        "next.done": t == n - 1,
        "note": np.array([f"episode {k} frame {i}" for i in t]),
        "timestamp": (t / FPS).astype(np.float32),
        "frame_index": t.astype(np.int64),
        "episode_index": np.full(n, k, np.int64),
        "index": t + first,
        "task_index": np.full(n, k % 2, np.int64),
    }
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    pictures = {}
    for c, key in enumerate(CAMERAS):
        base = np.stack([x * 2 + 30 * k, y * 3 + 20 * c, np.full((HEIGHT, WIDTH), 60 + 90 * c)], -1)
        moving = np.hypot(x - (8 + 2 * t)[:, None, None], y - 20 - 4 * k) < 8
        pictures[key] = np.where(moving[..., None], [230, 200 - 40 * c, 40], base).clip(0, 255).astype(np.uint8)
    return columns, pictures


def statistics(values):
    """Of frames x dimensions, or of pictures."""
    if values.dtype == np.uint8:
        flat = values.reshape(-1, 3) / 255
        shaped, count = (lambda v: v.reshape(3, 1, 1).tolist()), len(values)
    else:
        flat = values.reshape(len(values), -1).astype(float)
        shaped, count = (lambda v: v.tolist()), len(values)
    kinds = {"min": flat.min(0), "max": flat.max(0), "mean": flat.mean(0), "std": flat.std(0)}
    kinds.update({name: np.quantile(flat, q, axis=0) for name, q in QUANTILES.items()})
    return {**{name: shaped(np.asarray(v)) for name, v in kinds.items()}, "count": [count]}


def total(parts):
    """LeRobot's way to put episodes' statistics together."""
    counts = np.array([p["count"][0] for p in parts], float)
    def stack(name): return np.stack([np.asarray(p[name], float) for p in parts])
    def weighed(v): return np.tensordot(counts / counts.sum(), v, 1)
    mean = weighed(stack("mean"))
    variance = weighed(stack("std") ** 2 + (stack("mean") - mean) ** 2)
    result = {"min": stack("min").min(0), "max": stack("max").max(0), "mean": mean, "std": np.sqrt(variance)}
    result.update({name: weighed(stack(name)) for name in QUANTILES})
    return {**{k: v.tolist() for k, v in result.items()}, "count": [int(counts.sum())]}


def write_video(path, pictures, codec="libx264", options=None):
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, FPS, options=options or {"crf": "15", "g": "2", "bf": "0"})
        stream.width, stream.height, stream.pix_fmt = pictures.shape[2], pictures.shape[1], "yuv420p"
        for picture in pictures:
            for packet in stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")):
                out.mux(packet)
        for packet in stream.encode():
            out.mux(packet)


def table(columns):
    arrays, names = [], []
    for name, values in columns.items():
        names.append(name)
        if values.ndim == 2:
            flat = pa.array(values.reshape(-1))
            arrays.append(pa.FixedSizeListArray.from_arrays(flat, values.shape[1]))
        else:
            arrays.append(pa.array(values))
    return pa.table(arrays, names=names)


def write_json(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=4))


def write(out, version="v3.0", per_file=5, episodes=5):
    out = pathlib.Path(out)
    made, first = [], 0
    for k in range(episodes):
        columns, pictures = episode(k, first)
        made.append((columns, pictures, first))
        first += len(columns["index"])
    stats = [
        {name: statistics(v) for name, v in {**columns, **pictures}.items() if name != "note"}
        for columns, pictures, _ in made
    ]
    info = {
        "codebase_version": version, "robot_type": "so101_follower", "total_episodes": episodes, "total_frames": first,
        "total_tasks": len(TASKS), "chunks_size": 1000, "fps": FPS, "splits": {"train": f"0:{episodes}"},
        "features": features(),
    }
    if version == "v2.1":
        write_v21(out, info, made, stats)
    else:
        write_v30(out, info, made, stats, per_file)
    return out


def write_v21(out, info, made, stats):
    info.update(
        total_videos=len(made) * len(CAMERAS), total_chunks=1,
        data_path="data/chunk-{episode_chunk:03d}/episode_{episode_index:06d}.parquet",
        video_path="videos/chunk-{episode_chunk:03d}/{video_key}/episode_{episode_index:06d}.mp4")
    write_json(out / "meta/info.json", info)
    lines = {"tasks": [], "episodes": [], "episodes_stats": []}
    lines["tasks"] = [{"task_index": i, "task": task} for i, task in enumerate(TASKS)]
    for k, (columns, pictures, _) in enumerate(made):
        lines["episodes"].append({"episode_index": k, "tasks": [TASKS[k % 2]], "length": len(columns["index"])})
        kept = {f: {kind: v for kind, v in s.items() if kind not in QUANTILES} for f, s in stats[k].items()}
        lines["episodes_stats"].append({"episode_index": k, "stats": kept})
        path = out / f"data/chunk-000/episode_{k:06d}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table(columns), path)
        for key in CAMERAS:
            write_video(out / f"videos/chunk-000/{key}/episode_{k:06d}.mp4", pictures[key])
    for name, objects in lines.items():
        (out / f"meta/{name}.jsonl").write_text("".join(json.dumps(o) + "\n" for o in objects))


def write_v30(out, info, made, stats, per_file):
    info.update(
        data_files_size_in_mb=100, video_files_size_in_mb=200,
        data_path="data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet",
        video_path="videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4")
    write_json(out / "meta/info.json", info)
    write_json(out / "meta/stats.json", {f: total([s[f] for s in stats]) for f in stats[0]})
    write_tasks(out / "meta/tasks.parquet")
    rows = []
    for start in range(0, len(made), per_file):
        group, number, at = made[start:start + per_file], start // per_file, 0
        path = out / f"data/chunk-000/file-{number:03d}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        tables = [table(columns) for columns, _, _ in group]
        with pq.ParquetWriter(path, tables[0].schema, compression="snappy") as writer:
            for part in tables:
                writer.write_table(part)
        for key in CAMERAS:
            pictures = np.concatenate([p[key] for _, p, _ in group])
            write_video(out / f"videos/{key}/chunk-000/file-{number:03d}.mp4", pictures)
        for columns, _, first in group:
            k, n = len(rows), len(columns["index"])
            row = {
                "episode_index": k, "tasks": [TASKS[k % 2]], "length": n, "data/chunk_index": 0,
                "data/file_index": number, "dataset_from_index": first, "dataset_to_index": first + n,
            }
            for key in CAMERAS:
                row[f"videos/{key}/chunk_index"], row[f"videos/{key}/file_index"] = 0, number
                row[f"videos/{key}/from_timestamp"], row[f"videos/{key}/to_timestamp"] = at / FPS, (at + n) / FPS
            at += n
            for feature, s in stats[k].items():
                row.update({f"stats/{feature}/{kind}": value for kind, value in s.items()})
            row["meta/episodes/chunk_index"], row["meta/episodes/file_index"] = 0, 0
            rows.append(row)
    path = out / "meta/episodes/chunk-000/file-000.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=2)


def write_tasks(path):
    column = {"metadata": None}
    pandas = {
        "index_columns": ["task"], "column_indexes": [], "pandas_version": "2.3.3", "columns": [
            {"name": "task_index", "field_name": "task_index", "pandas_type": "int64", "numpy_type": "int64", **column},
            {"name": "task", "field_name": "task", "pandas_type": "unicode", "numpy_type": "object", **column}]}
    tasks = pa.table({"task_index": pa.array(range(len(TASKS)), pa.int64()), "task": TASKS})
    pq.write_table(tasks.replace_schema_metadata({"pandas": json.dumps(pandas)}), path)


if __name__ == "__main__":
    write(sys.argv[1], *sys.argv[2:3], **({"per_file": int(sys.argv[3])} if len(sys.argv) > 3 else {}))
