#include "html/tree_builder.hpp"
#include <algorithm>
#include <array>
#include <string>

namespace deckle::html {
namespace {

// clang-format off
constexpr std::array<std::string_view, 55> old_public_ids{
    "+//silmaril//dtd html pro v0r11 19970101//", "-//as//dtd html 3.0 aswedit + extensions//",
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//", "-//ietf//dtd html 2.0 level 1//",
    "-//ietf//dtd html 2.0 level 2//", "-//ietf//dtd html 2.0 strict level 1//", "-//ietf//dtd html 2.0 strict level 2//",
    "-//ietf//dtd html 2.0 strict//", "-//ietf//dtd html 2.0//", "-//ietf//dtd html 2.1e//", "-//ietf//dtd html 3.0//",
    "-//ietf//dtd html 3.2 final//", "-//ietf//dtd html 3.2//", "-//ietf//dtd html 3//", "-//ietf//dtd html level 0//",
    "-//ietf//dtd html level 1//", "-//ietf//dtd html level 2//", "-//ietf//dtd html level 3//",
    "-//ietf//dtd html strict level 0//", "-//ietf//dtd html strict level 1//", "-//ietf//dtd html strict level 2//",
    "-//ietf//dtd html strict level 3//", "-//ietf//dtd html strict//", "-//ietf//dtd html//",
    "-//metrius//dtd metrius presentational//", "-//microsoft//dtd internet explorer 2.0 html strict//",
    "-//microsoft//dtd internet explorer 2.0 html//", "-//microsoft//dtd internet explorer 2.0 tables//",
    "-//microsoft//dtd internet explorer 3.0 html strict//", "-//microsoft//dtd internet explorer 3.0 html//",
    "-//microsoft//dtd internet explorer 3.0 tables//", "-//netscape comm. corp.//dtd html//",
    "-//netscape comm. corp.//dtd strict html//", "-//o'reilly and associates//dtd html 2.0//",
    "-//o'reilly and associates//dtd html extended 1.0//", "-//o'reilly and associates//dtd html extended relaxed 1.0//",
    "-//sq//dtd html 2.0 hotmetal + extensions//", "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
    "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//", "-//spyglass//dtd html 2.0 extended//",
    "-//sun microsystems corp.//dtd hotjava html//", "-//sun microsystems corp.//dtd hotjava strict html//",
    "-//w3c//dtd html 3 1995-03-24//", "-//w3c//dtd html 3.2 draft//", "-//w3c//dtd html 3.2 final//",
    "-//w3c//dtd html 3.2//", "-//w3c//dtd html 3.2s draft//", "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//", "-//w3c//dtd html experimental 19960712//",
    "-//w3c//dtd html experimental 970421//", "-//w3c//dtd w3 html//", "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//dtd mozilla html 2.0//", "-//webtechs//dtd mozilla html//",
};
// clang-format on

/// The quoted text at the beginning of `rest`, which it leaves; false when there is none.
bool take_quoted(std::string_view& rest, std::string_view& value) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\n\f\r"), rest.size()));
    if (rest.empty() || (rest[0] != '"' && rest[0] != '\'')) return false;
    auto const end = rest.find(rest[0], 1);
    value = rest.substr(1, end == std::string_view::npos ? end : end - 1);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return end != std::string_view::npos;
}

} // namespace

bool asks_for_quirks(std::string_view doctype) {
    std::string lower(doctype);
    for (auto& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    std::string_view rest = lower;
    auto const skip_blank = [&] { rest.remove_prefix(std::min(rest.find_first_not_of(" \t\n\f\r"), rest.size())); };
    skip_blank();
    auto const name = rest.substr(0, rest.find_first_of(" \t\n\f\r"));
    if (name != "html") return true;
    rest.remove_prefix(name.size());
    skip_blank();
    std::string_view public_id, system_id;
    bool has_system = false;
    if (rest.starts_with("public")) {
        rest.remove_prefix(6);
        if (!take_quoted(rest, public_id)) return true;
        skip_blank();
        if (!rest.empty() && !(has_system = take_quoted(rest, system_id))) return true;
    } else if (rest.starts_with("system")) {
        rest.remove_prefix(6);
        if (!take_quoted(rest, system_id)) return true;
        has_system = true;
    } else if (!rest.empty())
        return true;
    if (public_id == "-//w3o//dtd w3 html strict 3.0//en//" || public_id == "-/w3c/dtd html 4.0 transitional/en" ||
        public_id == "html" || system_id == "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd")
        return true;
    if (std::ranges::any_of(old_public_ids, [&](std::string_view id) { return public_id.starts_with(id); }))
        return true;
    return !has_system && (public_id.starts_with("-//w3c//dtd html 4.01 frameset//") ||
                           public_id.starts_with("-//w3c//dtd html 4.01 transitional//"));
}

} // namespace deckle::html
