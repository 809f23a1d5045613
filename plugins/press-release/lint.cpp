#include "lint.hpp"
#include "text.hpp"

namespace press_release {

std::string timing_line(Record const& r) {
    if (!r.embargo_date) return "FOR IMMEDIATE RELEASE";
    return capitals("embargoed until " + ap_weekday_date(*r.embargo_date) +
                    (r.embargo_time.empty() ? "" : ", " + r.embargo_time));
}

std::vector<std::string> story(Texts const& texts) {
    std::vector<std::string> out;
    auto const body = paragraphs(texts.body);
    for (std::size_t i = 0; i < std::max(body.size(), texts.quotes.size()); ++i) {
        if (i < body.size()) out.push_back(body[i]);
        if (i < texts.quotes.size() && !texts.quotes[i].text.empty()) out.push_back(texts.quotes[i].text);
    }
    return out;
}

std::vector<Part> parts(Texts const& t) {
    std::vector<Part> out{{"headline", t.headline}, {"subhead", t.subhead}, {"lead", t.lead}, {"body", t.body}};
    for (QuoteText const& q : t.quotes) out.push_back({q.field, q.text});
    out.push_back({"call_to_action", t.call_to_action});
    for (std::size_t i = 0; i < t.about.size(); ++i) out.push_back({"about_" + std::to_string(i + 1), t.about[i]});
    std::erase_if(out, [](Part const& p) { return p.text.empty(); });
    return out;
}

std::vector<Problem> lint(LintInput const& in) {
    std::vector<Problem> out;
    lint_form(in, out);
    lint_words(in, out);
    lint_quotes(in, out);
    lint_rules(in, out);
    return out;
}

} // namespace press_release
