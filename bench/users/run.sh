#!/usr/bin/env bash
# Measures kubeprep new-user: a thousand P-256 users by one process, against openssl and against the bare writing of as many files, in the
# same run. Needs openssl and perl.
# usage: bench/users/run.sh [PATH-TO-KUBEPREP]    (default bin/cli/kubeprep, built if it is missing)
# COUNT is how many users are made (default 1000, at least 10), ROUNDS how often (default 3). TMPDIR has to be on a disk, or syncing costs nothing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=bench/measure.sh
. "$root/bench/measure.sh"
count=${COUNT:-1000}
rounds=${ROUNDS:-3}

kubeprep=${1:-$root/bin/cli/kubeprep}
if [ $# -eq 0 ] && [ ! -x "$kubeprep" ]; then
    "$root/build.sh" build
elif [ ! -x "$kubeprep" ]; then
    printf "There is no program '%s'.\nusage: bench/users/run.sh [PATH-TO-KUBEPREP]\n" "$kubeprep" >&2
    exit 2
fi

scratch=$(mktemp --directory --tmpdir kubeprep-bench.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
mapfile -t names < <(seq -f 'user%g' 1 "$count")

# makes users, and notes the most memory that the process has had: the kernel's own high-water mark, looked at until it ends
make_users() {
    local cluster=$1 process peak=0 line
    shift
    "$kubeprep" new-user "$@" --cluster-directory "$cluster" --role view --json >"$cluster.rows" &
    process=$!
    while line=$(grep VmHWM "/proc/$process/status" 2>/dev/null); do
        peak=${line//[^0-9]/}
        sleep 0.02
    done
    wait "$process"
    echo "$peak" >"$scratch/memory"
}

# the certificate and its key alone, as a script would have them made; of a tenth of the users, as every one costs two processes alike
sign_by_openssl() {
    local directory=$1 name
    for name in "${names[@]:0:count / 10}"; do
        openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" \
            -keyout "$directory/$name-key.pem" -out "$directory/$name.csr" 2>/dev/null
        openssl x509 -req -in "$directory/$name.csr" -CA "$cluster/ssl/ca.pem" -CAkey "$cluster/ssl/ca-key.pem" -days 365 \
            -out "$directory/$name.pem" 2>/dev/null
    done
}

for ((round = 1; round <= rounds; round++)); do
    cluster=$scratch/cluster-$round
    "$kubeprep" deploy --cluster-directory "$cluster" --cluster-name bench --server https://192.0.2.1:6443 >/dev/null
    mkdir "$scratch/files-$round" "$scratch/openssl-$round"
    milliseconds perl "$here/write-files.pl" "$scratch/files-$round" "$count" >>"$scratch/floor"
    milliseconds make_users "$cluster" "${names[@]}" >>"$scratch/users"
    cat "$scratch/memory" >>"$scratch/memories"
    made=$(wc -l <"$cluster.rows")
    [ "$made" -eq "$count" ] || { echo "Of $count users, $made were made." >&2; exit 1; }
    find "$cluster/ssl/users" -name '*.pem' ! -name '*-key.pem' -exec openssl verify -CAfile "$cluster/ssl/ca.pem" {} + >/dev/null
    milliseconds "$kubeprep" users --cluster-directory "$cluster" --json >"$cluster.list" 2>&1
    tail -n 1 "$cluster.list" >>"$scratch/list"
    milliseconds sign_by_openssl "$scratch/openssl-$round" >>"$scratch/openssl"
    cluster=$scratch/one-$round
    "$kubeprep" deploy --cluster-directory "$cluster" --cluster-name bench --server https://192.0.2.1:6443 >/dev/null
    make_users "$cluster" one
    cat "$scratch/memory" >>"$scratch/memories-one"
done

floor=$(median "$scratch/floor")
users=$(median "$scratch/users")
openssl=$((10 * $(median "$scratch/openssl")))
row() {
    printf '%-62s %8s ms  %7s a second  %s\n' "$1" "$2" "$(awk -v n="$count" -v t="$2" 'BEGIN {printf "%.0f", 1000 * n / t}')" "$3"
}
printf '%s\n' "$count users, medians of $rounds rounds"
row 'their files alone, written and synced (the floor)' "$floor" 1
row 'kubeprep new-user' "$users" "$(ratio "$users" "$floor")"
row 'openssl req and openssl x509, certificate and key alone, by tenths' "$openssl" "$(ratio "$openssl" "$floor"), $(ratio "$openssl" "$users") times new-user (target: at least 2)"
row 'kubeprep users, all of them looked at' "$(median "$scratch/list")" "$(ratio "$(median "$scratch/list")" "$floor")"
many=$(median "$scratch/memories")
one=$(median "$scratch/memories-one")
printf '%-62s %8s KiB  for one user %s KiB, ratio %s (target: at most 3)\n' 'the most memory new-user has had' "$many" "$one" "$(ratio "$many" "$one")"
awk -v u="$users" -v o="$openssl" -v m="$many" -v n="$one" 'BEGIN {exit !(o >= 2 * u && m <= 3 * n)}'
