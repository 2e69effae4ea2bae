# Says what the kernel knows of its clock, then answers every line that it reads with the time, until there comes one with "end".
# It is Perl as Debian's essential perl-base has it: one process for all answers, so that they take no longer than the way there and back.
use strict;
use warnings;
use Config;
use Time::HiRes ();

my $maximum_error = 16_000_000; # microseconds; the kernel's own, once nothing has corrected the clock for long

# adjtimex(2) has another number on each architecture; those with 64 bits have one layout
my %adjtimex = (x86_64 => 159, aarch64 => 171, riscv64 => 171, powerpc64le => 124, s390x => 124);

sub is_synchronized {
    my ($architecture) = split /-/, $Config{archname};
    my $number = $adjtimex{$architecture} or return 'unknown';
    my $timex = "\0" x 208; # modes 0: it only asks
    return 'unknown' if syscall($number, $timex) < 0;
    my $error = (unpack 'L x4 q3', $timex)[3];
    return $error < $maximum_error ? 'yes' : 'no';
}

syswrite STDOUT, 'kernel ' . is_synchronized() . "\n";
while (sysread STDIN, my $line, 64) {
    my $now = Time::HiRes::time();
    last if $line =~ /end/;
    syswrite STDOUT, sprintf "clock %.6f\n", $now;
}
