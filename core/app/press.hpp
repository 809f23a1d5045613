/// The pipeline as the service uses it: editions made as `deckle run` makes reports, recorded and kept.
#pragma once
#include "app/session.hpp"
#include "report/resources.hpp"
#include "service/log.hpp"
#include "service/press.hpp"
#include "service/worker.hpp"

namespace deckle::app {

/// Files go to .deckle/artifacts/EDITION/ATTEMPT/ and are on the disk when make() returns.
class ReportPress final : public service::Press {
public:
    /// `resources`: opened fonts are kept, templates read anew for each edition. The rest must outlive this.
    ReportPress(Session const& session, store::Store& store, report::Resources& resources, service::Activity& activity,
                service::Log& log)
        : session_(session), store_(store), resources_(resources), activity_(activity), log_(log) {}

    service::Product make(store::Edition const& edition, data::Schedule const& schedule, std::int64_t token) override;
    service::Product made(store::Edition const& edition) override;

private:
    Session const& session_;
    store::Store& store_;
    report::Resources& resources_;
    service::Activity& activity_;
    service::Log& log_;
};

} // namespace deckle::app
