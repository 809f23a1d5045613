/* The layout of the plugin ABI 1.0 on 64-bit machines, as a C11 compiler sees it. A change here breaks every plugin
 * that was built before; append fields instead. */
#include <deckle/plugin.h>

_Static_assert(sizeof(void*) == 8, "64-bit");
_Static_assert(sizeof(deckle_status) == 4, "deckle_status");
_Static_assert(sizeof(deckle_plugin) == 56, "deckle_plugin");
_Static_assert(offsetof(deckle_plugin, descriptor_json) == 16, "descriptor_json");
_Static_assert(offsetof(deckle_plugin, create) == 24, "create");
_Static_assert(offsetof(deckle_plugin, destroy) == 32, "destroy");
_Static_assert(offsetof(deckle_plugin, generate) == 40, "generate");
_Static_assert(offsetof(deckle_plugin, get_extension) == 48, "get_extension");
_Static_assert(sizeof(deckle_host) == 32, "deckle_host");
_Static_assert(sizeof(deckle_job) == 88, "deckle_job");
_Static_assert(offsetof(deckle_job, request_json) == 16, "request_json");
_Static_assert(offsetof(deckle_job, open_dataset) == 32, "open_dataset");
_Static_assert(offsetof(deckle_job, write) == 40, "write");
_Static_assert(offsetof(deckle_job, set_error) == 80, "set_error");
_Static_assert(sizeof(struct ArrowSchema) == 72, "ArrowSchema");
_Static_assert(sizeof(struct ArrowArray) == 80, "ArrowArray");
_Static_assert(sizeof(struct ArrowArrayStream) == 40, "ArrowArrayStream");

int abi_has_set_error(const deckle_job* job);
int abi_has_set_error(const deckle_job* job) {
    return DECKLE_HAS(job, set_error);
}
