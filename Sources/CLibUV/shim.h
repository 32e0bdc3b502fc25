#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <uv.h>

#include <linux/errqueue.h>

/* Takes one ICMP error from the error queue of a UDP socket: the errno, or 0 when the queue is empty.
   A shim, because the CMSG_ macros are not imported, and because libuv 1.44 never empties the queue. */
static inline int parley_take_datagram_error(int socket, struct sockaddr_storage *destination) {
    char control[512];
    char payload[1];
    struct iovec buffer = {payload, sizeof payload};
    struct msghdr message;
    memset(&message, 0, sizeof message);
    memset(destination, 0, sizeof *destination);
    message.msg_name = destination;
    message.msg_namelen = sizeof *destination;
    message.msg_iov = &buffer;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    if (recvmsg(socket, &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) return 0;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if ((header->cmsg_level == SOL_IP && header->cmsg_type == IP_RECVERR) ||
            (header->cmsg_level == SOL_IPV6 && header->cmsg_type == IPV6_RECVERR)) {
            struct sock_extended_err error;
            memcpy(&error, CMSG_DATA(header), sizeof error);
            return (int)error.ee_errno;
        }
    }
    return EIO;
}
