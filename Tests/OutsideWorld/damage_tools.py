"""Ways to damage a LeRobot dataset: every function makes one that takes the dataset's folder."""

import glob
import json
import os
import shutil

import av
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq


def table(file, edit):
    """Changes a Parquet file as a pyarrow table."""
    def damage(root):
        path = root / file
        pq.write_table(edit(pq.read_table(path)), path, compression="snappy")
    return damage


def column(file, name, change=None, drop=False, type=None):
    """Changes the list of a column's values, or drops the column, or casts it."""
    def edit(t):
        at = t.column_names.index(name)
        if drop:
            return t.drop_columns([name])
        values = t[name].to_pylist()
        values = change(values) if change else values
        kind = type or t.schema.field(at).type
        return t.set_column(at, pa.field(name, kind), pa.array(values, kind))
    return table(file, edit)


def rows(file, order):
    """Picks rows by a function of their number."""
    return table(file, lambda t: t.take(pa.array(order(t.num_rows))))


def document(file, change):
    """Changes a JSON file; what the change returns replaces it."""
    def damage(root):
        path = root / file
        value = json.loads(path.read_text())
        result = change(value)
        path.write_text(json.dumps(value if result is None else result, indent=4))
    return damage


def info(change):
    return document("meta/info.json", change)


def stats(change):
    return document("meta/stats.json", change)


def feature(name, **values):
    return info(lambda d: d["features"][name].update(values))


def coding(name, **values):
    return info(lambda d: d["features"][name]["info"].update({f"video.{k}": v for k, v in values.items()}))


def lines(file, change):
    """Changes a file of JSON lines as a list of objects."""
    def damage(root):
        path = root / file
        objects = [json.loads(line) for line in path.read_text().splitlines()]
        result = change(objects)
        path.write_text("".join(json.dumps(o) + "\n" for o in (objects if result is None else result)))
    return damage


def at(place, change):
    """A list with one value changed."""
    def edit(values):
        values = list(values)
        values[place] = change(values[place]) if callable(change) else change
        return values
    return edit


def remove(file):
    return lambda root: os.remove(root / file)


def copy(file, to):
    def damage(root):
        (root / to).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / file, root / to)
    return damage


def swap(first, second):
    def damage(root):
        os.rename(root / first, root / "swapped")
        os.rename(root / second, root / first)
        os.rename(root / "swapped", root / second)
    return damage


def write_bytes(file, change):
    """Changes a file's bytes."""
    def damage(root):
        path = root / file
        path.write_bytes(bytes(change(bytearray(path.read_bytes()))))
    return damage


def truncate(file, share):
    return write_bytes(file, lambda b: b[:int(len(b) * share)])


def create(file, text=""):
    def damage(root):
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text)
    return damage


def reencode(file, pictures=None, fps=None, size=None, times=None, gop="2"):
    """Encodes a video anew, its list of pictures changed."""
    def damage(root):
        path = str(root / file)
        with av.open(path) as source:
            stream = source.streams.video[0]
            frames = [f.to_ndarray(format="rgb24") for f in source.decode(stream)]
            rate = int(stream.average_rate)
        frames = pictures(frames) if pictures else frames
        with av.open(path + ".new.mp4", "w") as out:
            stream = out.add_stream("libx264", fps or rate, options={"crf": "15", "g": gop, "bf": "0"})
            stream.width, stream.height = size or (frames[0].shape[1], frames[0].shape[0])
            stream.pix_fmt = "yuv420p"
            if times:
                stream.codec_context.time_base = times(0)[1]
            for k, picture in enumerate(frames):
                frame = av.VideoFrame.from_ndarray(picture[:stream.height, :stream.width].copy(), format="rgb24")
                if times:
                    frame.pts, frame.time_base = times(k)
                for packet in stream.encode(frame):
                    out.mux(packet)
            for packet in stream.encode():
                out.mux(packet)
        os.replace(path + ".new.mp4", path)
    return damage


def videos(root, pattern="videos/*/chunk-000/file-000.mp4"):
    return sorted(glob.glob(str(root / pattern)))


def several(*damages):
    def damage(root):
        for one in damages:
            one(root)
    return damage


def black(frames):
    return [f * 0 for f in frames]


def shifted(frames):
    return [frames[0]] + frames[:-1]


def zeroed(start, count):
    """Zeros in the middle of a file."""
    def change(b):
        place = int(len(b) * start)
        b[place:place + count] = bytes(count)
        return b
    return change


NAN = float("nan")
asarray = np.asarray
