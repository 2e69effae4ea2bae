#!/bin/sh
# Asks NTP servers whether they answer: see ntp-servers.pl.
#   program  its text
#   servers  names or addresses, separated by spaces
# a resolver that does not answer takes longer than this
# shellcheck disable=SC2154,SC2086 # sent before this; one argument a server
timeout 5 perl -e "$program" -- $servers
