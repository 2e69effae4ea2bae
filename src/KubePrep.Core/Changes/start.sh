#!/bin/sh
# Puts a run's files in place and starts it, detached. Where it has been started before, it is left alone.
#   run  the run's directory; the functions put_files and follow are sent with this
umask 077
mkdir -p /run/kubeprep || exit
# of earlier runs, the last few are kept to look at
find /run/kubeprep -mindepth 1 -maxdepth 1 -type d ! -name owed -mmin +1440 -exec rm -rf -- {} +
# shellcheck disable=SC2154 # sent before this
if mkdir "$run"; then
    if put_files && : >"$run/journal"; then
        # the scope keeps it alive when the login ends; where systemd is not in charge, a session of its own has to do
        # shellcheck disable=SC2016 # expanded by the shell that runs it
        setsid sh -c 'systemd-run --quiet --collect --scope --unit="kubeprep-${1##*/}" sh "$1/apply.sh" "$1" ||
            [ -e "$1/pid" ] || exec sh "$1/apply.sh" "$1"' sh "$run" </dev/null >"$run/launch" 2>&1 &
    else
        rm -rf -- "$run"
        echo unwritable
    fi
fi
