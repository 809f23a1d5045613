/// The workspace as it is now, for reminders and the watch over what was sent.
#pragma once
#include "app/session.hpp"
#include "service/survey.hpp"

namespace deckle::app {

class WorkspaceSurvey final : public service::Survey {
public:
    /// Must not outlive the session; of one thread.
    explicit WorkspaceSurvey(Session const& session) : session_(session) {}

    std::vector<service::DraftProgress> drafts() override;
    std::optional<std::string> calendar(std::string const& report) override;
    std::vector<store::Figure> run_again(store::Run const& sent) override;

private:
    Session const& session_;
};

} // namespace deckle::app
