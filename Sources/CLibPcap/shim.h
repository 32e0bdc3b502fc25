// PACKET_IGNORE_OUTGOING, which libpcap does not offer.
#include <linux/if_packet.h>
#include <pcap/pcap.h>
