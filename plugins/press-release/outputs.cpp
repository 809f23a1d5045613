// The release as files: text for e-mail, JSON-LD for the website.
#include "draft.hpp"
#include "text.hpp"

namespace press_release {
namespace {

constexpr std::size_t width = 72;

std::string wrapped(std::string const& text) {
    std::string out, line;
    for (std::string const& word : words(text)) {
        if (!line.empty() && characters(line) + 1 + characters(word) > width) {
            out += line + "\n";
            line.clear();
        }
        line += (line.empty() ? "" : " ") + word;
    }
    return out + line + "\n";
}

} // namespace

std::string plain_text(Draft const& d) {
    Texts const& t = d.texts;
    std::string out;
    auto part = [&](std::string const& text) {
        if (!text.empty()) out += wrapped(text) + "\n";
    };
    part(t.timing);
    std::string contacts;
    for (std::string const& contact : t.contacts)
        if (!contact.empty()) contacts += wrapped(contact);
    if (!contacts.empty()) out += "Media contact:\n" + contacts + "\n";
    part(t.headline);
    part(t.subhead);
    part(t.dateline.empty() ? t.lead : t.dateline + " " + t.lead);
    for (std::string const& paragraph : story(t)) part(paragraph);
    part(t.call_to_action);
    for (std::size_t i = 0; i < t.about.size(); ++i) {
        if (t.about[i].empty()) continue;
        bool const known = i < d.record.boilerplates.size();
        out += "About " + (known ? d.record.boilerplates[i].company : d.company) + "\n";
        part(t.about[i]);
        if (known) part(d.record.boilerplates[i].website);
    }
    return out + "###\n";
}

std::string json_ld(Draft const& d) {
    Texts const& t = d.texts;
    Json article{{"@context", "https://schema.org"}, {"@type", "NewsArticle"}, {"headline", t.headline}};
    std::string body = t.lead;
    for (std::string const& paragraph : story(t)) body += (body.empty() ? "" : "\n\n") + paragraph;
    if (!t.call_to_action.empty()) body += "\n\n" + t.call_to_action;
    article["articleBody"] = body;
    article["wordCount"] = words(body).size();
    if (!t.subhead.empty()) article["alternativeHeadline"] = t.subhead;
    if (!t.dateline.empty()) article["dateline"] = t.dateline;
    if (d.embargo)
        article["datePublished"] = leaf::datetime(d.embargo->at).at("$datetime");
    else if (d.record.release_date)
        article["datePublished"] = d.record.release_date->to_string();
    Json firm{{"@type", "Organization"}, {"name", d.company}};
    if (!d.website.empty()) firm["url"] = d.website;
    article["author"] = firm;
    article["publisher"] = firm;
    for (Step const& s : d.record.steps)
        if (s.channel == "website" && !s.url.empty()) article["url"] = article["mainEntityOfPage"] = s.url;
    if (!t.image.empty())
        article["image"] = Json{{"@type", "ImageObject"}, {"contentUrl", t.image}, {"caption", t.image_alt}};
    if (d.record.award) article["about"] = Json{{"@type", "Thing"}, {"name", d.record.award->name}};
    return article.dump(2) + "\n";
}

} // namespace press_release
