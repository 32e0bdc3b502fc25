// PACKET_IGNORE_OUTGOING and the filter of a socket, which libpcap does not offer.
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <pcap/pcap.h>
