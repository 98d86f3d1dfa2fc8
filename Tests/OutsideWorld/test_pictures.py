"""The pictures show what the states say."""

import json

import av
import numpy as np
import pyarrow.parquet as pq
import pytest
from conftest import seedbed


@pytest.fixture(scope="module")
def episode(tmp_path_factory):
    out = tmp_path_factory.mktemp("one") / "episode"
    seedbed("reproduce", "Scenes/pick-place.yaml", "--seed", 31, "--episode", 5, "--out", out, "--pictures")
    return out


def gray16(path):
    with av.open(str(path)) as container:
        return next(container.decode(video=0)).to_ndarray(format="gray16le")


def rotation(q):
    w, x, y, z = q
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )


def test_object_centres_fall_on_their_segmentation(episode):
    instance = json.loads(sorted((episode / "meta/seedbed/instances").rglob("*.jsonl"))[0].read_text().splitlines()[0])
    names = json.loads((episode / "pictures/ids.json").read_text())
    ids = {name: int(number) for number, name in names.items()}
    table = pq.read_table(episode / "data/chunk-000/file-000.parquet")
    objects = np.stack(table["privileged.object_poses"].to_numpy()).reshape(table.num_rows, -1, 7).astype(float)
    cameras = np.stack(table["privileged.camera_poses"].to_numpy()).reshape(table.num_rows, -1, 7).astype(float)
    direct = hidden = 0
    for c, camera in enumerate(instance["cameras"]):
        f = camera["height"] / (2 * np.tan(camera["fovy"] / 2))
        for frame in range(0, table.num_rows, 15):
            seen = gray16(episode / "pictures" / camera["name"] / f"ids-{frame:06d}.png")
            depth = gray16(episode / "pictures" / camera["name"] / f"depth-{frame:06d}.png") / 10000
            eye, turn = cameras[frame, c, :3], rotation(cameras[frame, c, 3:])
            for o, thing in enumerate(instance["objects"]):
                if thing["isFixed"] or "bin" in thing["shape"]:
                    continue
                x, y, z = turn.T @ (objects[frame, o, :3] - eye)
                if z < 0.05:
                    continue
                u, v = f * x / z + camera["width"] / 2, f * y / z + camera["height"] / 2
                if not (2 <= u < camera["width"] - 2 and 2 <= v < camera["height"] - 2):
                    continue
                if seen[int(v), int(u)] == ids["object/" + thing["name"]]:
                    direct += 1
                    assert depth[int(v), int(u)] <= z + 0.002
                else:
                    hidden += 1
                    assert depth[int(v), int(u)] < z, (camera["name"], frame, thing["name"])
    assert direct > 20 and direct > hidden, (direct, hidden)
