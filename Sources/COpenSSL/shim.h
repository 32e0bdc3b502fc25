/* Message digests, the comparison that takes the same time for all bytes, and TLS over memory. The functions stand in
   for macros and variadic functions, which are not imported. */
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/* A macro. */
static inline void parley_set_versions(SSL_CTX *context, int least, int greatest) {
    SSL_CTX_set_min_proto_version(context, least);
    SSL_CTX_set_max_proto_version(context, greatest);
}

/* Macros. */
static inline void parley_forget_sessions(SSL_CTX *context) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 0);
}

/* A macro; the context has a reference of its own from then on. */
static inline int parley_add_to_chain(SSL_CTX *context, X509 *certificate) {
    return (int)SSL_CTX_add1_chain_cert(context, certificate);
}

/* A macro. */
static inline void parley_name_server(SSL *session, const char *name) { SSL_set_tlsext_host_name(session, name); }

/* A constant that is a macro with a cast. */
static inline uint64_t parley_no_renegotiation(void) { return SSL_OP_NO_RENEGOTIATION; }

/* A variadic function behind a macro. */
static inline EVP_PKEY *parley_make_key(void) { return EVP_EC_gen("P-256"); }

/* Macros on typed stacks. */
static inline int parley_name_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
static inline const GENERAL_NAME *parley_name(const GENERAL_NAMES *names, int index) {
    return sk_GENERAL_NAME_value(names, index);
}

/* The text of a name, or nothing for an address; a union of pointers. */
static inline const ASN1_STRING *parley_text_of_name(const GENERAL_NAME *name) {
    return name->type == GEN_DNS || name->type == GEN_URI || name->type == GEN_IPADD ? name->d.ia5 : NULL;
}

/* Flags that are macros with casts; text beyond ASCII stays as it is. */
static inline int parley_print_name(BIO *out, const X509_NAME *name) {
    return X509_NAME_print_ex(out, name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
}
