#!/usr/bin/env bash
# Measures what importing KubePrep, and the first use of two of its cmdlets, add to starting PowerShell, in the same run.
# usage: bench/import/run.sh [PATH-TO-MANIFEST]    (default the module as it is packaged, made for this)
# ROUNDS is how often each measure is taken (default 15).
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=bench/measure.sh
. "$root/bench/measure.sh"
rounds=${ROUNDS:-15}
target=150

scratch=$(mktemp --directory --tmpdir kubeprep-bench.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
if [ $# -eq 0 ]; then
    "$root/build.sh" package "$scratch" >&2
fi
manifest=$(realpath "${1:-$(find "$scratch/KubePrep" -name KubePrep.psd1)}")

start() {
    pwsh -NoProfile -NonInteractive -Command "$1" >/dev/null
}

import="Import-Module '$manifest'"
start "\$ErrorActionPreference = 'Stop'; $import; Invoke-KpDeployment '$scratch/cluster' bench https://192.0.2.1:6443"
for ((round = 1; round <= rounds; round++)); do
    milliseconds start 0 >>"$scratch/floor"
    milliseconds start "$import" >>"$scratch/import"
    milliseconds start "$import; New-KpClientCertificate '$scratch/cluster/ssl' user$round" >>"$scratch/certificate"
    milliseconds start "$import; Get-KpNode localhost" >>"$scratch/node"
done

floor=$(median "$scratch/floor")
import=$(median "$scratch/import")
row() {
    printf '%-46s %5s ms  %s\n' "$1" "$2" "$3"
}
row 'pwsh -NoProfile -Command 0 (the floor)' "$floor" ''
row 'Import-Module KubePrep' "$import" "$((import - floor)) ms more (target: at most $target)"
for use in 'certificate New-KpClientCertificate' 'node Get-KpNode localhost'; do
    time=$(median "$scratch/${use%% *}")
    row "and ${use#* }" "$time" "$((time - import)) ms more"
done
[ "$((import - floor))" -le "$target" ]
