/* Message digests and the comparison that takes the same time for all bytes. Nothing there is variadic or a macro. */
#include <openssl/crypto.h>
#include <openssl/evp.h>
