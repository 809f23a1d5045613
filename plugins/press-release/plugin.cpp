// The press release: its record and facts become fields with suggestions; their
// texts are checked and laid out. The host merges facts, counts against limits
// and keeps drafts and approvals.
#include "descriptor.hpp"
#include "draft.hpp"
#include <algorithm>

namespace press_release {
namespace {

/// "field:fact" for each fact of the texts that is not marked public.
std::vector<std::string> private_facts(Draft const& d, Facts const& facts) {
    std::vector<std::string> out;
    for (deckle::Field const& f : d.fields)
        if (deckle::Edit const* edit = d.edits.find(f.id); edit != nullptr && f.section != "Staff")
            for (std::string const& fact : edit->facts)
                if (auto const it = facts.is_public.find(fact); it != facts.is_public.end() && !it->second)
                    out.push_back(f.id + ":" + fact);
    return out;
}

Json title(Draft const& d, std::int64_t errors) {
    auto const day = d.record.embargo_date ? d.record.embargo_date : d.record.release_date;
    Json const what = errors == 0   ? Json("its texts are in order")
                      : errors == 1 ? Json("1 error stands in the way")
                                    : leaf::text("{n} errors stand in the way", {{"n", leaf::num(errors)}});
    if (!day) return leaf::text("A release without a date: {what}", {{"what", what}});
    if (*day < d.as_of)
        return leaf::text("Release of {day}: {what}", {{"day", leaf::date(*day, "long")}, {"what", what}});
    return leaf::text("Release for {day}: {what}", {{"day", leaf::date(*day, "long")}, {"what", what}});
}

void write_findings(std::vector<Problem> const& problems, deckle::Report& report) {
    using S = deckle::Finding::Severity;
    for (Severity const severity : {Severity::error, Severity::warning, Severity::info})
        for (Problem const& p : problems)
            if (p.severity == severity)
                report.finding({p.rule,
                                severity == Severity::error     ? S::error
                                : severity == Severity::warning ? S::warning
                                                                : S::info,
                                p.message, p.field});
}

} // namespace

struct PressRelease {
    static constexpr char const* descriptor = press_release::descriptor;

    void generate(deckle::Job& job) {
        Draft d{
            job.as_of(), job.company(), "", read_record(job), {}, {}, {}, std::nullopt, deckle::Edits(job.request())};
        Facts const facts = read_facts(job);
        for (Boilerplate const& b : d.record.boilerplates)
            if (b.company == d.company) d.website = b.website;
        if (d.record.embargo_date) {
            d.embargo = deckle::parse_deadline(
                *d.record.embargo_date, d.record.embargo_time.empty() ? "00:00" : d.record.embargo_time, job.clocks());
            if (!d.embargo)
                throw deckle::PluginError("/release", "Release " + d.record.slug + ": the embargo time \"" +
                                                          d.record.embargo_time +
                                                          "\" cannot be read; write it as 9 a.m. CST");
        }
        fill(d);
        d.private_facts = private_facts(d, facts);
        job.check_stop();
        job.progress(0.5, "Checking");
        auto const problems = lint({d.record, d.texts, d.company, d.as_of, !d.edits.present(), d.private_facts});
        auto const errors = std::count_if(problems.begin(), problems.end(),
                                          [](Problem const& p) { return p.severity == Severity::error; });
        deckle::Report report(title(d, errors));
        for (deckle::Field const& f : d.fields) report.field(f);
        release_page(d, report);
        quotes_section(d, report);
        texts_sections(d, report);
        distribution(d, report);
        write_findings(problems, report);
        auto const warnings = std::count_if(problems.begin(), problems.end(),
                                            [](Problem const& p) { return p.severity == Severity::warning; });
        auto number = [&](char const* id, char const* label, std::int64_t n) {
            report.figure({.id = id,
                           .label = label,
                           .value = leaf::num(n),
                           .unit = "findings",
                           .period = d.as_of.to_string(),
                           .source = {"releases"},
                           .formula = "number of findings of the rules"});
        };
        number("release.errors", "Errors in the texts", errors);
        number("release.warnings", "Warnings in the texts", warnings);
        job.write(report.json());
        job.write_output("release.txt", "text/plain; charset=utf-8", plain_text(d));
        job.write_output("newsroom.jsonld", "application/ld+json", json_ld(d));
    }
};

} // namespace press_release

DECKLE_PLUGIN(press_release::PressRelease)
