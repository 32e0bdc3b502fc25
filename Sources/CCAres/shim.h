/* Questions to name servers; poll, for c-ares leaves the waiting for its sockets to its user. */
#include <ares.h>
#include <poll.h>
