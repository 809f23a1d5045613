/// Makes a pack: each of its reports with a run of its own, then the PDF of the whole.
#pragma once
#include "app/make_report.hpp"
#include "report/pack.hpp"
#include <vector>

namespace deckle::app {

/// What came of one report of a pack.
struct PackMember {
    std::string id, run, title, problem; // title: what it answers; problem: why it is missing
    store::Status status = store::Status::failed;
    std::vector<store::Output> outputs;
    model::Json model; // with `run`; null when it is missing
};

struct MadePack {
    std::string run; // of the whole, in the ledger
    store::RunEnd end;
    std::size_t pages = 0;
    std::vector<PackMember> members; // in the pack's order
};

/// `options.pack` names it; its reports are made in the formats `member_formats`. A report that cannot be made is
/// missing in the whole, which is partial then. Throws Error when none could be made; the ledger has the reason.
/// `purpose`: of every run of it, see store::RunStart. REQUIRES: `workshop.datasets` is there.
[[nodiscard]] MadePack make_pack(Workshop& workshop, RunOptions const& options, std::string const& member_formats,
                                 Instant now, std::string const& purpose = {});

/// The PDF of an earlier run of a pack, made again from the data of its reports; nothing is written or recorded.
/// `changed`: what is another one than then. Throws Error{usage} for a report that is not installed any more.
[[nodiscard]] report::PackResult remake_pack(Workshop& workshop, store::Run const& run,
                                             std::vector<std::string>& changed, Diagnostics& diagnostics);

} // namespace deckle::app
