/* A plugin in plain C11: counts rows and nulls and adds up the integers of the first column of "table", batch by
 * batch, and checks that each Arrow struct is released once. */
#include <deckle/plugin.h>
#include <stdio.h>
#include <string.h>

static void* create(const deckle_host* host) {
    static int self;
    return DECKLE_HAS(host, get_extension) && host->get_extension(host, "deckle.none/1") == NULL ? &self : NULL;
}

static void destroy(void* self) {
    (void)self;
}

static deckle_status fail(deckle_job* job, const char* message) {
    job->set_error(job, "", message);
    return DECKLE_FAILED;
}

static deckle_status generate(void* self, deckle_job* job) {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray batch;
    int64_t rows = 0, batches = 0, nulls = 0, sum = 0;
    char model[256];
    (void)self;
    if (job->open_dataset(job, "table", &stream) != DECKLE_OK) return DECKLE_DATA;
    if (stream.get_schema(&stream, &schema) != 0) return fail(job, "no schema");
    if (schema.n_children < 1 || strcmp(schema.children[0]->format, "l") != 0) return fail(job, "no integer column");
    schema.release(&schema);
    if (schema.release != NULL) return fail(job, "the schema is not marked as released");
    for (;;) {
        if (stream.get_next(&stream, &batch) != 0) return fail(job, "no batch");
        if (batch.release == NULL) break;
        const struct ArrowArray* column = batch.children[0];
        const uint8_t* valid = column->buffers[0];
        const int64_t* values = column->buffers[1];
        int64_t null_here = 0;
        if (batch.offset != 0 || column->offset != 0) return fail(job, "an offset");
        if (column->length != batch.length) return fail(job, "columns of different length");
        for (int64_t i = 0; i < batch.length; ++i) {
            if (valid != NULL && (valid[i / 8] >> (i % 8) & 1) == 0)
                ++null_here;
            else
                sum += values[i];
        }
        if (null_here != column->null_count) return fail(job, "a wrong null count");
        nulls += null_here;
        rows += batch.length;
        ++batches;
        batch.release(&batch);
        if (batch.release != NULL) return fail(job, "the batch is not marked as released");
    }
    stream.release(&stream);
    if (stream.release != NULL) return fail(job, "the stream is not marked as released");
    snprintf(model, sizeof model, "{\"rows\":%lld,\"batches\":%lld,\"nulls\":%lld,\"sum\":%lld}", (long long)rows,
             (long long)batches, (long long)nulls, (long long)sum);
    return job->write(job, model, strlen(model));
}

const deckle_plugin* deckle_plugin_v1(uint32_t host_major, uint32_t host_minor) {
    static const deckle_plugin plugin = {sizeof(deckle_plugin),
                                         DECKLE_ABI_MAJOR,
                                         DECKLE_ABI_MINOR,
                                         0,
                                         "{\"id\":\"plain-c\",\"version\":\"1.0.0\",\"title\":\"Plain C\","
                                         "\"kind\":\"report\"}",
                                         create,
                                         destroy,
                                         generate,
                                         NULL};
    (void)host_minor;
    return host_major == DECKLE_ABI_MAJOR ? &plugin : NULL;
}
