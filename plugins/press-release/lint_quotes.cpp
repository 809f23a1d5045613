// Who said it, and whether they agreed to these words.
#include "lint.hpp"
#include "text.hpp"
#include <algorithm>
#include <array>

namespace press_release {
namespace {

bool attributed(std::string const& outside) {
    static constexpr std::array verbs{"said",      "says", "according", "added",   "wrote",
                                      "explained", "told", "asked",     "recalled"};
    std::string const text = lower(outside);
    return std::any_of(verbs.begin(), verbs.end(),
                       [&](char const* v) { return find_word(text, v) != std::string::npos; });
}

void marks(std::string const& field, std::string const& text, std::vector<Problem>& out) {
    if (nested_double_quotes(text))
        out.push_back({"quote.nested", Severity::warning, field, "A quote within a quote stands in single marks: ‘ ’"});
    if (!balanced_quotes(text))
        out.push_back({"quote.marks", Severity::warning, field, "A quotation mark opens and does not close"});
}

} // namespace

void lint_quotes(LintInput const& in, std::vector<Problem>& out) {
    for (QuoteText const& q : in.texts.quotes) {
        if (q.text.empty()) continue;
        std::string const outside = outside_quotes(q.text);
        marks(q.field, q.text, out);
        if (quoted(q.text).empty())
            out.push_back({"quote.marks", Severity::error, q.field, "The quote stands in no quotation marks"});
        if (q.record != nullptr) {
            if (outside.find(q.record->speaker) == std::string::npos)
                out.push_back({"quote.attribution", Severity::error, q.field,
                               "The quote does not name who said it: " + q.record->speaker});
            else if (!q.record->title.empty() && lower(outside).find(lower(q.record->title)) == std::string::npos)
                out.push_back({"quote.title", Severity::warning, q.field,
                               "The first mention gives the full title: " + q.record->title});
        } else if (!attributed(outside)) {
            out.push_back({"quote.attribution", Severity::error, q.field, "The quote does not name who said it"});
        }
        if (!q.approved)
            out.push_back({"quote.unapproved", Severity::error, q.field,
                           (q.record == nullptr ? std::string("The speaker") : q.record->speaker) +
                               " has not approved these words"});
    }
    for (auto const& [field, text] : {Part{"lead", in.texts.lead}, Part{"body", in.texts.body}})
        for (std::string const& paragraph : paragraphs(text)) {
            marks(field, paragraph, out);
            for (std::string const& quote : quoted(paragraph))
                if (words(quote).size() > 3 && !attributed(outside_quotes(paragraph)))
                    out.push_back({"quote.attribution", Severity::error, field,
                                   "Nobody is named for: \"" + quote.substr(0, 60) + "\""});
        }
}

} // namespace press_release
