#!/bin/sh
# Prints a run's journal as it grows, and "gone" if the run has ended. Reads one word: "stop" ends the run after the step in hand;
# any other, or the end of the connection, only ends the following.
#   run  the run's directory
wait_for_pid() {
    tries=0
    # shellcheck disable=SC2154 # sent before this
    until [ -s "$run/pid" ] || [ "$tries" -ge 300 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
}

print_journal() {
    tail -n +1 -s 0.2 -f --pid="$(cat "$run/pid")" "$run/journal" &
    tail=$!
    trap 'kill "$tail"' TERM
    wait "$tail"
    echo gone
}

follow() {
    if [ -d "$run" ] && wait_for_pid && [ -s "$run/pid" ]; then
        print_journal 2>/dev/null
    else
        echo absent
    fi
}

# beside this, so that a word is heard also before the run has begun
follow &
follower=$!
read -r word
if [ "$word" = stop ]; then
    : >"$run/stop"
fi
kill "$follower" 2>/dev/null
wait "$follower"
