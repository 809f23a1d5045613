#include "delivery/letter.hpp"
#include "delivery/letter_model.hpp"
#include "delivery/names.hpp"
#include "template/template.hpp"
#include <fmt/format.h>
#include <set>

namespace deckle::delivery {

using model::Json;

namespace {

/// What a file is called: by its report, or the pack as a whole.
std::string report_name(store::Edition const& edition, File const& file) {
    if (!file.report.empty()) return file.report;
    auto const name = edition.subject.substr(edition.subject.find(':') + 1);
    return edition.subject.starts_with("pack:") ? name + "-pack" : name;
}

/// In a file name the period is written so that names sort: "2026-10", with "-as-of-2026-10-20" when that is not its
/// end.
std::string sorting_period(std::string period) {
    auto const at = period.find('@');
    return at == std::string::npos ? period : period.substr(0, at) + "-as-of-" + period.substr(at + 1);
}

std::string as_of_date(Product const& product) {
    auto const at = Json::json_pointer("/run/as_of/$date");
    return product.models.empty() || !product.models.front().contains(at)
               ? std::string()
               : product.models.front().at(at).get<std::string>();
}

/// At most one empty line at a time, none at the beginning: what is left out of a template leaves some behind.
std::string without_gaps(std::string_view text) {
    std::string out;
    for (char const c : text)
        if (c != '\n' || !(out.empty() || out.ends_with("\n\n"))) out += c;
    return out;
}

class Composer {
public:
    Composer(data::Workspace const& workspace, store::Edition const& edition, Product const& product,
             LetterTerms const& terms)
        : workspace_(workspace), edition_(edition), product_(product), terms_(terms),
          formatter_(workspace.company.locale, workspace.company.zone) {}

    Letter compose(std::filesystem::path const& templates, Diagnostics& diagnostics) {
        letter_.subject = subject_line(terms_.subject, subject_names());
        place_files();
        templates::Folders const folders = {workspace_.root / "templates" / "mail", templates / "mail"};
        auto const html = templates::Template::load("letter.html.mustache", folders);
        auto const text = templates::Template::load("letter.txt.mustache", folders);
        for (Room room;; shrink(room)) {
            auto const model = letter_model(workspace_, edition_, product_, terms_, letter_, room, formatter_);
            Diagnostics found;
            letter_.html = html.render(model, {.formatter = formatter_}, found);
            if (letter_.html.size() > max_letter) continue;
            letter_.text = without_gaps(text.render(model, {.formatter = formatter_}, found));
            diagnostics.append(found);
            return std::move(letter_);
        }
    }

private:
    Names subject_names() const {
        bool const pack = edition_.subject.starts_with("pack:");
        auto const name = edition_.subject.substr(edition_.subject.find(':') + 1);
        return {{"company", workspace_.company.name},
                {"title", title_of(workspace_, edition_, product_)},
                {"report", pack ? "" : name},
                {"pack", pack ? name : ""},
                {"period", period_text(edition_, product_, formatter_)},
                {"part", edition_.part},
                {"revision", edition_.revision > 1 ? fmt::format(" (corrected, revision {})", edition_.revision) : ""},
                {"as_of", as_of_text(product_, formatter_)}};
    }

    Names file_names(File const& file) const {
        auto names = subject_names();
        names["report"] = report_name(edition_, file);
        names["period"] = sorting_period(edition_.period);
        names["revision"] = edition_.revision > 1 ? fmt::format("_r{}", edition_.revision) : "";
        names["as_of"] = as_of_date(product_);
        return names;
    }

    void place_files() {
        std::uint64_t sum = 0;
        std::set<std::string> names;
        for (File file : product_.files) {
            auto const dot = file.name.rfind('.');
            file.name = file_name(terms_.file_name, file_names(file),
                                  dot == std::string::npos ? "" : file.name.substr(dot + 1));
            if (!names.insert(file.name).second)
                throw Error(ErrorCode::usage,
                            fmt::format("file_name = \"{}\" gives two files the name {}; add {{{{report}}}} to it",
                                        terms_.file_name, file.name));
            sum += static_cast<std::uint64_t>(file.bytes);
            letter_.files.push_back(std::move(file));
        }
        if (sum <= terms_.max_attachment) return;
        if (terms_.link.empty())
            throw Error(
                ErrorCode::limit,
                fmt::format("The files have {} bytes, more than the {} of max_attachment, and [delivery] has no "
                            "link under which they could be fetched. Raise max_attachment, or give link and a "
                            "channel of kind folder",
                            sum, terms_.max_attachment));
        letter_.linked = std::move(letter_.files);
        letter_.files.clear();
    }

    /// Whole items go first that are in the report all the same.
    void shrink(Room& room) const {
        room.reports = std::min(room.reports, product_.models.size());
        if (room.actions > 0)
            room.actions /= 2;
        else if (room.figures > 0)
            room.figures /= 2;
        else if (room.reports > 1)
            room.reports = room.reports * 3 / 4;
        else if (room.leads)
            room.leads = false;
        else
            throw Error(ErrorCode::limit, fmt::format("The message is larger than {} bytes with nothing in it but the "
                                                      "title: shorten the template templates/mail/letter.html.mustache",
                                                      max_letter));
    }

    data::Workspace const& workspace_;
    store::Edition const& edition_;
    Product const& product_;
    LetterTerms const& terms_;
    model::Formatter formatter_;
    Letter letter_;
};

} // namespace

std::string title_of(data::Workspace const& workspace, store::Edition const& edition, Product const& product) {
    auto const name = edition.subject.substr(edition.subject.find(':') + 1);
    if (edition.subject.starts_with("pack:")) {
        auto const pack = workspace.packs.find(name);
        return pack == workspace.packs.end() || pack->second.title.empty() ? name : pack->second.title;
    }
    auto const at = Json::json_pointer("/run/report_title");
    for (Json const& report : product.models)
        if (report.contains(at) && report.at(at).is_string()) return report.at(at).get<std::string>();
    return name;
}

Letter compose(data::Workspace const& workspace, store::Edition const& edition, Product const& product,
               LetterTerms const& terms, std::filesystem::path const& templates, Diagnostics& diagnostics) {
    return Composer(workspace, edition, product, terms).compose(templates, diagnostics);
}

Json sample_letter() {
    return Json::parse(R"({"subject":"s","company":"c","confidentiality":"c","brand":"#1f4e79","title":"t","part":"p",
        "period":"p","as_of":"a","corrected":{"revision":2,"reason":"r"},"warnings":[{"head":"h","rest":"r"}],
        "reports":[{"name":"n","answer":"a","lead":"l","figures":[{"cells":[{"label":"l","value":"v","note":"n",
        "bad":true,"soon":true}],"odd":true}],"has_figures":true,"needs_you":true,"more_actions":"m","actions":[{"when":"w","head":"h",
        "rest":"r","what":"w","owner":"o","due":"d","bad":true,"soon":true}]}],"more_reports":"m",
        "files":[{"name":"n","size":"s","url":"https://x"}],"links":[{"name":"n","size":"s","url":"https://x"}],
        "about":[{"label":"l","value":"v"}],"contact":"c"})");
}

} // namespace deckle::delivery
