"""Exports, read back by the formats' own libraries and held against the dataset, number by number and picture by picture."""

import glob
import json

import av
import numpy as np
import pyarrow.parquet as pq
import pytest

from conftest import seedbed

h5py = pytest.importorskip("h5py")
pytest.importorskip("mcap_protobuf")

ROOT = __import__("pathlib").Path(__file__).parent.parent
FIXTURES = ROOT / "Fixtures" / "lerobot"


def rows(dataset):
    """Each episode's columns as arrays, its pictures as the codec gives them, and its row."""
    info = json.loads((dataset / "meta/info.json").read_text())
    frames = [r for p in sorted(glob.glob(str(dataset / "data/**/*.parquet"), recursive=True)) for r in pq.read_table(p).to_pylist()]
    meta = [r for p in sorted(glob.glob(str(dataset / "meta/episodes/**/*.parquet"), recursive=True)) for r in pq.read_table(p).to_pylist()]
    pictures = {}
    for key, feature in info["features"].items():
        if feature["dtype"] == "video":
            pictures[key] = []
            for path in sorted(glob.glob(str(dataset / "videos" / key / "**/*.mp4"), recursive=True)):
                with av.open(path) as container:
                    pictures[key] += [f.to_ndarray(format="rgb24") for f in container.decode(video=0)]
    episodes = []
    for row in meta:
        mine = frames[row["dataset_from_index"] : row["dataset_to_index"]]
        columns = {k: np.array([r[k] for r in mine]) for k in mine[0]}
        shown = {k: v[row["dataset_from_index"] : row["dataset_to_index"]] for k, v in pictures.items()}
        episodes.append((columns, shown, row))
    return info, episodes


def same_pictures(ours, theirs):
    """The very pixels that PyAV gives."""
    assert np.array_equal(ours, theirs)


def same_dataset(a, b, tags=("origin", "success", "sim.seed", "failure.cause")):
    """All that the features say is the same; `b` came back from another format."""
    (info, episodes), (other, back) = rows(a), rows(b)
    assert len(episodes) == len(back) and info["fps"] == other["fps"] and info["robot_type"] == other["robot_type"]
    assert {k: f["shape"] for k, f in info["features"].items()} == {k: f["shape"] for k, f in other["features"].items()}
    assert {k: f["names"] for k, f in info["features"].items()} == {k: f["names"] for k, f in other["features"].items()}
    for (columns, pictures, row), (returned, shown, again) in zip(episodes, back):
        assert columns.keys() == returned.keys()
        for key in columns:
            assert np.array_equal(columns[key], returned[key]), key
        for key in pictures:
            assert len(pictures[key]) == len(shown[key])
        assert row["tasks"] == again["tasks"]
        for tag in tags:
            assert row[tag] == again[tag], tag
    return episodes, back


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Two short episodes with small pictures."""
    out = tmp_path_factory.mktemp("export") / "dataset"
    seedbed(
        "generate", "Scenes/pick-place.yaml", "--episodes", 2, "--seed", 5, "--workers", 1, "--out", out,
        "--set", "cameras.front.size=[64, 48]", "--set", "cameras.wrist.size=[64, 64]",
    )
    return out, *rows(out)


def test_robomimic(source, tmp_path):
    dataset, info, episodes = source
    out, _ = seedbed("export", dataset, "--to", "robomimic", "--out", tmp_path / "a.hdf5")
    assert "2 episodes" in out and "left out: meta/seedbed" in out
    with h5py.File(tmp_path / "a.hdf5") as file:
        data = file["data"]
        assert data.attrs["total"] == sum(len(c["index"]) for c, _, _ in episodes)
        assert json.loads(data.attrs["env_args"])["env_kwargs"]["control_freq"] == info["fps"]
        for k, (columns, pictures, row) in enumerate(episodes):
            demo = data[f"demo_{k}"]
            assert demo.attrs["num_samples"] == len(columns["index"]) and demo.attrs["origin"] == "sim"
            assert bool(demo.attrs["success"]) == row["success"] and demo.attrs["sim.seed"] == row["sim.seed"]
            assert np.array_equal(demo["actions"][:], columns["action"])
            assert np.array_equal(demo["obs/state"][:], columns["observation.state"])
            assert np.array_equal(demo["next_obs/state"][:-1], columns["observation.state"][1:])
            assert np.array_equal(demo["states"][:], demo["obs/state"][:])
            assert np.array_equal(demo["rewards"][:], columns["next.reward"].ravel())
            assert np.array_equal(demo["dones"][:], columns["next.done"].ravel())
            same_pictures(demo["obs/front_image"][:], pictures["observation.images.front"])
            assert np.array_equal(demo["next_obs/front_image"][:-1], demo["obs/front_image"][1:])
        won = [f"demo_{k}" for k, (_, _, row) in enumerate(episodes) if row["success"]]
        assert [n.decode() for n in file["mask/success"][:]] == won
        assert len(file["mask/sim"]) == 2
    seedbed("export", tmp_path / "a.hdf5", "--to", "lerobot-v3.0", "--out", tmp_path / "back")
    same_dataset(dataset, tmp_path / "back")
    seedbed("validate", tmp_path / "back")


def test_aloha(source, tmp_path):
    dataset, _, episodes = source
    out, _ = seedbed("export", dataset, "--to", "aloha", "--out", tmp_path / "a", "--camera", "front=cam_high")
    assert "warning: ALOHA's own policies expect 14 values" in out
    for k, (columns, pictures, _) in enumerate(episodes):
        with h5py.File(tmp_path / "a" / f"episode_{k}.hdf5") as file:
            assert bool(file.attrs["sim"]) is True
            assert np.array_equal(file["action"][:], columns["action"])
            assert np.array_equal(file["observations/qpos"][:], columns["observation.state"])
            assert np.array_equal(file["observations/qvel"][:], columns["observation.velocity"])
            images = file["observations/images/cam_high"]
            assert images.chunks == (1, 48, 64, 3)
            same_pictures(images[:], pictures["observation.images.front"])
    seedbed("export", dataset, "--to", "aloha", "--out", tmp_path / "no", "--strict", expect=65)
    assert not (tmp_path / "no").exists()
    seedbed("export", tmp_path / "a", "--to", "lerobot-v3.0", "--out", tmp_path / "back")
    same_dataset(dataset, tmp_path / "back")


def test_mcap(source, tmp_path):
    from mcap.reader import make_reader
    from mcap_protobuf.decoder import DecoderFactory

    dataset, info, episodes = source
    seedbed("export", dataset, "--to", "mcap", "--out", tmp_path / "a")
    for k, (columns, pictures, row) in enumerate(episodes):
        state, action, times, video = [], [], [], []
        with open(tmp_path / "a" / f"episode_{k:06d}.mcap", "rb") as stream:
            reader = make_reader(stream, decoder_factories=[DecoderFactory()], validate_crcs=True)
            assert reader.get_summary().statistics.message_count > 0
            metadata = {m.name: m.metadata for m in reader.iter_metadata()}
            for _, channel, message, decoded in reader.iter_decoded_messages():
                if channel.topic == "/observation/state":
                    assert [j.name for j in decoded.joints] == info["features"]["observation.state"]["names"]
                    state.append([(j.position, j.velocity, j.effort) for j in decoded.joints])
                    times.append(message.log_time)
                elif channel.topic == "/action":
                    action.append([j.position for j in decoded.joints])
                elif channel.topic == "/camera/front":
                    assert decoded.format == "h264"
                    video.append(decoded.data)
        assert metadata["episode"]["tag:origin"] == "sim"
        assert np.array_equal(np.array(state)[:, :, 0].astype(np.float32), columns["observation.state"])
        assert np.array_equal(np.array(state)[:, :, 1].astype(np.float32), columns["observation.velocity"])
        assert np.array_equal(np.array(action).astype(np.float32), columns["action"])
        assert times == [round(i * 1e9 / info["fps"]) for i in range(len(times))]
        decoder = av.CodecContext.create("h264", "r")
        shown = [f.to_ndarray(format="rgb24") for data in video for f in decoder.decode(av.Packet(data))]
        shown += [f.to_ndarray(format="rgb24") for f in decoder.decode(None)]
        assert np.array_equal(shown, pictures["observation.images.front"])
    seedbed("export", tmp_path / "a", "--to", "lerobot-v3.0", "--out", tmp_path / "back")
    before, after = same_dataset(dataset, tmp_path / "back")
    for (_, pictures, _), (_, shown, _) in zip(before, after):
        for key in pictures:
            assert np.array_equal(pictures[key], shown[key]), "packets are copied, so nothing may differ"


def test_rlds(source, tmp_path):
    dataset, info, episodes = source
    seedbed("export", dataset, "--to", "rlds", "--out", tmp_path / "grown")
    names = sorted(p.name for p in (tmp_path / "grown/1.0.0").iterdir())
    assert names == ["dataset_info.json", "features.json", "grown-train.tfrecord-00000-of-00001", "seedbed.json"]
    split = json.loads((tmp_path / "grown/1.0.0/dataset_info.json").read_text())["splits"][0]
    assert split["shardLengths"] == ["2"]
    seedbed("export", tmp_path / "grown", "--to", "lerobot-v3.0", "--out", tmp_path / "back")
    same_dataset(dataset, tmp_path / "back")


def test_v21(source, tmp_path):
    dataset, info, episodes = source
    seedbed("export", dataset, "--to", "lerobot-v2.1", "--out", tmp_path / "old")
    seedbed("validate", tmp_path / "old")
    lines = [json.loads(line) for line in (tmp_path / "old/meta/episodes.jsonl").read_text().splitlines()]
    assert [line["origin"] for line in lines] == ["sim"] * 2
    claims = [json.loads(line) for line in (tmp_path / "old/meta/episodes_stats.jsonl").read_text().splitlines()]
    assert np.shape(claims[0]["stats"]["observation.images.front"]["mean"]) == (3, 1, 1)
    for k, (columns, pictures, _) in enumerate(episodes):
        table = pq.read_table(tmp_path / f"old/data/chunk-000/episode_{k:06d}.parquet")
        assert np.array_equal(np.stack(table["action"].to_numpy()), columns["action"])
        with av.open(str(tmp_path / f"old/videos/chunk-000/observation.images.front/episode_{k:06d}.mp4")) as container:
            shown = [f.to_ndarray(format="rgb24") for f in container.decode(video=0)]
        assert np.array_equal(shown, pictures["observation.images.front"])
    seedbed("export", tmp_path / "old", "--to", "lerobot-v3.0", "--out", tmp_path / "back")
    same_dataset(dataset, tmp_path / "back")


def test_foreign_hdf5(tmp_path):
    """Files as h5py users write them: robosuite's layout, and ALOHA's compressed one."""
    import io

    from PIL import Image

    rng = np.random.default_rng(1)
    with h5py.File(tmp_path / "r.hdf5", "w") as file:
        data = file.create_group("data")
        data.attrs["env_args"] = json.dumps({"env_name": "Lift", "type": 1, "env_kwargs": {"control_freq": 20, "robots": "Panda"}})
        for k in (10, 9):
            demo = data.create_group(f"demo_{k}")
            demo.attrs["num_samples"] = 12
            demo.attrs["model_file"] = "<mujoco/>" * 1000
            demo["actions"] = rng.normal(size=(12, 7))
            demo["states"] = rng.normal(size=(12, 30))
            demo["rewards"], demo["dones"] = np.zeros(12), np.r_[np.zeros(11), 1].astype(int)
            demo.create_dataset("obs/agentview_image", data=rng.integers(0, 255, (12, 64, 64, 3), dtype=np.uint8), compression="gzip")
            demo["obs/robot0_joint_pos"] = rng.normal(size=(12, 7))
            demo["obs/robot0_gripper_qpos"] = rng.normal(size=(12, 2))
        file["mask/train"] = np.array([b"demo_9"])
        joints = data["demo_9/obs/robot0_joint_pos"][:]
    out, _ = seedbed("export", tmp_path / "r.hdf5", "--to", "lerobot-v3.0", "--out", tmp_path / "r")
    assert "'observation.state' is made of" in out and "left out: attribute 'model_file'" in out
    info, episodes = rows(tmp_path / "r")
    assert info["fps"] == 20 and info["robot_type"] == "Panda"
    assert [r["mask.train"] for _, _, r in episodes] == [True, False] and episodes[0][2]["origin"] == "sim"
    assert np.array_equal(episodes[0][0]["observation.state"][:, :7], joints.astype(np.float32))
    seedbed("validate", tmp_path / "r")

    (tmp_path / "aloha").mkdir()
    flat = np.full((480, 640, 3), (200, 60, 20), dtype=np.uint8)
    for k in range(2):
        with h5py.File(tmp_path / f"aloha/episode_{k}.hdf5", "w") as file:
            file.attrs["sim"], file.attrs["compress"] = False, True
            file["action"] = rng.normal(size=(5, 14))
            file["observations/qpos"], file["observations/qvel"] = rng.normal(size=(5, 14)), rng.normal(size=(5, 14))
            buffer = io.BytesIO()
            Image.fromarray(flat).save(buffer, "JPEG", quality=95)
            picture = np.frombuffer(buffer.getvalue() + bytes(100), np.uint8)
            file["observations/images/cam_high"] = np.stack([picture] * 5)
            file["compress_len"] = np.full((1, 5), len(picture) - 100.0)
    seedbed("export", tmp_path / "aloha", "--to", "lerobot-v3.0", "--out", tmp_path / "b", "--task", "fold")
    info, episodes = rows(tmp_path / "b")
    assert info["fps"] == 50 and episodes[0][2]["origin"] == "real" and episodes[0][2]["tasks"] == ["fold"]
    assert np.abs(episodes[0][1]["observation.images.cam_high"][2].astype(int) - flat).max() < 12


@pytest.mark.parametrize("form", ["robomimic", "aloha", "rlds", "mcap"])
def test_damage(form, tmp_path):
    """Cut off and flipped sources: exit 65, nothing left, or (a flip in unused space) a result."""
    whole = tmp_path / ("a.hdf5" if form == "robomimic" else "a")
    seedbed("export", FIXTURES / "v30", "--to", form, "--out", whole)
    files = [whole] if whole.is_file() else sorted(p for p in whole.rglob("*") if p.is_file() and p.suffix != ".json")
    original = files[0].read_bytes()
    files[0].write_bytes(original[: len(original) // 2])
    _, error = seedbed("export", whole, "--to", "lerobot-v3.0", "--out", tmp_path / "b", expect=65)
    assert error.startswith(str(whole)) or error.startswith("error: ")
    assert not (tmp_path / "b").exists() and not list(tmp_path.glob(".*"))
    files[0].write_bytes(original)
    inside = whole / "in" if whole.is_dir() else whole
    seedbed("export", whole, "--to", "lerobot-v3.0", "--out", inside, expect=65)
    assert files[0].read_bytes() == original
