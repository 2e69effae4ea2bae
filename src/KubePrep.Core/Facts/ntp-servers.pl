# Asks NTP servers for the time (RFC 5905), each in a process of its own, and says what came of it, a line each: "SERVER OUTCOME STRATUM".
# It sets no clock. It is Perl as Debian's essential perl-base has it, as no shell of POSIX's can send a datagram.
use strict;
use warnings;
use IO::Handle;
use Socket qw(getaddrinfo SOCK_DGRAM);
use Time::HiRes ();

my $attempts = 2;
my $patience = 1.2; # seconds to wait for the answers to one attempt
my $length = 48;    # of a packet, in bytes

sub sockets_to {
    my @sockets;
    for my $address (@_) {
        socket my $socket, $address->{family}, SOCK_DGRAM, 0 or next;
        push @sockets, $socket if connect $socket, $address->{addr};
    }
    return @sockets;
}

# the time at which we ask means nothing to a server, which sends it back: a random number tells its answer from a forged one
sub cookie {
    return pack 'N2', int rand 2**32, int rand 2**32;
}

sub receive {
    my ($cookie, $until, @sockets) = @_;
    while ((my $left = $until - Time::HiRes::time()) > 0) {
        my $waiting = '';
        vec($waiting, fileno $_, 1) = 1 for @sockets;
        select $waiting, undef, undef, $left;
        for my $socket (grep { vec $waiting, fileno $_, 1 } @sockets) {
            defined recv $socket, my $packet, 512, 0 or next; # nothing listens there
            return $packet if length $packet >= $length && substr($packet, 24, 8) eq $cookie;
        }
        Time::HiRes::sleep(0.01); # an address that refuses is ready at once, and always
    }
    return;
}

sub outcome {
    my ($server) = @_;
    my ($error, @addresses) = getaddrinfo($server, 123, { socktype => SOCK_DGRAM });
    return 'unknown 0' if $error;
    my @sockets = sockets_to(@addresses);
    for (1 .. $attempts) {
        my $cookie = cookie();
        send $_, pack('C x39 a8', 4 << 3 | 3, $cookie), 0 for @sockets; # version 4, client
        my $packet = receive($cookie, Time::HiRes::time() + $patience, @sockets) or next;
        my ($flags, $stratum) = unpack 'C2', $packet;
        my $is_synchronized = $flags >> 6 != 3 && $stratum >= 1 && $stratum <= 15;
        return $is_synchronized ? "answered $stratum" : 'unusable 0';
    }
    return 'silent 0';
}

shift if @ARGV && $ARGV[0] eq '--';
for my $server (@ARGV) {
    next if fork;
    srand;
    STDOUT->printflush($server, ' ', outcome($server), "\n");
    exit;
}
1 while wait > 0;
