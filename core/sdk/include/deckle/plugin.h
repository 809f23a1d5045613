/* The Deckle plugin ABI, version 1.0. C11, no dependencies; any compiler or language that speaks C can implement it.
 *
 * A plugin is one shared object that exports exactly one symbol, `deckle_plugin_v1`. Deckle runs it in a process of its
 * own: `create`, `generate` and `destroy` are called on that process's main thread, one job at a time.
 *
 * Rules
 *   Memory     Who allocates frees. What a function takes, it copies before it returns.
 *   Unwinding  No exception, panic or longjmp crosses these functions, in either direction.
 *   Growth     Structs grow only at their end. A field younger than 1.0 is read after DECKLE_HAS(pointer, field).
 *   Strings    UTF-8. Those without a length end in NUL.
 *   Tables     Arrow C data interface, formats b l u tdD tsu:UTC d:38,S only, array offset 0, exact null counts.
 *              Several batches are normal; no batch at all means zero rows.
 *   Time       A plugin reads no clock, zone or environment: the request holds period, as-of date, now, zone and seed.
 * Threads: each function is tagged [main] (the thread that called generate) or [any].
 */
#ifndef DECKLE_PLUGIN_H
#define DECKLE_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#define DECKLE_ABI_MAJOR 1u
#define DECKLE_ABI_MINOR 0u

/* True when the struct at `pointer` is new enough to have `field`. REQUIRES: its first member is its size. */
#define DECKLE_HAS(pointer, field)                                                                                     \
    ((pointer)->size >= (size_t)((const char*)(&(pointer)->field + 1) - (const char*)(pointer)))

#if defined(__GNUC__)
#define DECKLE_EXPORT __attribute__((visibility("default")))
#else
#define DECKLE_EXPORT
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* https://arrow.apache.org/docs/format/CDataInterface.html */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char* format;
    const char* name;
    const char* metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema** children;
    struct ArrowSchema* dictionary;
    void (*release)(struct ArrowSchema*);
    void* private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void** buffers;
    struct ArrowArray** children;
    struct ArrowArray* dictionary;
    void (*release)(struct ArrowArray*);
    void* private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

/* https://arrow.apache.org/docs/format/CStreamInterface.html */
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
    int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
    const char* (*get_last_error)(struct ArrowArrayStream*);
    void (*release)(struct ArrowArrayStream*);
    void* private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

typedef int32_t deckle_status;
enum {
    DECKLE_OK = 0,
    DECKLE_INVALID_PARAMS = 1, /* set_error names the parameter */
    DECKLE_DATA = 2,           /* a dataset is missing, unbound or makes no sense */
    DECKLE_CANCELLED = 3,      /* should_stop said so */
    DECKLE_LIMIT = 4,          /* too large: rows, memory, document */
    DECKLE_FAILED = 5          /* anything else */
};

enum { DECKLE_LOG_DEBUG = 0, DECKLE_LOG_INFO = 1, DECKLE_LOG_WARNING = 2, DECKLE_LOG_ERROR = 3 };

typedef struct deckle_host deckle_host;
typedef struct deckle_job deckle_job;
typedef struct deckle_plugin deckle_plugin;

/* The program that loaded the plugin; valid until destroy() returns. */
struct deckle_host {
    uint32_t size, abi_major, abi_minor, reserved;
    const char* version;                                              /* of Deckle: "0.1.0" */
    const void* (*get_extension)(const deckle_host*, const char* id); /* [any] NULL when the host has none such */
};

/* One report to make; valid until generate() returns. */
struct deckle_job {
    uint32_t size, reserved;
    void* host_data;
    const char* request_json; /* ends in NUL: params (validated, defaults filled), period, as_of, locale, zone ... */
    uint64_t request_len;     /* without the NUL */
    /* [main] A stream over a declared dataset; the caller releases it, at the latest before generate() returns. */
    deckle_status (*open_dataset)(deckle_job*, const char* name, struct ArrowArrayStream* out);
    /* [main] The report model, JSON. Once per job; the host copies. */
    deckle_status (*write)(deckle_job*, const char* utf8, uint64_t len);
    /* [main] A file declared in the descriptor's outputs[], beside the report. The host copies. */
    deckle_status (*write_output)(deckle_job*, const char* name, const char* media_type, const void* bytes,
                                  uint64_t len);
    int32_t (*should_stop)(const deckle_job*);                                     /* [any] poll each 50 ms or faster */
    void (*progress)(deckle_job*, double fraction, const char* stage);             /* [main] 0 to 1 */
    void (*log)(deckle_job*, int32_t level, const char* message);                  /* [main] */
    void (*set_error)(deckle_job*, const char* json_pointer, const char* message); /* [main] "" = no one parameter */
};

/* What a plugin is; static storage, alive as long as the process. */
struct deckle_plugin {
    uint32_t size, abi_major, abi_minor, reserved;
    const char* descriptor_json;                              /* see plugin-descriptor-1.json beside this SDK */
    void* (*create)(const deckle_host*);                      /* [main] NULL = failed */
    void (*destroy)(void* self);                              /* [main] */
    deckle_status (*generate)(void* self, deckle_job* job);   /* [main] */
    const void* (*get_extension)(void* self, const char* id); /* [any] may be NULL */
};

/* The one exported symbol. NULL when the plugin cannot serve a host of that version. */
DECKLE_EXPORT const deckle_plugin* deckle_plugin_v1(uint32_t host_major, uint32_t host_minor);

#ifdef __cplusplus
}
#endif

#endif /* DECKLE_PLUGIN_H */
