"""Flips single bits of finished datasets and asks `seedbed verify` and `seedbed repair` to put them right.

usage: flips.py DATASET [--flips 200] [--seed 1] [--regrow]      (prints one closing line; exit 1 where anything is wrong)

Half of the files are drawn each as likely as any other, half by their size, so that tiny files, footers and headers are
hit as well as pictures and numbers. Which episodes a bit belongs to is told here by pyarrow and PyAV, not by Seedbed.
"""

import argparse
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

import av
import pyarrow.parquet as pq

PROGRAM = pathlib.Path(__file__).resolve().parents[2] / ".build" / "release" / "seedbed"


def files(folder):
    """Paths and bytes of all files."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# How the header of every page ends that is ours: levels are RLE twice, end of its inner structure, end of itself.
HEADER_END = b"\x15\x06\x15\x06\0\0"


def owners(folder, path, place, headers=False):
    """The episodes whose own bytes stand at a place of a file; empty for indices, headers and other files.

    Headers of pages count as their episode's only where that is asked for: some of their bits say nothing that is
    needed to read the numbers, and others make them unreadable.
    """
    full = folder / path
    if path.startswith("data/"):
        metadata = pq.ParquetFile(full).metadata
        for i in range(metadata.num_row_groups):
            group = metadata.row_group(i)
            columns = [group.column(c) for c in range(group.num_columns)]
            starts = [c.dictionary_page_offset or c.data_page_offset for c in columns]
            end = max(s + c.total_compressed_size for s, c in zip(starts, columns))
            if min(starts) <= place < end:
                start = max(s for s in starts if s <= place)
                if not headers and place < full.read_bytes().index(HEADER_END, start) + len(HEADER_END):
                    return set()
                first = pq.ParquetFile(full).read_row_group(i, columns=["episode_index"])
                return {first["episode_index"][0].as_py()}
        return set()
    if path.startswith("videos/"):
        with av.open(str(full)) as container:
            frame = next((k for k, p in enumerate(p for p in container.demux(video=0) if p.size)
                          if p.pos <= place < p.pos + p.size), None)
        if frame is None:
            return set()
        key = path.split("/")[1]
        number = tuple(map(int, re.findall(r"\d+", path)[-3:-1]))
        table = pq.read_table(folder / "meta/episodes").to_pylist()
        rate = 30
        for row in table:
            at = (row[f"videos/{key}/chunk_index"], row[f"videos/{key}/file_index"])
            start = round(row[f"videos/{key}/from_timestamp"] * rate)
            if at == number and start <= frame < start + row["length"]:
                return {row["episode_index"]}
        raise AssertionError("a frame of no episode")
    if path == "meta/seedbed/episodes.jsonl" or path.startswith("meta/seedbed/instances/"):
        first = int(re.findall(r"\d+", path)[1]) * 1000 if "instances" in path else 0
        content = full.read_bytes()
        # The bit of a line's end hits the line that it ends.
        return {first + content[:place].count(b"\n")}
    return set()


def named(output, path):
    """The episodes of the dataset that verify's line about a file names; None where there is no such line."""
    line = next((l for l in output.splitlines() if l.startswith(f"damaged: {path}: ")), None)
    if line is None:
        return None
    return numbers(re.sub(r"none of the episodes [^;]*", "", line.split(": ", 2)[2]))


def numbers(text):
    """Out of "episodes 3...5, 9"."""
    found = set()
    for run in re.findall(r"(?:episodes? |regrown \()([\d., ]+)", text):
        for part in run.replace(" ", "").strip(",").split(","):
            ends = [int(x) for x in part.split("...") if x.strip(".")]
            found.update(range(ends[0], ends[-1] + 1))
    return found


def seedbed(*arguments):
    done = subprocess.run([str(PROGRAM), *map(str, arguments)], capture_output=True, text=True, timeout=600)
    return done.returncode, done.stdout, done.stderr


def flip(path, place, bit):
    with open(path, "r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1 << bit]))


def draw(random, content):
    """A file, a place in it and a bit; half by file, half by byte."""
    names = [name for name in sorted(content) if content[name]]
    weights = None if random.random() < 0.5 else [len(content[name]) for name in names]
    path = random.choices(names, weights)[0]
    return path, random.randrange(len(content[path])), random.randrange(8)


class Tally:
    def __init__(self):
        self.flips = self.named = self.episodes = self.repaired = self.frugal = 0
        self.regrown = self.indices = 0
        self.problems = []

    def __str__(self):
        return (f"{self.flips} flips: {self.named} named by file, {self.episodes} with the right episodes, "
                f"{self.repaired} repaired to equal bytes, {self.frugal} without regrowing a whole episode; "
                f"{self.regrown} episodes regrown in all")


def prove(dataset, flips, seed):
    """Every flip on a copy of its own."""
    generator = random.Random(seed)
    content = files(dataset)
    tally = Tally()
    with tempfile.TemporaryDirectory() as space:
        copy = pathlib.Path(space) / "copy"
        for _ in range(flips):
            path, place, bit = draw(generator, content)
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(dataset, copy)
            flip(copy / path, place, bit)
            what = f"{path} byte {place} bit {bit}"
            tally.flips += 1
            code, out, error = seedbed("verify", copy, "--hashes")
            episodes, right = named(out, path), owners(dataset, path, place)
            if code == 65 and episodes is not None and out.count("damaged: ") == 1:
                tally.named += 1
            else:
                tally.problems.append(f"{what}: exit {code}, {out}{error}")
            if episodes is not None and right <= episodes:
                tally.episodes += 1
            else:
                tally.problems.append(f"{what}: it hits {right}, named are {episodes}: {out}")
            code, out, error = seedbed("repair", copy)
            if code == 0 and files(copy) == content and sorted(p.name for p in copy.iterdir()) == sorted(
                p.name for p in dataset.iterdir()
            ):
                tally.repaired += 1
            else:
                tally.problems.append(f"{what}: repair exit {code}: {out}{error}")
            regrown = numbers(out.splitlines()[-1]) if out else set()
            tally.regrown += len(regrown)
            if regrown <= owners(dataset, path, place, headers=True):
                tally.frugal += 1
            else:
                tally.problems.append(f"note: {what}: regrown {sorted(regrown)}, hit {sorted(right)}")
    return tally


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("dataset", type=pathlib.Path)
    parser.add_argument("--flips", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    result = prove(options.dataset, options.flips, options.seed)
    print("\n".join(result.problems))
    print(f"{options.dataset}: {result}")
    sys.exit(not result.flips == result.named == result.episodes == result.repaired)
