#!/usr/bin/env bash
# Debian packages that the build, the tests and the demo need; asks apt-get only for those that are missing.
set -euo pipefail
packages=(
  libode-dev libpng-dev libavcodec-dev libavformat-dev libavutil-dev libzstd-dev libsnappy-dev zlib1g-dev libssl-dev
  libhdf5-dev pkg-config python3 python3-venv git zstd
)
missing=()
for package in "${packages[@]}"; do
  state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [ "$state" = "install ok installed" ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "installing ${missing[*]}"
  sudo=""
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "error: run as root or install by hand: apt-get install ${missing[*]}"; exit 73; }
    sudo=sudo
  fi
  export DEBIAN_FRONTEND=noninteractive
  $sudo apt-get update -qq
  $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
command -v swift >/dev/null || { echo "error: Swift 6.3 is not on the PATH. Install it from swift.org."; exit 69; }
