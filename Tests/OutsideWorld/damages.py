"""Damages that `validate` must find. KNOWN are those that shared/tools/break_dataset.py makes; the others are our own."""

from fractions import Fraction

import numpy as np
import pyarrow as pa

from damage_tools import *

D = "data/chunk-000/file-000.parquet"
D1 = "data/chunk-000/file-001.parquet"
E = "meta/episodes/chunk-000/file-000.parquet"
T = "meta/tasks.parquet"
F, W = "observation.images.front", "observation.images.wrist"
V = f"videos/{F}/chunk-000/file-000.mp4"
V1 = f"videos/{F}/chunk-000/file-001.mp4"
VW = f"videos/{W}/chunk-000/file-000.mp4"


def strip_footer(t):
    return t.replace_schema_metadata({})


# Of a v3.0 dataset with all episodes in one file.
KNOWN = {
    "info not JSON": write_bytes("meta/info.json", lambda b: b + b"}"),
    "version v1.6": info(lambda d: d.update(codebase_version="v1.6")),
    "fps halved in info": info(lambda d: d.update(fps=15)),
    "total_frames +1": info(lambda d: d.update(total_frames=d["total_frames"] + 1)),
    "total_episodes -1": info(lambda d: d.update(total_episodes=d["total_episodes"] - 1)),
    "shape of state": feature("observation.state", shape=[6]),
    "dtype of state": feature("observation.state", dtype="float64"),
    "image size in info": feature(F, shape=[24, 32, 3]),
    "feature without data": info(lambda d: d["features"].update(foo={"dtype": "float32", "shape": [1], "names": None})),
    "declared camera without video": info(lambda d: d["features"].update({"observation.images.x": d["features"][F]})),
    "tasks without pandas index": table(T, strip_footer),
    "tasks reversed": rows(T, lambda n: [1, 0]),
    "tasks.parquet missing": remove(T),
    "stats.json missing": remove("meta/stats.json"),
    "episodes truncated (crash)": truncate(E, 0.6),
    "data truncated (crash)": truncate(D, 0.6),
    "video truncated": truncate(V, 0.6),
    "video missing": remove(V),
    "last 3 rows lost": rows(D, lambda n: range(n - 3)),
    "episode order swapped": rows(E, lambda n: [1, 0, *range(2, n)]),
    "episode length wrong": column(E, "length", at(1, lambda x: x + 1)),
    "dataset_from_index wrong": column(E, "dataset_from_index", at(2, lambda x: x + 1)),
    "from_timestamp one frame off": column(E, f"videos/{F}/from_timestamp", at(2, lambda x: x + 1 / 30)),
    "from_timestamp drift 1 ms": column(E, f"videos/{F}/from_timestamp", at(3, lambda x: x + 1e-3)),
    "episode task unknown": column(E, "tasks", at(0, ["something else"])),
    "data file_index wrong": column(E, "data/file_index", at(4, 7)),
    "video file_index wrong": column(E, f"videos/{F}/file_index", at(4, 7)),
    "column index jumps": column(D, "index", at(50, lambda x: x + 1000)),
    "episode_index wrong": column(D, "episode_index", at(0, 3)),
    "frame_index repeats": column(D, "frame_index", at(5, 4)),
    "timestamp jitter 2 ms": column(D, "timestamp", at(7, lambda x: x + 0.002)),
    "timestamp wall-clock": column(D, "timestamp", lambda v: [x + 1.7e4 for x in v]),
    "task_index out of table": column(D, "task_index", at(3, 9)),
    "task_index swapped": column(D, "task_index", at(3, lambda x: 1 - x)),
    "NaN in action": column(D, "action", at(9, [NAN] * 7)),
    "null action": column(D, "action", at(9, None)),
    "undeclared data column": table(D, lambda t: t.append_column("sim.hidden", pa.array([1] * t.num_rows))),
    "missing data column": column(D, "action", drop=True),
    "state changed (stats stale)": column(D, "observation.state", at(11, [50.0] * 7)),
    "stats mean wrong": stats(lambda d: d["action"].update(mean=[1.0] * 7)),
    "stats count wrong": stats(lambda d: d["action"].update(count=[1])),
    "stats lack a feature": stats(lambda d: d.pop("action") and None),
    "image stats 0..255": stats(lambda d: d[F].update(max=[[[255.0]]] * 3)),
    "image stats flat": stats(lambda d: d[F].update(mean=[0.5, 0.5, 0.5])),
    "per-episode stats wrong": column(E, "stats/action/max", at(0, [9.0] * 7)),
    "image stats of another episode": column(E, f"stats/{F}/mean", at(0, [[[0.9]]] * 3)),
    "video lost a frame": reencode(V, lambda f: f[:40] + f[41:]),
    "video at 25 fps": reencode(V, fps=25),
    "video half size": reencode(V, size=(32, 24)),
    "video black": reencode(V, black),
    "cameras swapped": swap(V, VW),
    "left-over temp file": create(V + ".tmp", "x"),
    "empty parquet file": create(D1),
}


def next_to_last(t):
    """The last row but one twice, the last one lost."""
    return t.take(pa.array([*range(t.num_rows - 1), t.num_rows - 2]))


def exchanged(t):
    """Two columns' contents in each other's place."""
    names = ["action" if n == "observation.state" else "observation.state" if n == "action" else n for n in t.column_names]
    return t.rename_columns(names).select(t.column_names)


def ragged(t):
    values = t["action"].to_pylist()
    values[4] = values[4][:6]
    return t.set_column(t.column_names.index("action"), "action", pa.array(values, pa.list_(pa.float32())))


def narrow(t):
    values = [v[:6] for v in t["action"].to_pylist()]
    return t.set_column(t.column_names.index("action"), "action", pa.array(values, pa.list_(pa.float32(), 6)))


def half_late(k):
    return (2 * k + (1 if k == 9 else 0), Fraction(1, 60))


# Of a v3.0 dataset with two episodes in each file.
TABLES = {
    "fps is a text": info(lambda d: d.update(fps="30")),
    "fps is 0": info(lambda d: d.update(fps=0)),
    "fps is 29.97": info(lambda d: d.update(fps=29.97)),
    "features missing": info(lambda d: d.pop("features") and None),
    "info is a list": info(lambda d: [d]),
    "total_tasks +1": info(lambda d: d.update(total_tasks=3)),
    "total_frames negative": info(lambda d: d.update(total_frames=-1)),
    "chunks_size 0": info(lambda d: d.update(chunks_size=0)),
    "data_path without a number": info(lambda d: d.update(data_path="data/chunk-000/file-000.parquet")),
    "data_path leads out": info(lambda d: d.update(data_path="../" + d["data_path"])),
    "video_path null": info(lambda d: d.update(video_path=None)),
    "robot_type a number": info(lambda d: d.update(robot_type=7)),
    "split behind the end": info(lambda d: d.update(splits={"train": "0:50"})),
    "one name too few": feature("action", names=["a", "b", "c", "d", "e", "f"]),
    "unknown dtype": feature("action", dtype="float31"),
    "shape with a zero": feature("action", shape=[0]),
    "shape beyond all numbers": feature("action", shape=[2, 2**63 - 1]),
    "episodes beyond all numbers": info(lambda d: d.update(total_episodes=10**30)),
    "picture names null": feature(F, names=None),
    "picture names in another order": feature(F, names=["channels", "height", "width"]),
    "codec in info": coding(F, codec="hevc"),
    "pixel format in info": coding(F, pix_fmt="yuv444p10le"),
    "video rate in info": coding(F, fps=25),
    "video width in info": coding(F, width=640),
    "timestamp not declared": info(lambda d: d["features"].pop("timestamp") and None),
    "index of 32 bits": column(D, "index", type=pa.int32()),
    "timestamp of 64 bits": column(D, "timestamp", type=pa.float64()),
    "flag as a number": column(D, "next.done", lambda v: [int(x) for x in v], type=pa.int64()),
    "one action of 6 numbers": table(D, ragged),
    "all actions of 6 numbers": table(D, narrow),
    "a row twice": table(D, next_to_last),
    "two rows exchanged": rows(D, lambda n: [0, 2, 1, *range(3, n)]),
    "episodes exchanged in the table": rows(D, lambda n: [*range(20, n), *range(20)]),
    "timestamps one frame late": column(D, "timestamp", lambda v: [x + 1 / 30 for x in v]),
    "timestamps go on over episodes": column(D, "timestamp", lambda v: [i / 30 for i in range(len(v))]),
    "infinite state": column(D, "observation.state", at(3, [float("inf")] * 7)),
    "null flag": column(D, "next.done", at(3, None)),
    "null text": column(D, "note", at(3, None)),
    "an episode's actions are 0": column(D, "action", lambda v: [[0.0] * 7] * 20 + v[20:]),
    "state and action exchanged": table(D, exchanged),
    "index begins at 1": column(D, "index", lambda v: [x + 1 for x in v]),
    "negative task_index": column(D, "task_index", at(0, -1)),
    "data files exchanged": swap(D, D1),
    "data file missing": remove(D1),
    "data file a stranger": copy(D, "data/chunk-000/file-007.parquet"),
    "data file in another chunk": several(copy(D1, "data/chunk-001/file-001.parquet"), remove(D1)),
    "video a stranger": copy(V, f"videos/{F}/chunk-000/file-007.mp4"),
    "episodes' file a stranger": copy(E, "meta/episodes/chunk-000/file-001.parquet"),
    "last episode's row lost": rows(E, lambda n: range(n - 1)),
    "an episode's row twice": rows(E, lambda n: [*range(n), n - 1]),
    "length null": column(E, "length", at(2, None)),
    "length 0": column(E, "length", at(2, 0)),
    "from_timestamp NaN": column(E, f"videos/{F}/from_timestamp", at(2, NAN)),
    "to_timestamp wrong": column(E, f"videos/{F}/to_timestamp", at(3, lambda x: x - 0.5)),
    "video chunk_index wrong": column(E, f"videos/{F}/chunk_index", at(1, 1)),
    "data chunk_index wrong": column(E, "data/chunk_index", at(1, 1)),
    "meta file_index wrong": column(E, "meta/episodes/file_index", at(1, 1)),
    "episodes lack a column": column(E, "dataset_to_index", drop=True),
    "episode without task": column(E, "tasks", at(1, [])),
    "task twice": column(T, "task", lambda v: [v[0], v[0]]),
    "task null": column(T, "task", at(1, None)),
    "task numbers from 1": column(T, "task_index", lambda v: [x + 1 for x in v]),
    "episode's deviation 0": column(E, "stats/action/std", at(2, [0.0] * 7)),
    "episode's mean NaN": column(E, "stats/action/mean", at(2, [NAN] * 7)),
    "episode's minimum null": column(E, "stats/action/min", at(2, None)),
    "episode's count wrong": column(E, "stats/action/count", at(2, [7])),
    "episode's quantile out of range": column(E, "stats/action/q50", at(2, [99.0] * 7)),
    "picture deviation negative": column(E, f"stats/{F}/std", at(1, [[[-0.1]]] * 3)),
    "picture deviation of another": column(E, f"stats/{F}/std", at(1, [[[0.01]]] * 3)),
    "picture maximum too small": column(E, f"stats/{F}/max", lambda v: [[[[0.45]], [[0.4]], [[0.3]]]] * len(v)),
    "quantiles out of order": stats(lambda d: d["action"].update(q10=d["action"]["q90"], q90=d["action"]["q10"])),
    "stats NaN": stats(lambda d: d["action"].update(std=[NAN] * 7)),
    "stats cut off": truncate("meta/stats.json", 0.5),
    "picture mean of the whole": stats(lambda d: d[F].update(mean=(asarray(d[F]["mean"]) + 0.1).tolist())),
    "video files exchanged": swap(V, V1),
    "video a frame late": reencode(V, shifted),
    "video a frame too many": reencode(V, lambda f: f + f[-1:]),
    "video of one still": reencode(V, lambda f: f[:1] * len(f)),
    "video darker": reencode(V, lambda f: [(x * 0.6).astype("uint8") for x in f]),
    "video's colours exchanged": reencode(V, lambda f: [x[:, :, ::-1] for x in f]),
    "one picture half a frame late": reencode(V, times=half_late, fps=30),
    "zeros in a video": write_bytes(V, zeroed(0.4, 400)),
    "video is a text": create(V, "not a video"),
    "video is empty": create(V),
    "video is a folder": lambda r: (os.remove(r / V), os.mkdir(r / V)),
    "zeros in a table": write_bytes(D, zeroed(0.3, 300)),
    "table cut by a byte": write_bytes(D, lambda b: b[:-1]),
    "table's footer length lies": write_bytes(D, lambda b: b[:-8] + b"\xff\xff\x00\x00" + b[-4:]),
    "lock left over": create("data/chunk-000/file-000.parquet.lock", "1"),
}


def episode_file(k):
    return f"data/chunk-000/episode_{k:06d}.parquet"


def episode_video(k, camera=F):
    return f"videos/chunk-000/{camera}/episode_{k:06d}.mp4"


def with_stats(k, feature, **values):
    return lines("meta/episodes_stats.jsonl", lambda o: o[k]["stats"][feature].update(values))


def exchange_stats(objects):
    objects[1]["stats"], objects[3]["stats"] = objects[3]["stats"], objects[1]["stats"]


# Of a v2.1 dataset.
LINES = {
    "total_videos wrong": info(lambda d: d.update(total_videos=5)),
    "total_chunks wrong": info(lambda d: d.update(total_chunks=3)),
    "total_episodes +1": info(lambda d: d.update(total_episodes=6)),
    "chunks_size 2": info(lambda d: d.update(chunks_size=2)),
    "version says v3.0": info(lambda d: d.update(codebase_version="v3.0")),
    "last episode's line lost": lines("meta/episodes.jsonl", lambda o: o[:-1]),
    "an episode's line twice": lines("meta/episodes.jsonl", lambda o: o + o[-1:]),
    "episodes cut in a line": write_bytes("meta/episodes.jsonl", lambda b: b[:-20]),
    "episodes.jsonl missing": remove("meta/episodes.jsonl"),
    "length wrong": lines("meta/episodes.jsonl", lambda o: o[2].update(length=25)),
    "length missing": lines("meta/episodes.jsonl", lambda o: o[2].pop("length") and None),
    "task of the row unknown": lines("meta/episodes.jsonl", lambda o: o[2].update(tasks=["sing"])),
    "tasks out of order": lines("meta/tasks.jsonl", lambda o: o[::-1]),
    "tasks.jsonl missing": remove("meta/tasks.jsonl"),
    "a task too many": lines("meta/tasks.jsonl", lambda o: o + [{"task_index": 2, "task": "x"}]),
    "statistics' line lost": lines("meta/episodes_stats.jsonl", lambda o: o[:2] + o[3:]),
    "statistics missing": remove("meta/episodes_stats.jsonl"),
    "statistics exchanged": lines("meta/episodes_stats.jsonl", exchange_stats),
    "statistics wrong": with_stats(1, "action", max=[9.0] * 7),
    "statistics' count wrong": with_stats(1, "action", count=[3]),
    "statistics NaN": with_stats(1, "action", mean=[NAN] * 7),
    "picture statistics 0..255": with_stats(1, F, max=[[[255.0]]] * 3),
    "picture mean wrong": with_stats(1, F, mean=[[[0.9]], [[0.1]], [[0.5]]]),
    "table missing": remove(episode_file(2)),
    "tables exchanged": swap(episode_file(2), episode_file(3)),
    "table a stranger": copy(episode_file(2), episode_file(9)),
    "table is empty": create(episode_file(2)),
    "a row lost": rows(episode_file(2), lambda n: range(n - 1)),
    "episode_index of another": column(episode_file(2), "episode_index", lambda v: [3] * len(v)),
    "index begins anew": column(episode_file(2), "index", lambda v: list(range(len(v)))),
    "timestamps of the whole": column(episode_file(2), "timestamp", lambda v: [x + 1.5 for x in v]),
    "task_index too high": column(episode_file(2), "task_index", lambda v: [2] * len(v)),
    "state changed": column(episode_file(2), "observation.state", at(3, [9.0] * 7)),
    "video gone": remove(episode_video(2)),
    "videos of two episodes exchanged": swap(episode_video(2), episode_video(3)),
    "videos of two cameras exchanged": swap(episode_video(2), episode_video(2, W)),
    "video a stranger": copy(episode_video(2), episode_video(9)),
    "video a frame short": reencode(episode_video(2), lambda f: f[1:]),
    "video cut off": truncate(episode_video(2), 0.7),
    "video without a picture": reencode(episode_video(2), black),
}
