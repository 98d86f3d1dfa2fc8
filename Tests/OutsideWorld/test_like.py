"""A dataset in the form of a real one: what LeRobot's merge compares is the same, and every promise holds with it."""

import json
import shutil

import av
import foreign_dataset
import numpy as np
import pyarrow.parquet as pq
import pytest
from conftest import seedbed
from test_same_bytes import SCENE, files

DATA = "data/chunk-000/file-000.parquet"


def real(out, version, monkeypatch):
    """A recording of another robot, in one of the odd forms that datasets have: names in a list inside a list, a rate in
    every feature, a legacy key, AV1, numbers in degrees."""
    plain, episode, write_video = foreign_dataset.features, foreign_dataset.episode, foreign_dataset.write_video

    def features():
        result = {k: dict(v) for k, v in plain().items()}
        for name, feature in result.items():
            if feature["names"] and len(feature["names"]) == 7:
                feature["names"] = [feature["names"]]
            if feature["dtype"] == "video":
                feature["info"] = {**feature["info"], "video.codec": "av1", "video.is_depth_map": False}
                del feature["info"]["is_depth_map"]
            elif version == "v3.0":
                feature["fps"] = foreign_dataset.FPS
        return result

    def degrees(k, first):
        columns, pictures = episode(k, first)
        for name in ("observation.state", "action"):
            columns[name] = (columns[name] * np.array([60] * 6 + [25]) + np.array([0] * 6 + [50])).astype(np.float32)
        return columns, pictures

    monkeypatch.setattr(foreign_dataset, "WIDTH", 96)
    monkeypatch.setattr(foreign_dataset, "HEIGHT", 64)
    monkeypatch.setattr(foreign_dataset, "features", features)
    monkeypatch.setattr(foreign_dataset, "episode", degrees)
    monkeypatch.setattr(
        foreign_dataset, "write_video",
        lambda path, pictures: write_video(path, pictures, "libsvtav1", {"crf": "30", "g": "2", "preset": "12"}))
    return foreign_dataset.write(out, version)


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    """Two forms of one recording, the mapping drafted for it, and what was grown with it."""
    folder = tmp_path_factory.mktemp("like")
    for version in ("v3.0", "v2.1"):
        with pytest.MonkeyPatch.context() as patch:
            real(folder / version, version, patch)
    seedbed("schema", "draft", folder / "v3.0", "--scene", SCENE, "--out", folder / "map.yaml")
    seedbed(
        "generate", SCENE, "--like", folder / "v3.0", "--map", folder / "map.yaml", "--episodes", 2, "--seed", 5,
        "--out", folder / "grown")
    return folder


def form(folder):
    info = json.loads((folder / "meta/info.json").read_text())
    return info["fps"], info["robot_type"], info["features"]


def test_what_merges_compare_is_the_same(space):
    assert form(space / "grown") == form(space / "v3.0")
    seedbed("validate", space / "grown")
    table, theirs = pq.read_table(space / "grown" / DATA), pq.read_table(space / "v3.0" / DATA)
    assert set(table.column_names) == set(theirs.column_names)
    for name in table.column_names:
        mine, other = table.schema.field(name).type, theirs.schema.field(name).type
        assert mine == other or mine.value_type == other.value_type, name
    assert set(table["note"].to_pylist()) == {""}
    degrees = np.array(table["observation.state"].to_pylist())
    assert 60 < np.abs(degrees[:, :6]).max() < 180 and 0 <= degrees[:, 6].min() <= degrees[:, 6].max() <= 100
    for camera in foreign_dataset.CAMERAS:
        with av.open(str(space / f"grown/videos/{camera}/chunk-000/file-000.mp4")) as movie:
            stream = movie.streams.video[0]
            assert (stream.codec_context.name, stream.width, stream.height, stream.average_rate) == ("libdav1d", 96, 64, 30)
            assert sum(1 for _ in movie.decode(stream)) == len(table)


def test_of_v21_the_form_is_the_converters(space, tmp_path):
    _, notes = seedbed(
        "generate", SCENE, "--like", space / "v2.1", "--map", space / "map.yaml", "--episodes", 1, "--state-only",
        "--out", tmp_path / "grown")
    missing = ", ".join(foreign_dataset.CAMERAS)
    assert f"leaves out the real dataset's pictures ({missing}): LeRobot's merge will refuse" in notes
    assert "**LeRobot will not merge both:**" in (tmp_path / "grown/README.md").read_text()
    seedbed("validate", tmp_path / "grown")
    rate, robot, features = form(tmp_path / "grown")
    expected = {k: {**v, "fps": 30} for k, v in form(space / "v2.1")[2].items() if v["dtype"] != "video"}
    assert (rate, robot, features) == (30, "so101_follower", expected)


def test_without_a_mapping_what_does_not_fit_is_named(space, tmp_path):
    _, errors = seedbed("generate", SCENE, "--like", space / "v3.0", "--out", tmp_path / "no", expect=65)
    assert "observation.state[0] j1.pos: guessed by the same number; degrees" in errors and "seedbed schema draft" in errors
    assert not (tmp_path / "no").exists()


def test_a_dataset_of_the_same_robot_needs_no_mapping(space, dataset, tmp_path):
    seedbed("generate", SCENE, "--like", dataset, "--episodes", 1, "--seed", 20, "--out", tmp_path / "again")
    assert form(tmp_path / "again") == form(dataset)
    mine, theirs = pq.read_table(tmp_path / "again" / DATA), pq.read_table(dataset / DATA)
    for name in ("observation.state", "action", "privileged.phase", "next.success"):
        assert mine[name].to_pylist() == theirs[name].to_pylist()[: len(mine)], name


def test_own_names_fit_in_another_order(dataset, tmp_path):
    shutil.copytree(dataset, tmp_path / "real")
    path = tmp_path / "real/meta/info.json"
    info = json.loads(path.read_text())
    names = {f: info["features"][f]["names"] for f in ("observation.state", "action")}
    swapped = {f: [n[6], *n[1:6], n[0], n[7]] for f, n in names.items()}
    for feature, order in swapped.items():
        info["features"][feature]["names"] = order
    path.write_text(json.dumps(info))
    seedbed(
        "generate", SCENE, "--like", tmp_path / "real", "--episodes", 1, "--seed", 20, "--state-only", "--out",
        tmp_path / "again")
    mine, theirs = pq.read_table(tmp_path / "again" / DATA), pq.read_table(dataset / DATA)
    for feature, order in swapped.items():
        assert form(tmp_path / "again")[2][feature]["names"] == order
        columns = [names[feature].index(name) for name in order]
        expected = np.array(theirs[feature].to_pylist())[: len(mine), columns]
        assert (np.array(mine[feature].to_pylist()) == expected).all(), feature


def converted(out, monkeypatch):
    """As converters from RLDS and openpi write: no prefixes, no names of dimensions, marks of frames."""
    plain, episode = foreign_dataset.features, foreign_dataset.episode
    renamed = {"observation.state": "state", "action": "actions"}
    marks = {"is_first": "bool", "is_last": "bool", "is_terminal": "bool", "reward": "float32", "discount": "float32"}

    def features():
        result = {renamed.get(k, k): dict(v) for k, v in plain().items() if k not in ("next.done", "note")}
        for name in ("state", "actions"):
            result[name]["names"] = [name]
        return {**{k: {"dtype": t, "shape": [1], "names": None} for k, t in marks.items()}, **result}

    def columns(k, first):
        made, pictures = episode(k, first)
        t, n = made["frame_index"], len(made["frame_index"])
        made = {renamed.get(k, k): v for k, v in made.items() if k not in ("next.done", "note")}
        made |= {"is_first": t == 0, "is_last": t == n - 1, "is_terminal": t == n - 1}
        made |= {"reward": (t == n - 1).astype(np.float32), "discount": np.ones(n, np.float32)}
        return made, pictures

    monkeypatch.setattr(foreign_dataset, "CAMERAS", ["image", "wrist_image_left"])
    monkeypatch.setattr(foreign_dataset, "features", features)
    monkeypatch.setattr(foreign_dataset, "episode", columns)
    return foreign_dataset.write(out)


def test_forms_without_prefixes_and_marks_of_frames(tmp_path, monkeypatch):
    real = converted(tmp_path / "real", monkeypatch)
    seedbed("schema", "draft", real, "--scene", SCENE, "--out", tmp_path / "map.yaml")
    text = (tmp_path / "map.yaml").read_text()
    assert "image: {take: front}" in text and "wrist_image_left: {take: wrist}" in text
    seedbed(
        "generate", SCENE, "--like", real, "--map", tmp_path / "map.yaml", "--episodes", 2, "--seed", 5, "--out",
        tmp_path / "grown")
    seedbed("validate", tmp_path / "grown")
    assert form(tmp_path / "grown") == form(real)
    table = pq.read_table(tmp_path / "grown" / DATA)
    frame, episodes = np.array(table["frame_index"]), np.array(table["episode_index"])
    last = np.append(episodes[1:] != episodes[:-1], True)
    rows = pq.read_table(tmp_path / "grown/meta/episodes/chunk-000/file-000.parquet")
    success = np.array(rows["success"].to_pylist())[episodes]

    def column(name):
        return np.array(table[name].to_pylist()).reshape(-1)

    assert (column("is_first") == (frame == 0)).all() and (column("is_last") == last).all()
    assert (column("is_terminal") == (last & success)).all() and (column("discount") == 1).all()
    assert (column("reward")[last] == success[last]).all() and column("reward")[0] == 0
    assert np.ptp(np.array(table["state"].to_pylist()), axis=0).max() > 0.1
    assert "1 in the first frame, else 0" in (tmp_path / "grown/README.md").read_text()


def test_damage_is_undone_and_episodes_regrow(space, tmp_path):
    seedbed("verify", space / "grown")
    shutil.copytree(space / "grown", tmp_path / "hurt")
    for name in (DATA, "videos/observation.images.front/chunk-000/file-000.mp4"):
        path = tmp_path / "hurt" / name
        content = bytearray(path.read_bytes())
        content[len(content) // 3] ^= 4
        path.write_bytes(content)
    seedbed("verify", tmp_path / "hurt", "--hashes", expect=65)
    seedbed("repair", tmp_path / "hurt")
    assert files(tmp_path / "hurt") == files(space / "grown")


def test_runs_go_on_without_the_real_dataset_and_shards_merge(space, tmp_path):
    run = ["generate", SCENE, "--seed", 7, "--state-only"]
    like = ["--like", space / "v3.0", "--map", space / "map.yaml"]
    seedbed(*run, *like, "--episodes", 4, "--out", tmp_path / "whole")
    seedbed(*run, *like, "--episodes", 2, "--out", tmp_path / "parts")
    seedbed(*run, "--episodes", 4, "--resume", "--out", tmp_path / "parts")
    assert files(tmp_path / "parts") == files(tmp_path / "whole")
    for k in range(2):
        seedbed(*run, *like, "--episodes", 4, "--shard", f"{k}/2", "--out", tmp_path / f"shard{k}")
    seedbed("merge", tmp_path / "shard0", tmp_path / "shard1", "--out", tmp_path / "merged")
    assert files(tmp_path / "merged") == files(tmp_path / "whole")

    text = (space / "map.yaml").read_text()
    (tmp_path / "map.yaml").write_text(text.replace("unit: deg", "unit: rad", 1))
    _, errors = seedbed(
        *run, "--like", space / "v3.0", "--map", tmp_path / "map.yaml", "--episodes", 5, "--resume", "--out",
        tmp_path / "parts", expect=65)
    assert "--map: line" in errors and "unit: rad" in errors
    shutil.copytree(space / "v3.0", tmp_path / "other")
    info = json.loads((tmp_path / "other/meta/info.json").read_text())
    info["robot_type"] = "other"
    (tmp_path / "other/meta/info.json").write_text(json.dumps(info))
    _, errors = seedbed(
        *run, "--like", tmp_path / "other", "--episodes", 5, "--resume", "--out", tmp_path / "parts", expect=65)
    assert "robot_type was so101_follower, and now is other" in errors


def test_wrong_mappings_are_told_with_their_place(space, tmp_path):
    text = (space / "map.yaml").read_text().replace("panda_joint1.pos, unit: deg", "panda_joint1.pos, unit: kg", 1)
    (tmp_path / "map.yaml").write_text(text.replace("{take: front}", "{take: fornt}"))
    _, errors = seedbed(
        "generate", SCENE, "--like", space / "v3.0", "--map", tmp_path / "map.yaml", "--out", tmp_path / "no", expect=65)
    assert errors.count("map.yaml:") == 2 and "`kg`" in errors and "Did you mean `front`?" in errors
    assert not (tmp_path / "no").exists()
    seedbed("generate", SCENE, "--map", tmp_path / "map.yaml", "--out", tmp_path / "no", expect=64)
    seedbed("schema", "draft", space / "v3.0", "--out", tmp_path / "x", expect=64)
    seedbed("schema", "draft", tmp_path, "--scene", SCENE, "--out", tmp_path / "x", expect=65)


def test_decoding_times_lead_as_the_real_ones(dataset, tmp_path):
    """LeRobot's own recorder leaves B-frames on; its merge cannot append such files to files without their lead."""
    def clocks(path):
        with av.open(str(path)) as movie:
            stream = movie.streams.video[0]
            return stream.time_base, [(p.pts, p.dts) for p in movie.demux(stream)][:2]

    copy = shutil.copytree(dataset, tmp_path / "real")
    files = sorted(copy.glob("videos/*/*/*.mp4"))
    for path in files:
        with av.open(str(path)) as movie:
            pictures = [f.to_ndarray(format="rgb24") for f in movie.decode(video=0)]
        with av.open(str(path), "w") as movie:
            stream = movie.add_stream("libx264", 30, options={"crf": "30", "g": "2", "bf": "3"})
            stream.height, stream.width, stream.pix_fmt = *pictures[0].shape[:2], "yuv420p"
            for picture in pictures:
                movie.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
            movie.mux(stream.encode())
    assert clocks(files[0])[1][0][1] < 0
    grown = tmp_path / "grown"
    seedbed("generate", SCENE, "--like", copy, "--episodes", 3, "--seed", 5, "--out", grown)
    for path in files:
        mine = grown / path.relative_to(copy)
        assert clocks(mine) == clocks(path)
        with av.open(str(mine)) as movie:
            assert [f.pts for f in movie.decode(video=0)][:2] == [p for p, _ in clocks(mine)[1]]
    seedbed("validate", grown)
    seedbed("verify", grown)
    seedbed("generate", SCENE, "--like", copy, "--episodes", 4, "--seed", 5, "--out", grown)
    seedbed("generate", SCENE, "--like", copy, "--episodes", 4, "--seed", 5, "--out", tmp_path / "whole")
    assert {p.relative_to(grown): p.read_bytes() for p in grown.rglob("*") if p.is_file()} == {
        p.relative_to(tmp_path / "whole"): p.read_bytes() for p in (tmp_path / "whole").rglob("*") if p.is_file()}
