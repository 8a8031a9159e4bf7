#!/usr/bin/perl
# Looks at what every process of this machine has in its arguments and its environment, again and again until the file
# given second exists, and says where it found a line of the file given first. Perl, since every Debian has it and a
# shell would be too slow to see a process that lives for a few milliseconds.
use strict;
use warnings;

my ($file, $stop) = @ARGV;
open(my $handle, '<', $file) or die "$file: $!";
chomp(my @secrets = <$handle>);
my $pattern = join('|', map { quotemeta } @secrets);
my ($rounds, %told) = (0);
my $deadline = time + 600;
until (-e $stop || time > $deadline) {
    $rounds++;
    for my $process (glob '/proc/[0-9]*') {
        next if $process eq "/proc/$$";
        my $words = content("$process/cmdline");
        my $environment = content("$process/environ");
        # Containers of the application have what .env.staging gives them; that is what it is for.
        $environment = '' if $environment =~ /(?:^|\0)BEHAVIOUR=/;
        for ([arguments => $words], [environment => $environment]) {
            my ($where, $text) = @$_;
            next if $text !~ /($pattern)/ || $told{"$process $where"}++;
            print "found $1 in the $where of: ", substr($words =~ tr/\0\n/  /r, 0, 200), "\n";
        }
    }
}
print "rounds=$rounds\n";

sub content {
    open(my $from, '<', $_[0]) or return '';
    local $/;
    return <$from> // '';
}
