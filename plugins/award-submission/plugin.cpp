// The award submission: reads the award and the firm's facts, judges the rules, and lays out the document in the order
// it is printed. The host counts, merges facts into the answers and keeps the drafts.
#include "descriptor.hpp"
#include "sections.hpp"

namespace award_submission {

struct AwardSubmission {
    static constexpr char const* descriptor = award_submission::descriptor;

    void generate(deckle::Job& job) {
        Entry const entry = read_entry(job);
        job.check_stop();
        job.progress(0.6, "Writing");
        deckle::Report report(title(entry));
        report.lead(lead(entry));
        key_figures(entry, report);
        answers(entry, report);
        cover(entry, report);
        criteria(entry, report);
        schedule(entry, report);
        evidence(entry, report);
        checklist(entry, report);
        ranking(entry, report);
        after_a_win(entry, report);
        findings(entry, report);
        figures(entry, report);
        job.write(report.json());
    }
};

} // namespace award_submission

DECKLE_PLUGIN(award_submission::AwardSubmission)
