#!/usr/bin/perl
# The floor of making users: what nobody can do without who wants each of them whole and on the disk.
# usage: write-files.pl DIRECTORY COUNT
# For each one: four files of the sizes that a P-256 user has, each synced and renamed into place; their directory synced; and a line
# appended to a ledger and synced. That is six syncs.
use strict;
use warnings;
use IO::Handle;

my ($directory, $count) = @ARGV;
my @sizes = (750, 230, 3400, 560);
open my $parent, '<', $directory or die "$directory: $!\n";
open my $ledger, '>>', "$directory/ledger" or die "$directory/ledger: $!\n";
for my $user (1 .. $count) {
    for my $file (0 .. $#sizes) {
        my $path = "$directory/$user-$file";
        open my $handle, '>', "$path.new" or die "$path.new: $!\n";
        print {$handle} 'x' x $sizes[$file];
        $handle->flush && $handle->sync && close $handle or die "$path.new: $!\n";
        rename "$path.new", $path or die "$path: $!\n";
    }
    $parent->sync or die "$directory: $!\n";
    print {$ledger} 'x' x 380, "\n";
    $ledger->flush && $ledger->sync or die "$directory/ledger: $!\n";
}
