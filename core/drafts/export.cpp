#include "drafts/export.hpp"
#include "base/text.hpp"
#include "drafts/count.hpp"
#include "template/markdown.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::drafts {
namespace {

using model::Json;

/// A plain text as Markdown that reads the same: marks are escaped, lines stay lines.
std::string escaped(std::string_view text) {
    std::string out;
    bool line_start = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (c == '\n') {
            bool const paragraph = i + 1 < text.size() && text[i + 1] == '\n';
            bool const after_paragraph = i > 0 && text[i - 1] == '\n';
            out += paragraph || after_paragraph ? "\n" : "\\\n";
            line_start = true;
            continue;
        }
        bool const always = std::string_view("\\`*_[]<>&|~").find(c) != std::string_view::npos;
        bool const at_start = line_start && std::string_view("#+-=").find(c) != std::string_view::npos;
        std::size_t digits = i;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
        if (line_start && digits > i && digits < text.size() && (text[digits] == '.' || text[digits] == ')')) {
            out += text.substr(i, digits - i); // 1. would begin a list
            out += '\\';
            out += text[digits];
            i = digits;
            line_start = false;
            continue;
        }
        if (always || at_start) out += '\\';
        out += c;
        line_start = line_start && (c == ' ' || c == '\t');
    }
    return out;
}

struct Block {
    std::string section; // heading; empty = the same as before
    std::string label, text;
    bool markdown = false;
};

std::vector<Block> blocks_of(Json const& model, model::Formatter const& formatter) {
    std::vector<Block> blocks;
    std::string section;
    for (Json const& field : model.value("fields", Json::array())) {
        Block block{"", formatter.text(field.at("label")), field.at("text").get<std::string>(),
                    field.value("markdown", false)};
        if (std::string const here = field.value("section", ""); here != section) block.section = section = here;
        blocks.push_back(std::move(block));
    }
    return blocks;
}

std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(count(text, Field::Unit::characters));
}

std::string plain(std::string const& markdown) {
    std::string text = templates::markdown_to_text(markdown);
    text.erase(text.find_last_not_of('\n') + 1);
    return text;
}

std::string one_line(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    return text;
}

std::string paragraphs(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        auto const end = text.find("\n\n");
        std::string paragraph = escape_markup(text.substr(0, end));
        for (std::size_t at = 0; (at = paragraph.find('\n', at)) != std::string::npos; at += 4)
            paragraph.replace(at, 1, "<br>");
        if (!paragraph.empty()) out += "<p>" + paragraph + "</p>\n";
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 2);
    }
    return out;
}

} // namespace

std::string to_markdown(Json const& model, model::Formatter const& formatter) {
    std::string out = fmt::format("# {}\n", escaped(one_line(formatter.text(model.at("title")))));
    bool const sections = std::ranges::any_of(model.value("fields", Json::array()),
                                              [](Json const& f) { return !f.value("section", "").empty(); });
    for (Block const& block : blocks_of(model, formatter)) {
        if (!block.section.empty()) out += fmt::format("\n## {}\n", escaped(one_line(block.section)));
        out += fmt::format("\n{} {}\n", sections ? "###" : "##", escaped(one_line(block.label)));
        if (!block.text.empty()) out += fmt::format("\n{}\n", block.markdown ? block.text : escaped(block.text));
    }
    return out;
}

std::string to_html_fragment(Json const& model, model::Formatter const& formatter) {
    std::string out;
    bool in_section = false;
    for (Block const& block : blocks_of(model, formatter)) {
        if (!block.section.empty()) out += fmt::format("<h1>{}</h1>\n", escape_markup(block.section));
        in_section = in_section || !block.section.empty();
        out += fmt::format("<h{0}>{1}</h{0}>\n", in_section ? 2 : 1, escape_markup(block.label));
        out += block.markdown ? templates::markdown_to_html(block.text) : paragraphs(block.text);
    }
    return out;
}

std::string to_plain_text(Json const& model, model::Formatter const& formatter) {
    auto const underlined = [](std::string const& text, char line) {
        return text + "\n" + std::string(std::min<std::size_t>(width(text), 72), line) + "\n";
    };
    std::string out = underlined(one_line(formatter.text(model.at("title"))), '=');
    for (Block const& block : blocks_of(model, formatter)) {
        if (!block.section.empty()) out += "\n" + underlined(one_line(block.section), '-');
        out += "\n" + one_line(block.label) + "\n";
        std::string const text = block.markdown ? plain(block.text) : block.text;
        if (!text.empty()) out += "\n" + text + "\n";
    }
    return out;
}

std::string pasted_text(Json const& field) {
    std::string text = field.at("text");
    return field.value("markdown", false) ? plain(text) : text;
}

std::vector<FormField> to_form_fields(Json const& model, model::Formatter const& formatter) {
    std::vector<FormField> fields;
    for (Json const& field : model.value("fields", Json::array())) {
        FormField one{field.at("id"), one_line(formatter.text(field.at("label"))), pasted_text(field), ""};
        int const n = field.at("count");
        if (auto const limit = field.find("limit"); limit != field.end())
            one.count = fmt::format("{} of at most {} {}", n, limit->at("max").get<int>(),
                                    unit_words(unit_of(limit->at("unit").get<std::string>())));
        else if (field.at("kind") == "text")
            one.count = fmt::format("{} {}", n, n == 1 ? "word" : "words");
        fields.push_back(std::move(one));
    }
    return fields;
}

} // namespace deckle::drafts
