#!/bin/sh
# Lists every file of a node but those that a running system keeps for itself. For each: kind and mode, owner, times of modification and
# of change, link target, path. Then, after an empty field, sha256sum's lines for the regular files. Every field and line ends with a NUL.
#
#   manifest.sh ROOT [DIRECTORY...]    below these directories only, as /etc, where reading everything takes too long
set -eu
export LC_ALL=C
cd "$1"
shift
[ $# -gt 0 ] || set -- /
for directory in "$@"; do
    shift
    set -- "$@" "./${directory#/}"
done

kept() {
    for own in proc sys dev run tmp var/tmp var/log; do
        printf '%s\n' -path "./$own" -o
    done
}

# shellcheck disable=SC2046 # the paths have no spaces
find "$@" -xdev '(' $(kept) -false ')' -prune -o -printf '%M\0%U:%G\0%T@\0%C@\0%l\0%p\0'
printf '\0'
# shellcheck disable=SC2046
find "$@" -xdev '(' $(kept) -false ')' -prune -o -type f -print0 | xargs -0 -r sha256sum -z --
