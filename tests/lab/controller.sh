#!/bin/sh
# Runs a program as if its user's home were another directory, so that the user's own ssh settings decide nothing and a test's do: ssh
# takes the home from the user database, and not from HOME. Files are opened as descriptors 3, 4 and so on, to hand over secrets.
#
#   unshare --mount controller.sh HOME [FILE...] -- PROGRAM [ARGUMENT...]
set -eu
home=$1
shift
awk -F : -v OFS=: -v user="$(id -un)" -v home="$home" '$1 == user { $6 = home } { print }' /etc/passwd >"$home/passwd"
mount --bind "$home/passwd" /etc/passwd

descriptor=3
while [ "$1" != -- ]; do
    eval "exec $descriptor<\"\$1\""
    descriptor=$((descriptor + 1))
    shift
done
shift
HOME=$home exec "$@"
