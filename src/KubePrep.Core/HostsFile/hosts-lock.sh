#!/bin/sh
# Holds the lock of the hosts map, so that two clients do not send two maps at once. Prints "waiting" if another client holds it, and
# "held" when it has it. It is given back when a line is read, when the connection ends, and in any case after the patience: a client
# whose machine has gone does not say so.
#   patience  for how many seconds others are waited for, and for how long the lock is held
umask 077
mkdir -p /run/kubeprep || exit
exec 8>>/run/kubeprep/hosts-lock || exit
if ! flock -n 8; then
    echo waiting
    # shellcheck disable=SC2154 # sent before this
    flock -w "$patience" 8 || exit
fi
echo held
exec timeout --foreground "$patience" head -n 1 >/dev/null
