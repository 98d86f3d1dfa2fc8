"""`seedbed mix` on sources that are not as the others: what it makes of them, and how it says so."""

import json
import shutil

import av
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import foreign_dataset
from conftest import seedbed
from test_mix import CAMERA, info, mix, rows, valid
from test_mix_origins import tables, with_column


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return foreign_dataset.write(tmp_path_factory.mktemp("source") / "five")


@pytest.fixture
def copy(source, tmp_path):
    return shutil.copytree(source, tmp_path / "copy")


def encode(root, codec, pixels="yuv420p", options=None, sizes=None):
    """All videos of the front camera, encoded anew."""
    for path in root.glob(f"videos/{CAMERA}/*/*.mp4"):
        with av.open(str(path)) as movie:
            pictures = [frame.to_ndarray(format="rgb24") for frame in movie.decode(video=0)]
        with av.open(str(path), "w") as out:
            stream = out.add_stream(codec, foreign_dataset.FPS, options=options or {})
            stream.height, stream.width = pictures[0].shape[:2]
            stream.pix_fmt = pixels
            for picture in pictures:
                out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            out.mux(stream.encode())
    name = {"libx264": "h264", "libvpx-vp9": "vp9"}.get(codec, codec)
    info(root, lambda d: d["features"][CAMERA]["info"].update({"video.codec": name, "video.pix_fmt": pixels}))


def pictures(root):
    with av.open(str(next(root.glob(f"videos/{CAMERA}/*/file-000.mp4")))) as movie:
        return movie.streams.video[0].codec.name, [f.to_ndarray(format="rgb24") for f in movie.decode(video=0)]


@pytest.mark.parametrize("codec, options", [
    ("mpeg4", {"qscale": "2", "b": "8000000"}), ("mjpeg", {"qscale": "2"}), ("libvpx-vp9", {"cpu-used": "8", "deadline": "realtime", "b": "4000000"})])
def test_videos_that_others_write_are_read_and_encoded_anew(source, copy, tmp_path, codec, options):
    encode(copy, codec, "yuvj420p" if codec == "mjpeg" else "yuv420p", options)
    text, _ = mix(tmp_path / "both", f"a={source}", f"b={copy}")
    name = codec.removeprefix("libvpx-")
    assert f"the videos '{CAMERA}' of 'b' are encoded anew: {name} becomes h264" in text
    valid(tmp_path / "both")
    mix(tmp_path / "alone", f"b={copy}")
    valid(tmp_path / "alone")
    found, mixed = pictures(tmp_path / "alone")
    assert found == "h264" and len(mixed) == sum(r["length"] for r in rows(copy))
    _, before = pictures(source)
    assert np.mean([np.abs(x.astype(int) - y).mean() for x, y in zip(mixed, before)]) < 12


def test_a_codec_that_nobody_reads_is_named_with_what_to_do(source, copy, tmp_path):
    for path in copy.glob(f"videos/{CAMERA}/*/*.mp4"):
        path.write_bytes(path.read_bytes().replace(b"avc1\0", b"ap4h\0"))
    _, text = mix(tmp_path / "out", f"a={source}", f"b={copy}", expect=65)
    assert "'ap4h'" in text and "ffmpeg -i" in text and "Restore" not in text


def test_other_pixels_and_shapes_are_named(source, copy, tmp_path):
    encode(copy, "libx264", "yuv444p", {"g": "2", "bf": "0"})
    text, _ = mix(tmp_path / "out", f"a={source}", f"b={copy}")
    assert "yuv444p becomes yuv420p" in text
    assert "yuv420p becomes yuv444p" in mix(tmp_path / "turned", f"b={copy}", f"a={source}", expect=65)[1]
    wide = foreign_dataset.HEIGHT * 2, foreign_dataset.WIDTH
    for path in copy.glob(f"videos/{CAMERA}/*/*.mp4"):
        with av.open(str(path)) as movie:
            count = sum(1 for _ in movie.decode(video=0))
        foreign_dataset.write_video(path, np.zeros((count, *wide, 3), np.uint8))
    info(copy, lambda d: d["features"][CAMERA].update(
        shape=[*wide, 3], info={**d["features"][CAMERA]["info"], "video.height": wide[0], "video.pix_fmt": "yuv420p"}))
    text, _ = mix(tmp_path / "wide", f"a={source}", f"b={copy}")
    assert f"64x{wide[0]} becomes 64x48, the whole picture scaled into the middle, with black bars" in text


def test_pictures_out_of_order_are_told(source, copy, tmp_path):
    encode(copy, "libx264", options={"g": "20", "bf": "2", "b_strategy": "0", "crf": "20"})
    text, _ = mix(tmp_path / "out", f"a={source}", f"b={copy}")
    assert "have B-frames in 'b'" in text and "have B-frames" in (tmp_path / "out/README.md").read_text()
    assert "B-frames" not in mix(tmp_path / "one", f"a={source}")[0]


def test_numbers_that_are_none_are_told_all_at_once(source, copy, tmp_path):
    def spoil(path, name, change):
        table = pq.read_table(path)
        place = table.column_names.index(name)
        pq.write_table(table.set_column(place, name, change(table[name])), path)
    data = sorted(copy.glob("data/*/*.parquet"))[0]

    def nan(column):
        values = np.array(column.to_pylist(), np.float32)
        values[3, 1] = np.nan
        values[25, 2] = np.inf
        return pa.FixedSizeListArray.from_arrays(pa.array(values.reshape(-1)), values.shape[1])
    spoil(data, "action", nan)
    spoil(data, "observation.state", nan)
    spoil(data, "task_index", lambda c: pa.array([7 if i == 50 else v for i, v in enumerate(c.to_pylist())]))
    _, text = mix(tmp_path / "out", f"a={source}", f"b={copy}", expect=65)
    for word in ["file-000.parquet: error: episode 0: in frame 3 'action' is not a finite number (dimension 1). Likewise in episode 1.",
                 "'observation.state' is not a finite", "episode 2: task_index 7 is not one of the 2 tasks", "--drop action",
                 "--where 'b:!(episode_index in (0, 1))'", "meta/tasks.parquet"]:
        assert word in text, (word, text)
    assert "unfinished" not in text and sorted(p.name for p in tmp_path.iterdir()) == ["copy"]
    mix(tmp_path / "out", f"a={source}", f"b={copy}", "--where", "b:!(episode_index in (0, 1, 2))")


def test_conditions_apply_to_the_sources_that_have_their_columns(source, copy, tmp_path):
    tables(copy, with_column("success", [True, True, False, True, False]))
    tables(copy, with_column("failure.cause", ["none", "slip", "none", "none", "none"]))
    both = [f"real={source}", f"sim={copy}", "--origin", "sim=sim"]
    for virtual in [[], ["--virtual"]]:
        out = tmp_path / f"out{len(virtual)}"
        text, _ = mix(out, *both, "--where", "length > 20 && success && failure.cause == none", *virtual)
        assert "--where 'success', 'failure.cause == none' does not apply to 'real'" in text
        if not virtual:
            assert [(r["mix.source"], r["mix.episode"]) for r in rows(out)] == [("real", k) for k in range(1, 5)] + [("sim", 3)]
    _, text = mix(tmp_path / "sim", *both, "--where", "origin == sim", expect=65)
    assert "no episode of 'real' may be taken" in text


@pytest.mark.parametrize("flags, word", [
    (["--where", "smi:success"], "there is no source 'smi'"), (["--frames", "50"], "Give the size by --episodes, or"),
    (["--ratio", "a=0.37,b=0.63", "--by", "frames", "--frames", "400"], "At most --frames 206 are possible"),
    (["--where", "sucess == true"], "'sucess'")])
def test_messages_say_what_helps(source, tmp_path, flags, word):
    _, text = mix(tmp_path / "out", f"a={source}", f"b={source}", *flags, expect=65)
    assert word in text


def test_texts_may_be_filled_with_nothing_and_columns_of_other_types_are_told(source, copy, tmp_path):
    for path in copy.glob("data/*/*.parquet"):
        pq.write_table(pq.read_table(path).drop_columns(["note"]), path)
    info(copy, lambda d: d["features"].pop("note"))
    tables(copy, with_column("success", ["yes"] * 5))
    other = shutil.copytree(source, tmp_path / "other")
    tables(other, with_column("success", [True] * 5))
    text, _ = mix(tmp_path / "out", f"a={other}", f"b={copy}", "--fill", "note=")
    assert "column 'success' is stored as text: it is true or false in 'a', text in 'b'" in text
    table = pq.read_table(next((tmp_path / "out").glob("data/*/*.parquet")))
    assert set(table["note"].to_pylist()[-10:]) == {""}


def test_each_source_has_whole_statistics(source, copy, tmp_path):
    mix(tmp_path / "out", f"a={source}", f"b={copy}", "--ratio", "a=0.5,b=0.5", "--episodes", 4)
    report = json.loads((tmp_path / "out/meta/seedbed/mix.json").read_text())
    whole = json.loads((tmp_path / "out/meta/stats.json").read_text())
    found = rows(tmp_path / "out")
    for entry in report["sources"]:
        mine = [r for r in found if r["mix.source"] == entry["name"]]
        for feature in ["action", "next.done", CAMERA]:
            parts = [{kind: r[f"stats/{feature}/{kind}"] for kind in whole[feature]} for r in mine]
            wanted = foreign_dataset.total(parts)
            assert entry["features"][feature].keys() == whole[feature].keys()
            for kind, values in wanted.items():
                np.testing.assert_allclose(entry["features"][feature][kind], values, atol=1e-9, err_msg=feature + kind)
