/* Calls by HTTP. What is told to libcurl and asked of it goes through variadic functions, which are not imported: here
   is one for each type of value. Its checks of types are macros around them that do not work inside these. */
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

/* A text, which libcurl copies. */
static inline CURLcode parley_set_text(CURL *transfer, CURLoption option, const char *value) {
    return curl_easy_setopt(transfer, option, value);
}

/* A number, or a switch: 1 or 0. */
static inline CURLcode parley_set_number(CURL *transfer, CURLoption option, long value) {
    return curl_easy_setopt(transfer, option, value);
}

/* Who hears of the content of the answer, piece by piece. */
static inline CURLcode parley_set_reader(CURL *transfer, curl_write_callback reader, void *context) {
    CURLcode code = curl_easy_setopt(transfer, CURLOPT_WRITEFUNCTION, reader);
    return code == CURLE_OK ? curl_easy_setopt(transfer, CURLOPT_WRITEDATA, context) : code;
}

/* Where libcurl says in words what has gone wrong: CURL_ERROR_SIZE bytes. */
static inline CURLcode parley_set_words(CURL *transfer, char *words) {
    return curl_easy_setopt(transfer, CURLOPT_ERRORBUFFER, words);
}

/* The status of the answer, or 0. */
static inline long parley_status(CURL *transfer) {
    long status = 0;
    return curl_easy_getinfo(transfer, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}
