/* Plugins that cannot be loaded; CMake builds one per case. */
#include <deckle/plugin.h>
#include <stdlib.h>

static void* create(const deckle_host* host) {
    (void)host;
    return (void*)1;
}
static void destroy(void* self) {
    (void)self;
}
static deckle_status generate(void* self, deckle_job* job) {
    (void)self;
    (void)job;
    return DECKLE_OK;
}

static const deckle_plugin plugin = {
#if defined(SMALL_STRUCT)
    24,
#else
    sizeof(deckle_plugin),
#endif
#if defined(WRONG_MAJOR)
    7,
#else
    DECKLE_ABI_MAJOR,
#endif
    0,    0,
#if defined(NULL_DESCRIPTOR)
    NULL,
#else
    "{}",
#endif
#if defined(NULL_FUNCTIONS)
    NULL, NULL, NULL,
#else
    create, destroy, generate,
#endif
    NULL};

#if defined(UNDEFINED_SYMBOL)
extern void this_function_is_nowhere(void);
#endif
#if defined(CONSTRUCTOR_CRASH)
__attribute__((constructor)) static void crash(void) {
    abort();
}
#endif

#if defined(NO_SYMBOL)
const deckle_plugin* some_other_function(void);
const deckle_plugin* some_other_function(void) {
    return &plugin;
}
#elif defined(NEXT_MAJOR)
const deckle_plugin* deckle_plugin_v2(void);
const deckle_plugin* deckle_plugin_v2(void) {
    return &plugin;
}
#else
const deckle_plugin* deckle_plugin_v1(uint32_t host_major, uint32_t host_minor) {
    (void)host_major;
    (void)host_minor;
#if defined(UNDEFINED_SYMBOL)
    this_function_is_nowhere();
#endif
#if defined(REFUSES)
    return NULL;
#endif
    return &plugin;
}
#endif
