// libosip2's parser, the peer that the SIP benchmark measures beside ours.
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <osipparser2/osip_parser.h>

