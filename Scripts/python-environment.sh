#!/usr/bin/env bash
# The tests' own Python: what they judge our files with. Nothing of it is needed at run time.
set -euo pipefail
cd "$(dirname "$0")/.."
wanted="pyarrow numpy av pytest pillow h5py mcap mcap-protobuf-support"
if [ ! -f .venv/ready ] || [ "$(cat .venv/ready)" != "$wanted" ]; then
  rm -rf .venv
  # Debian's own interpreter where there is one: it does not depend on HOME.
  python=/usr/bin/python3
  [ -x "$python" ] && "$python" -c 'import venv, ensurepip' 2>/dev/null || python=python3
  "$python" -m venv .venv
  # shellcheck disable=SC2086
  .venv/bin/pip install --quiet --disable-pip-version-check $wanted
  echo "$wanted" > .venv/ready
fi
