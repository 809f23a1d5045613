#include "delivery/names.hpp"
#include "base/diagnostics.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "template/template.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace deckle::delivery {

using model::Json;

namespace {

constexpr std::array<std::string_view, 8> known = {"company", "title", "report",   "pack",
                                                   "period",  "part",  "revision", "as_of"};

/// As a template sees them: what is empty is null, so that its section is skipped.
Json tree(Names const& names) {
    Json model = Json::object();
    for (auto const name : known) {
        auto const it = names.find(name);
        model[std::string(name)] = it == names.end() || it->second.empty() ? Json() : Json(it->second);
    }
    return model;
}

/// Throws Error{usage} without a position: the line is the configuration's, which the caller knows.
std::string fill(std::string_view text, Json const& model) {
    model::Formatter const plain("en_US", "UTC"); // of text alone
    Diagnostics diagnostics;
    auto line = templates::Template::from_text(std::string(text), "line.txt.mustache")
                    .render(model, {.formatter = plain}, diagnostics);
    if (!diagnostics.empty()) throw Error(ErrorCode::usage, diagnostics.items().front().message);
    return line;
}

/// The first name in a tag that is none of ours; "" without one. A section on an unknown name would just be left out.
std::string unknown_name(std::string_view text) {
    for (auto at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at + 2)) {
        auto const first = text.find_first_not_of("{#^/& ", at);
        if (first == std::string_view::npos || text[first] == '!') continue;
        std::string const name(text.substr(first, text.find_first_of("} ", first) - first));
        if (std::ranges::find(known, name) == known.end()) return name;
    }
    return {};
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// No blank at an end, no two in a row; a control character is a blank.
std::string one_line(std::string_view text) {
    std::string line;
    for (char const c : text) {
        char const shown = is_control(c) ? ' ' : c;
        if (shown != ' ' || (!line.empty() && line.back() != ' ')) line += shown;
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

/// At most `bytes`, without a character cut in two.
std::string shortened(std::string text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (text[bytes] & 0xC0) == 0x80) --bytes;
    text.resize(bytes);
    return text;
}

// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
bool is_device(std::string_view stem) {
    std::string name(stem.substr(0, stem.find('.')));
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (name == "CON" || name == "PRN" || name == "AUX" || name == "NUL") return true;
    return name.size() == 4 && (name.starts_with("COM") || name.starts_with("LPT")) && name[3] >= '0' && name[3] <= '9';
}

} // namespace

std::string name_template_problem(std::string_view text) {
    if (std::ranges::any_of(text, is_control)) return "a line break or control character is in it";
    if (auto const name = unknown_name(text); !name.empty())
        return fmt::format("there is no name '{}'; known: {}", name, fmt::join(known, ", "));
    try {
        (void)fill(text, tree({}));
    } catch (Error const& e) {
        return e.what();
    }
    return {};
}

std::string subject_line(std::string_view text, Names const& names) {
    auto line = shortened(one_line(fill(text.empty() ? default_subject : text, tree(names))), 200);
    if (line.empty()) throw Error(ErrorCode::usage, "subject = \"" + std::string(text) + "\" gives an empty line");
    return line;
}

std::string file_name(std::string_view text, Names const& names, std::string_view extension) {
    Names words;
    for (auto const& [name, value] : names)
        if (!value.empty()) // the revision brings its own "_"
            words[name] = name == "revision" ? value : shortened(file_word(value), 80);
    std::string stem = one_line(fill(text.empty() ? default_file_name : text, tree(words)));
    for (char& c : stem)
        if (std::string_view("<>:\"/\\|?*").find(c) != std::string_view::npos) c = '-';
    stem = shortened(std::move(stem), 200 - extension.size() - 1);
    auto const first = stem.find_first_not_of(". ");
    if (first == std::string::npos)
        throw Error(ErrorCode::usage, "file_name = \"" + std::string(text) + "\" gives an empty name");
    stem = stem.substr(first, stem.find_last_not_of(". ") - first + 1);
    if (is_device(stem)) stem = "_" + stem;
    return extension.empty() ? stem : stem + "." + std::string(extension);
}

// https://www.rfc-editor.org/rfc/rfc3986#section-2.3: what stands for itself in a path
std::string link_to(std::string_view link, std::string_view file_name) {
    std::string url(link);
    for (char const c : file_name) {
        bool const plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        url += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return url;
}

} // namespace deckle::delivery
