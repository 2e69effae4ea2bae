#!/bin/sh
# Answers ssh's question for the password of one account on one server, once. A jump host that asks gets nothing.
directory=${0%/*}
# a jump host's ssh is a child of the node's, and one older than 8.5 asks in whatever words its server chooses
program=
read -r _ _ _ parent _ 2>/dev/null <"/proc/$PPID/stat" && read -r program 2>/dev/null <"/proc/$parent/comm"
if [ "$program" = ssh ]; then
    exit 1
fi
IFS= read -r account <"$directory/account" || exit 1
case $1 in
    "$account's password: " | "($account) Password: ") ;;
    *) exit 1 ;;
esac
# a named pipe; it is gone after the first answer
IFS= read -r password <"$directory/password" || exit 1
printf '%s\n' "$password"
