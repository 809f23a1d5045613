// What others lay down: the award, owners of trademarks, the stock exchange,
// the networks; and facts that are not public.
#include "lint.hpp"
#include "text.hpp"
#include <algorithm>

namespace press_release {
namespace {

void award(LintInput const& in, std::vector<Problem>& out) {
    if (!in.record.award) return;
    AwardRules const& a = *in.record.award;
    std::string const name = a.naming.empty() ? a.name : a.naming;
    bool written = false, otherwise = false;
    for (Part const& p : parts(in.texts)) {
        std::string const folded = lower(p.text);
        for (auto at = folded.find(lower(name)); at != std::string::npos; at = folded.find(lower(name), at + 1)) {
            if (p.text.compare(at, name.size(), name) == 0)
                written = true;
            else
                otherwise = true;
        }
    }
    if (!written || otherwise)
        out.push_back({"award.naming", Severity::error, "", "The award's rules want its name written " + name});
    auto const day = in.record.embargo_date ? in.record.embargo_date : in.record.release_date;
    if (a.release_from && day && *day < *a.release_from)
        out.push_back({"award.embargo", Severity::error, "timing",
                       "The award may be announced from " + ap_date(*a.release_from) + " on"});
}

void trademarks(LintInput const& in, std::vector<Problem>& out) {
    for (std::string const& mark : in.record.trademarks)
        for (Part const& p : parts(in.texts)) {
            std::string const folded = lower(p.text), wanted = lower(mark);
            for (auto at = find_word(folded, wanted); at != std::string::npos; at = find_word(folded, wanted, at + 1))
                if (p.text.compare(at, mark.size(), mark) != 0) {
                    out.push_back({"trademark.usage", Severity::warning, p.field,
                                   "The owner writes it " + mark + ", not " + p.text.substr(at, mark.size())});
                    break;
                }
        }
}

void listed(LintInput const& in, std::vector<Problem>& out) {
    bool const any = std::any_of(in.record.boilerplates.begin(), in.record.boilerplates.end(),
                                 [](Boilerplate const& b) { return b.listed; });
    if (!any) return; // private firms need no such text
    for (Part const& p : parts(in.texts))
        if (lower(p.text).find("forward-looking statements") != std::string::npos) return;
    out.push_back({"safe-harbor.missing", Severity::error, "",
                   "A company whose shares are traded adds its safe-harbor text "
                   "on forward-looking statements"});
}

void networks(LintInput const& in, std::vector<Problem>& out) {
    Texts const& t = in.texts;
    for (auto const& [field, text] :
         {Part{"x", t.x}, Part{"linkedin", t.linkedin}, Part{"facebook", t.facebook}, Part{"instagram", t.instagram}})
        if (links(text) > 1)
            out.push_back({"social.links", Severity::warning, field, "One link is enough; networks show the first"});
    if (links(t.instagram) > 0)
        out.push_back({"social.instagram", Severity::info, "instagram",
                       "Instagram makes no link of an address in a text; put it "
                       "into the profile"});
    if (!t.instagram.empty() && t.image.empty())
        out.push_back({"social.image", Severity::warning, "image", "Instagram needs a picture"});
    if (!t.image.empty() && t.image_alt.empty())
        out.push_back(
            {"social.alt", Severity::warning, "image_alt", "The picture has no text for those who cannot see it"});
    // Before the fold: what is read without opening the text.
    if (characters(t.facebook) > 80 && t.facebook.find('\n') == std::string::npos)
        out.push_back({"social.fold", Severity::info, "facebook",
                       "Facebook shows about 80 characters before it folds; begin "
                       "with one short line"});
}

} // namespace

void lint_rules(LintInput const& in, std::vector<Problem>& out) {
    award(in, out);
    trademarks(in, out);
    listed(in, out);
    networks(in, out);
    for (std::string const& used : in.private_facts) {
        auto const colon = used.find(':');
        out.push_back({"fact.private", Severity::error, used.substr(0, colon),
                       "The fact " + used.substr(colon + 1) + " is not marked public; ask its owner or leave it out"});
    }
}

} // namespace press_release
