# shellcheck shell=bash
# What the measurements on the fleet have in common. A run.sh sources it with the path to kubeprep it was given, or none, and has after
# that:
#   root      the repository
#   lab       where the lab is
#   scratch   a directory for it alone, which goes at its end together with the nodes from 401 to 450, beyond those that the tests take
#   rounds    how often each measure is taken: ROUNDS, by default 15
#   kubeprep  the program: the path given, or else bin/cli/kubeprep, built if it is missing
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=bench/measure.sh
. "$root/bench/measure.sh"
lab=${KUBEPREP_LAB:-/var/tmp/kubeprep-lab}
# shellcheck disable=SC2034 # for the sourcing script
rounds=${ROUNDS:-15}
kubeprep=${1:-$root/bin/cli/kubeprep}
if [ $# -eq 0 ] && [ ! -x "$kubeprep" ]; then
    "$root/build.sh" build
elif [ ! -x "$kubeprep" ]; then
    printf "There is no program '%s'.\nusage: %s [PATH-TO-KUBEPREP]\n" "$kubeprep" "$0" >&2
    exit 2
fi

scratch=$(mktemp --directory --tmpdir kubeprep-bench.XXXXXX)
trap '"$root/tests/lab/fleet.sh" down 401-450 >/dev/null 2>&1; rm -rf "$scratch"' EXIT

# how kubeprep is told to connect
# shellcheck disable=SC2034
connection=(--user root --key-file "$lab/id" --known-hosts "$scratch/known_hosts" --host-key-policy accept-new)

# the addresses of the nodes from one index to another
addresses() {
    "$root/tests/lab/fleet.sh" list | awk -v first="$1" -v last="$2" '$1 >= first && $1 <= last {print $3}'
}

# runs a command on nodes, on all at once: each COMMAND ADDRESS...
each() {
    local command=$1 address
    shift
    for address; do
        ssh -q -i "$lab/id" -o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile="$scratch/known_hosts" "root@$address" "$command" &
    done
    wait
}

# the floor: what nobody can do without
log_in() {
    each true "$@"
}

print_header() {
    printf '\n%-46s %8s  %s\n' Measure Median 'Against the floor'
}

# prints a measure: print_row NAME MILLISECONDS RATIO [TARGET]
print_row() {
    printf '%-46s %5s ms  %s%s\n' "$1" "$2" "$3" "${4:+ (target $4)}"
}
