"""Writes the files beside it with PyAV: 20 pictures 64x48 at 30 a second, the k-th of brightness 40 + 8 k (full range)."""

import pathlib
from fractions import Fraction

import av
import numpy as np

HERE = pathlib.Path(__file__).parent
VIDEOS = {
    "h264-bframes": ("libx264", "yuv420p", {"g": "10", "bf": "2", "crf": "10", "x264-params": "b-adapt=0:scenecut=0"}),
    "h264-10bit": ("libx264", "yuv420p10le", {"g": "2", "bf": "0", "crf": "10"}),
    "hevc-bframes": ("libx265", "yuv420p", {"crf": "10", "x265-params": "keyint=10:bframes=3:b-adapt=0:log-level=none"}),
    "hevc-grey12": ("libx265", "gray12le", {"x265-params": "lossless=1:keyint=2:bframes=0:log-level=none"}),
    "av1": ("libsvtav1", "yuv420p", {"g": "2", "crf": "20", "preset": "12"}),
}


def grey(k):
    return np.full((48, 64, 3), 40 + 8 * k, np.uint8)


for name, (codec, pixels, options) in VIDEOS.items():
    with av.open(str(HERE / f"{name}.mp4"), "w") as out:
        stream = out.add_stream(codec, 30, options=options)
        stream.width, stream.height, stream.pix_fmt = 64, 48, pixels
        for k in range(20):
            for packet in stream.encode(av.VideoFrame.from_ndarray(grey(k), format="rgb24")):
                out.mux(packet)
        for packet in stream.encode():
            out.mux(packet)
for name, codec, pixels in [("still.png", "png", "rgb24"), ("still.tiff", "tiff", "gray16le"), ("still.jpg", "mjpeg", "yuvj420p")]:
    encoder = av.CodecContext.create(codec, "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = 64, 48, pixels, Fraction(1, 30)
    packets = encoder.encode(av.VideoFrame.from_ndarray(grey(10), format="rgb24").reformat(format=pixels))
    (HERE / name).write_bytes(b"".join(bytes(p) for p in [*packets, *encoder.encode()]))
