"""Writes the files beside it with pyarrow: every codec, every encoding, small pages. ParquetTests/OtherWritersTests knows the values."""

import pathlib

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

N = 300
HERE = pathlib.Path(__file__).parent


def maybe(k, value, every=7):
    return None if k % every == 3 else value


TABLE = pa.table({
    "plain": pa.array([k * k for k in range(N)], pa.int64()),
    "null_int": pa.array([maybe(k, -k) for k in range(N)], pa.int64()),
    "null_text": pa.array([maybe(k, f"episode_{k // 10}/frame_{k}") for k in range(N)], pa.string()),
    "null_bool": pa.array([maybe(k, k % 3 == 0) for k in range(N)], pa.bool_()),
    "null_double": pa.array([maybe(k, k / 4) for k in range(N)], pa.float64()),
    "small": pa.array([k % 100 - 50 for k in range(N)], pa.int8()),
    "unsigned": pa.array([4294967295 - k for k in range(N)], pa.uint32()),
    "half": pa.array(np.arange(N, dtype=np.float16) / np.float16(2), pa.float16()),
    "vector": pa.array([[k + d / 8 for d in range(5)] for k in range(N)], pa.list_(pa.float32(), 5)),
    "ragged": pa.array([maybe(k, list(range(k % 4)), 11) for k in range(N)], pa.list_(pa.int32())),
})
KINDS = {
    "none-dictionary": dict(compression="none"),
    "gzip-v2": dict(compression="gzip", data_page_version="2.0"),
    "lz4-plain": dict(compression="lz4", use_dictionary=False),
    "zstd-split": dict(compression="zstd", use_dictionary=False, column_encoding={
        "plain": "DELTA_BINARY_PACKED", "null_int": "BYTE_STREAM_SPLIT", "null_text": "DELTA_BYTE_ARRAY",
        "null_double": "BYTE_STREAM_SPLIT", "small": "BYTE_STREAM_SPLIT", "unsigned": "BYTE_STREAM_SPLIT",
        "half": "BYTE_STREAM_SPLIT", "null_bool": "RLE", "ragged.list.element": "DELTA_BINARY_PACKED"}),
    "snappy-lengths": dict(compression="snappy", use_dictionary=False, column_encoding={
        "null_text": "DELTA_LENGTH_BYTE_ARRAY", "unsigned": "DELTA_BINARY_PACKED", "half": "DELTA_BYTE_ARRAY"}),
}
for name, options in KINDS.items():
    pq.write_table(TABLE, HERE / f"{name}.parquet", row_group_size=130, data_page_size=200, write_batch_size=16, **options)
