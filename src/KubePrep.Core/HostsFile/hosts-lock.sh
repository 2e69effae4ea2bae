#!/bin/sh
# Takes the lock of the hosts map for this connection, so that two clients do not send two maps at once; prints "held" or "busy". It is
# held by a process that ends with the shell to which this was sent, and in any case after a while: a client whose machine has gone does
# not say so.
#   wait  for how many seconds another client is waited for
#   hold  for how many seconds the lock is held at most
umask 077
mkdir -p /run/kubeprep || exit
exec 8>>/run/kubeprep/hosts-lock || exit
# shellcheck disable=SC2154 # sent before this
if flock -w "$wait" 8; then
    # in here, too, $$ is that shell; an output that it kept open would keep the connection
    timeout "$hold" tail --pid=$$ -s 0.1 -f /dev/null >/dev/null 2>&1 &
    echo held
else
    echo busy
fi
