// The benchmarks' report: the ledger as one long table, or (rows = 0) the one-page report.
#include "one_page.hpp"
#include <deckle/plugin.hpp>

namespace {

struct Ledger {
    static constexpr char const* descriptor = R"json({
        "id": "bench-ledger", "version": "1.0.0", "title": "Ledger", "kind": "report", "summary": "For the benchmarks",
        "params": {"type": "object", "properties": {"rows": {"type": "integer", "default": 0}}},
        "datasets": [], "templates": [], "history": "none", "outputs": [], "min_host": "1.0"})json";

    void generate(deckle::Job& job) {
        using namespace deckle::bench;
        auto const rows = job.params().at("rows").get<std::uint32_t>();
        if (rows == 0)
            job.write(one_page(0, job.currency()));
        else
            job.write(report_model(json::array({table_block(0, rows, job.currency())})));
    }
};

} // namespace

DECKLE_PLUGIN(Ledger)
