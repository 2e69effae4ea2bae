#!/bin/sh
# The first thing sent to a node's shell: becomes root, and says so in a frame. What follows is read by the shell that says it.
#   nonce      marks the frame
#   prompt     what sudo asks for a password with; empty if there is no password to give
#   is_needed  'yes' if nothing can be done without root
# what would change what the scripts' programs read or print
unset ENV BASH_ENV CDPATH TAR_OPTIONS GZIP GREP_OPTIONS POSIXLY_CORRECT SYSTEMD_COLORS
# shellcheck disable=SC2086 # its four words: the client's address and port, the server's address and port
set -- ${SSH_CONNECTION-}
# its arguments are the nonce and the address at which the connection arrived, which sudo's environment has not
# shellcheck disable=SC2016 # expanded by the shell that runs it
ready='LC_ALL=C; PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH; umask 022
printf "\n%s ready %s %s\n" "$1" "$(id -u </dev/null)" "$2"'
set -- "${nonce-}" "${3-}"
LC_ALL=C
export LC_ALL
if [ "$(id -u </dev/null)" = 0 ]; then
    eval "$ready"
elif [ -n "${prompt-}" ]; then
    exec sudo -k -S -p "$prompt" -- /bin/sh -c "$ready; exec /bin/sh" sh "$@"
elif [ "${is_needed-}" = yes ] || sudo -n -- /bin/sh -c : </dev/null >/dev/null 2>&1; then
    exec sudo -n -- /bin/sh -c "$ready; exec /bin/sh" sh "$@"
else
    eval "$ready"
fi
