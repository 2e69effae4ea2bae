# shellcheck shell=bash
# How the measurements take time, and what they make of it. A run.sh sources it.

# prints the milliseconds that a command takes
milliseconds() {
    local begin end
    begin=$(date +%s%N)
    "$@"
    end=$(date +%s%N)
    echo $(((end - begin) / 1000000))
}

median() {
    sort -n "$1" | awk '{values[NR] = $1} END {print values[int((NR + 1) / 2)]}'
}

ratio() {
    awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", a / b}'
}
