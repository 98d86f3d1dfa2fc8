"""Recordings as other programs write them: ROS 2 in MCAP, RLDS in TFRecord, demonstrations in HDF5."""

import io
import json
import struct

import numpy as np
from PIL import Image


def picture(t, height=48, width=64):
    """Told apart by its time even after lossy coding: four bright columns from 2 t + 2 on."""
    pixels = np.full((height, width, 3), 30, np.uint8)
    pixels[:, 2 * t + 2 : 2 * t + 6] = 220
    return pixels


def coded(pixels, form="JPEG"):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, form, **({"quality": 95} if form == "JPEG" else {}))
    return out.getvalue()


# ROS 2: the plain CDR of OMG.


class CDR(bytearray):
    def __init__(self, time):
        super().__init__(b"\0\1\0\0")
        self.number(time // 10**9).number(time % 10**9).text("base")

    def number(self, value):
        self.align(4)
        self += struct.pack("<I", value)
        return self

    def align(self, size):
        while (len(self) - 4) % size:
            self.append(0)

    def text(self, value):
        data = value.encode() + b"\0"
        self.number(len(data))
        self += data
        return self

    def doubles(self, values):
        self.number(len(values))
        if len(values):
            self.align(8)
            self += struct.pack(f"<{len(values)}d", *values)
        return self


def joints(time, names, position, velocity=(), effort=()):
    message = CDR(time).number(len(names))
    for name in names:
        message.text(name)
    return "sensor_msgs/msg/JointState", time, bytes(message.doubles(position).doubles(velocity).doubles(effort))


def image(time, pixels):
    data = coded(pixels)
    return "sensor_msgs/msg/CompressedImage", time, bytes(CDR(time).text("jpeg").number(len(data))) + data


def write_mcap(path, messages):
    """Messages (topic, (type, time, data)) in the order given."""
    from mcap.writer import Writer

    with open(path, "wb") as stream:
        writer = Writer(stream)
        writer.start("ros2", "test")
        channels = {}
        for topic, (kind, time, data) in messages:
            if topic not in channels:
                channels[topic] = writer.register_channel(topic, "cdr", writer.register_schema(kind, "ros2msg", b"# x"))
            writer.add_message(channels[topic], time, data, time)
        writer.finish()


# RLDS, as TensorFlow Datasets writes it.

CASTAGNOLI = []
for _i in range(256):
    for _ in range(8):
        _i = (_i >> 1) ^ 0x82F63B78 if _i & 1 else _i >> 1
    CASTAGNOLI.append(_i)


def checksum(data):
    value = 0xFFFFFFFF
    for byte in data:
        value = CASTAGNOLI[(value ^ byte) & 255] ^ (value >> 8)
    value ^= 0xFFFFFFFF
    return struct.pack("<I", ((value >> 15 | value << 17) + 0xA282EAD8) & 0xFFFFFFFF)


def varint(value):
    value &= (1 << 64) - 1
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def field(number, data):
    return varint(number << 3 | 2) + varint(len(data)) + data


def example(features):
    entries = b""
    for name, values in features.items():
        if isinstance(values[0], bytes):
            kind = field(1, b"".join(field(1, v) for v in values))
        elif np.asarray(values).dtype.kind == "f":
            kind = field(2, field(1, np.asarray(values, "<f4").tobytes()))
        else:
            kind = field(3, field(1, b"".join(varint(int(v)) for v in np.ravel(values))))
        entries += field(1, field(1, name.encode()) + field(2, kind))
    return field(1, entries)


def tensor(kind, *shape):
    return {"tensor": {"shape": {"dimensions": [str(n) for n in shape]} if shape else {}, "dtype": kind, "encoding": "none"}}


def group(members):
    return {"featuresDict": {"features": members}}


TEXT = {"text": {}}
PICTURE = {"image": {"shape": {"dimensions": ["48", "64", "3"]}, "dtype": "uint8", "encodingFormat": "jpeg"}}


def write_rlds(folder, step, splits):
    """`step` describes a step's features; `splits` has of each split its episodes, each a map of step features."""
    folder.mkdir(parents=True)
    (folder / "features.json").write_text(json.dumps(group({"steps": {"sequence": {"feature": group(step)}}})))
    info = {"name": "x", "splits": [{"name": name, "shardLengths": [str(len(e))]} for name, e in splits.items()]}
    (folder / "dataset_info.json").write_text(json.dumps(info))
    for name, episodes in splits.items():
        data = b""
        for episode in episodes:
            record = example({"steps/" + key: values for key, values in episode.items()})
            length = struct.pack("<Q", len(record))
            data += length + checksum(length) + record + checksum(record)
        (folder / f"x-{name}.tfrecord-00000-of-00001").write_bytes(data)


# robomimic and robosuite.


def write_demos(file, lengths, pixels=(8, 8)):
    """Demos under /data of an open HDF5 file."""
    data = file.create_group("data")
    data.attrs["env_args"] = json.dumps({"env_name": "Lift", "type": 1, "env_kwargs": {"control_freq": 20}})
    for k, length in enumerate(lengths):
        demo = data.create_group(f"demo_{k}")
        demo.attrs["num_samples"] = length
        demo["actions"] = np.full((length, 3), k, np.float32)
        demo["obs/state"] = np.full((length, 3), k, np.float32)
        demo.create_dataset("obs/front_image", (length, *pixels, 3), np.uint8, chunks=(1, *pixels, 3), compression=1)
    return data
