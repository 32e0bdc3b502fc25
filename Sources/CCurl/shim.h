/* Calls by HTTP. What is told to libcurl and asked of it goes through variadic functions, which are not imported: here
   is one for each type of value. Its checks of types are macros around them that do not work inside these.

   The library is loaded when it is first needed. It brings some thirty others along, and loading those takes twice as
   long as all else that a command does before it begins; only systems with hooks at URLs are ever called. */
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdbool.h>

/* What is used of libcurl. */
typedef struct {
    CURLcode (*global_init)(long flags);
    CURL *(*easy_init)(void);
    CURLcode (*easy_setopt)(CURL *transfer, CURLoption option, ...);
    CURLcode (*easy_getinfo)(CURL *transfer, CURLINFO info, ...);
    CURLcode (*easy_perform)(CURL *transfer);
    void (*easy_cleanup)(CURL *transfer);
    const char *(*easy_strerror)(CURLcode code);
} ParleyCurl;

static inline bool parley_find(void *handle, const char *name, void *function) {
    *(void **)function = dlsym(handle, name);
    return *(void **)function != NULL;
}

/* Loads libcurl, which stays loaded; false where this machine has none that is fit. */
static inline bool parley_load_curl(ParleyCurl *curl) {
    void *handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    return handle != NULL && parley_find(handle, "curl_global_init", &curl->global_init)
        && parley_find(handle, "curl_easy_init", &curl->easy_init)
        && parley_find(handle, "curl_easy_setopt", &curl->easy_setopt)
        && parley_find(handle, "curl_easy_getinfo", &curl->easy_getinfo)
        && parley_find(handle, "curl_easy_perform", &curl->easy_perform)
        && parley_find(handle, "curl_easy_cleanup", &curl->easy_cleanup)
        && parley_find(handle, "curl_easy_strerror", &curl->easy_strerror)
        && curl->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

/* A text, which libcurl copies. */
static inline CURLcode parley_set_text(ParleyCurl curl, CURL *transfer, CURLoption option, const char *value) {
    return curl.easy_setopt(transfer, option, value);
}

/* A number, or a switch: 1 or 0. */
static inline CURLcode parley_set_number(ParleyCurl curl, CURL *transfer, CURLoption option, long value) {
    return curl.easy_setopt(transfer, option, value);
}

/* Who hears of the content of the answer, piece by piece. */
static inline CURLcode parley_set_reader(
    ParleyCurl curl, CURL *transfer, curl_write_callback reader, void *context) {
    CURLcode code = curl.easy_setopt(transfer, CURLOPT_WRITEFUNCTION, reader);
    return code == CURLE_OK ? curl.easy_setopt(transfer, CURLOPT_WRITEDATA, context) : code;
}

/* Where libcurl says in words what has gone wrong: CURL_ERROR_SIZE bytes. */
static inline CURLcode parley_set_words(ParleyCurl curl, CURL *transfer, char *words) {
    return curl.easy_setopt(transfer, CURLOPT_ERRORBUFFER, words);
}

/* The status of the answer, or 0. */
static inline long parley_status(ParleyCurl curl, CURL *transfer) {
    long status = 0;
    return curl.easy_getinfo(transfer, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}
