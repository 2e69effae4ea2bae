#!/usr/bin/env bash
# Measures deploy against its floors and against the commands it replaces. Needs the .NET SDK; the last is skipped without cfssl or kubectl.
# usage: bench/deploy/run.sh [PATH-TO-KUBEPREP]    (default bin/cli/kubeprep, built if it is missing)
# KUBECTL names the client to compare with; TMPDIR has to be on a disk, or syncing costs nothing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

kubeprep=${1:-$root/bin/cli/kubeprep}
if [ $# -eq 0 ] && [ ! -x "$kubeprep" ]; then
    "$root/build.sh" build
elif [ ! -x "$kubeprep" ]; then
    printf "There is no program '%s'.\nusage: bench/deploy/run.sh [PATH-TO-KUBEPREP]\n" "$kubeprep" >&2
    exit 2
fi

# Google's SDK puts a dispatcher on PATH, which starts the client proper as a second process: it is the client that is measured
if [ -z "${KUBECTL:-}" ] && kubectl=$(command -v kubectl); then
    client=$(find "$(dirname "$(realpath "$kubectl")")" -maxdepth 1 -name 'kubectl.1.*' | sort --version-sort | tail -n 1)
    export KUBECTL=${client:-$kubectl}
fi

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet publish "$here" --configuration Release --use-current-runtime --output "$here/bin/run" -verbosity:quiet -nologo

disk=$(mktemp --directory --tmpdir kubeprep-bench.XXXXXX)
memory=$(mktemp --directory /dev/shm/kubeprep-bench.XXXXXX)
trap 'rm -rf "$disk" "$memory"' EXIT
"$here/bin/run/KubePrep.Bench.Deploy" "$kubeprep" "$disk" "$memory"
