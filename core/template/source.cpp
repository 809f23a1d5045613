// A scanner of ours in front of kainjow: its parser names only the outermost wrong section, gives byte offsets, accepts
// {{}} and {{ a | b }} as names and parses a partial anew each time it is printed. What it gets in the end is
// `canonical()`: default delimiters, no comments, no partials, names that are numbers.
#include "template/source.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "template/place.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace deckle::templates {
namespace {

constexpr std::size_t max_source = std::size_t{16} << 20;
constexpr std::size_t max_nesting = 200; // kainjow recurses into sections
constexpr std::string_view blank = " \t\r\n";
constexpr std::string_view html_end = ".html.mustache", plain_end = ".txt.mustache";

std::string_view trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

bool is_name_part(std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == '$' || c == '@';
    });
}

Pseudo pseudo_of(std::string_view name) {
    constexpr std::pair<std::string_view, Pseudo> all[] = {
        {"$type", Pseudo::type},   {"$reason", Pseudo::reason},   {"$align", Pseudo::align}, {"$index", Pseudo::index},
        {"$first", Pseudo::first}, {"$last", Pseudo::last},       {"$lang", Pseudo::lang},   {"$style", Pseudo::style},
        {"$logo", Pseudo::logo},   {"$sources", Pseudo::sources}, {"$sum", Pseudo::sum},     {"$value", Pseudo::value}};
    auto const it = std::ranges::find(all, name, &std::pair<std::string_view, Pseudo>::first);
    return it == std::end(all) ? Pseudo::none : it->second;
}

/// False when `name` is no Mustache name.
bool set_name(Tag& tag, std::string_view name) {
    tag.name = name;
    tag.pseudo = pseudo_of(name);
    if (tag.pseudo != Pseudo::none) return true;
    if (name == ".") {
        tag.anchored = true;
        return true;
    }
    tag.anchored = name.starts_with('.');
    if (tag.anchored) name.remove_prefix(1);
    while (true) {
        auto const dot = name.find('.');
        auto const part = name.substr(0, dot);
        if (!is_name_part(part)) return false;
        tag.path.emplace_back(part);
        if (dot == std::string_view::npos) return true;
        name.remove_prefix(dot + 1);
    }
}

class Reader {
public:
    Reader(std::string const& name, Folders const& folders, Diagnostics* findings)
        : folders_(folders), findings_(findings) {
        source_.plain = name.ends_with(plain_end);
    }

    Source take() { return std::move(source_); }

    void file(std::filesystem::path const& path) {
        if (std::ranges::find(source_.files, path) == source_.files.end()) source_.files.push_back(path);
        text(read_file(path), path.string());
    }

    void text(std::string_view text, std::string const& name) {
        std::string open = "{{", close = "}}";
        std::vector<std::size_t> sections; // tags opened in this file
        std::size_t at = 0;
        Lines lines(text, name);
        while (at < text.size()) {
            auto const start = text.find(open, at);
            add_text(text.substr(at, start == std::string_view::npos ? start : start - at));
            if (start == std::string_view::npos) break;
            auto const position = lines.position(start);
            bool const triple = open == "{{" && text.substr(start + 2).starts_with('{');
            std::string const end_mark = triple ? "}}}" : close;
            auto const inside = start + open.size() + (triple ? 1 : 0);
            auto const end = text.find(end_mark, inside);
            if (end == std::string_view::npos) {
                fault("template-syntax", fmt::format("this tag is not closed with {}", end_mark), position);
                break;
            }
            at = end + end_mark.size();
            auto const content = trimmed(text.substr(inside, end - inside));
            char const sigil = content.empty() || triple ? '\0' : content[0];
            auto const rest = trimmed(content.substr(sigil == '\0' ? 0 : 1));
            if (sigil == '!' || sigil == '=' || sigil == '>') at = drop_standalone_line(text, start, at);
            if (sigil == '!') continue;
            if (sigil == '=')
                set_delimiters(content, open, close, position);
            else if (sigil == '>')
                partial(rest, position);
            else if (sigil == '/')
                close_section(rest, sections, position);
            else
                open_tag(triple || sigil == '&', sigil, sigil == '&' ? rest : content, sections, position);
        }
        for (auto const tag : sections) {
            fault("template-syntax",
                  fmt::format("section {} is not closed with {{{{/{}}}}}", source_.tags[tag].name,
                              source_.tags[tag].name),
                  source_.tags[tag].position);
            close_open_section(tag);
        }
    }

private:
    /// Line and column of increasing offsets.
    class Lines {
    public:
        Lines(std::string_view text, std::string const& name) : text_(text), name_(name) {}
        Position position(std::size_t offset) {
            for (; at_ < offset; ++at_)
                if (text_[at_] == '\n') {
                    ++line_;
                    line_start_ = at_ + 1;
                }
            return {name_, line_, static_cast<int>(offset - line_start_) + 1};
        }

    private:
        std::string_view text_;
        std::string const& name_;
        std::size_t at_ = 0, line_start_ = 0;
        int line_ = 1;
    };

    void fault(std::string code, std::string message, Position position) {
        if (findings_ == nullptr) throw Error(ErrorCode::usage, message, position);
        findings_->error(std::move(code), std::move(message), std::move(position));
    }

    void add_text(std::string_view text) {
        size_ += text.size();
        if (size_ > max_source)
            throw Error(ErrorCode::limit,
                        fmt::format("the template with its partials is larger than {} bytes", max_source));
        if (!source_.plain) place_.feed(text);
        // A brace that kainjow could read as part of a tag: two in a row (other delimiters are set) or one before a
        // tag.
        for (auto brace = text.find('{'); brace != std::string_view::npos; brace = text.find('{', brace)) {
            if (brace + 1 < text.size() && text[brace + 1] != '{') {
                ++brace;
                continue;
            }
            add_piece(text.substr(0, brace));
            Tag literal;
            literal.kind = TagKind::literal;
            literal.name = "{";
            add_tag(std::move(literal));
            text.remove_prefix(brace + 1);
            brace = 0;
        }
        add_piece(text);
    }

    void add_piece(std::string_view text) {
        if (!text.empty()) source_.pieces.push_back({Piece::Kind::text, std::string(text), 0});
    }

    std::size_t add_tag(Tag tag) {
        source_.tags.push_back(std::move(tag));
        source_.pieces.push_back({Piece::Kind::tag, {}, source_.tags.size() - 1});
        return source_.tags.size() - 1;
    }

    /// A comment, delimiter or partial tag alone on its line takes the line with it: returns where reading goes on.
    std::size_t drop_standalone_line(std::string_view text, std::size_t start, std::size_t after) {
        auto const line = start == 0 ? 0 : text.rfind('\n', start - 1) + 1; // npos + 1 is 0
        auto const line_end = text.find('\n', after);
        auto const behind = text.substr(after, line_end == std::string_view::npos ? line_end : line_end - after);
        if (!trimmed(text.substr(line, start - line)).empty() || !trimmed(behind).empty()) return after;
        if (start > line && !source_.pieces.empty() && source_.pieces.back().kind == Piece::Kind::text) {
            auto& before = source_.pieces.back().text;
            before.resize(before.size() - std::min(before.size(), start - line));
        }
        return line_end == std::string_view::npos ? text.size() : line_end + 1;
    }

    void set_delimiters(std::string_view content, std::string& open, std::string& close, Position const& position) {
        auto const inner = content.size() > 2 && content.ends_with('=') ? trimmed(content.substr(1, content.size() - 2))
                                                                        : std::string_view();
        auto const gap = inner.find_first_of(blank);
        auto const second = gap == std::string_view::npos ? std::string_view() : trimmed(inner.substr(gap));
        if (second.empty() || second.find_first_of(" \t\r\n=") != std::string_view::npos) {
            fault("template-syntax", "delimiters are set as {{=<% %>=}}", position);
            return;
        }
        open = inner.substr(0, gap);
        close = second;
    }

    void partial(std::string_view name, Position const& position) {
        if (!is_name_part(name)) {
            fault("template-syntax", fmt::format("\"{}\" is no name of a partial", name), position);
            return;
        }
        std::string const partial(name);
        if (std::ranges::find(open_partials_, partial) != open_partials_.end()) {
            fault(
                "partial-recursion",
                fmt::format("partial {} includes itself: {} > {}", partial, fmt::join(open_partials_, " > "), partial),
                position);
            return;
        }
        std::string const file_name = partial + std::string(source_.plain ? plain_end : html_end);
        auto const path = find_file(file_name, folders_);
        if (path.empty()) {
            if (findings_ != nullptr)
                findings_->error("missing-partial", fmt::format("there is no partial \"{}\" ({})", partial, file_name),
                                 position);
            Tag tag;
            tag.kind = TagKind::missing_partial;
            tag.name = partial;
            tag.position = position;
            add_tag(std::move(tag));
            return;
        }
        open_partials_.push_back(partial);
        file(path);
        open_partials_.pop_back();
    }

    void open_tag(bool raw, char sigil, std::string_view content, std::vector<std::size_t>& sections,
                  Position const& position) {
        bool const section = !raw && (sigil == '#' || sigil == '^');
        Tag tag;
        tag.kind = raw            ? TagKind::raw
                   : sigil == '#' ? TagKind::section
                   : sigil == '^' ? TagKind::inverted
                                  : TagKind::variable;
        tag.position = position;
        auto const name = section ? trimmed(content.substr(1)) : content;
        if (!set_name(tag, name)) {
            auto const hint =
                name.empty() ? std::string("a tag needs a name")
                : name.find('|') != std::string_view::npos
                    ? fmt::format("\"{}\" is no name: there are no filters, leaves are formatted by the host", name)
                    : fmt::format("\"{}\" is no name", name);
            fault("template-syntax", hint, position);
            return;
        }
        if (!section && !source_.plain) {
            auto const unsafe = place_.at_tag(tag);
            if (!unsafe.empty()) fault("unsafe-place", unsafe, position);
        }
        auto const index = add_tag(std::move(tag));
        if (!section) return;
        if (++depth_ > max_nesting)
            throw Error(ErrorCode::limit, fmt::format("sections nested deeper than {}", max_nesting), position);
        sections.push_back(index);
    }

    void close_section(std::string_view name, std::vector<std::size_t>& sections, Position const& position) {
        if (sections.empty()) {
            fault("template-syntax", fmt::format("{{{{/{}}}}} closes no section of this file", name), position);
            return;
        }
        auto const tag = sections.back();
        if (source_.tags[tag].name != name) {
            auto const& opened = source_.tags[tag];
            fault("template-syntax",
                  fmt::format("{{{{/{}}}}} stands where section {} (opened in line {}) must be closed", name,
                              opened.name, opened.position.line),
                  position);
            auto const known = std::ranges::find(sections, name,
                                                 [&](std::size_t t) { return std::string_view(source_.tags[t].name); });
            if (known == sections.end()) return;
            while (source_.tags[sections.back()].name != name) {
                close_open_section(sections.back());
                sections.pop_back();
            }
        }
        close_open_section(sections.back());
        sections.pop_back();
    }

    void close_open_section(std::size_t tag) {
        --depth_;
        source_.pieces.push_back({Piece::Kind::section_end, {}, tag});
        source_.tags[tag].end = source_.pieces.size();
    }

    Folders const& folders_;
    Diagnostics* findings_;
    Source source_;
    PlaceTracker place_;
    std::vector<std::string> open_partials_;
    std::size_t size_ = 0, depth_ = 0;
};

} // namespace

std::filesystem::path find_file(std::string const& name, Folders const& folders) {
    for (auto const& folder : folders) {
        auto const path = folder / name;
        std::error_code error;
        if (std::filesystem::is_regular_file(path, error)) return path;
    }
    return {};
}

Source read_source(std::string const& name, Folders const& folders, Diagnostics* findings) {
    auto const path = find_file(name, folders);
    if (path.empty()) {
        std::vector<std::string> places;
        for (auto const& folder : folders) places.push_back(folder.string());
        throw Error(ErrorCode::usage, fmt::format("there is no template {} in {}", name, fmt::join(places, ", ")));
    }
    Reader reader(name, folders, findings);
    reader.file(path);
    return reader.take();
}

Source read_source_text(std::string const& text, std::string const& name, Folders const& folders,
                        Diagnostics* findings) {
    Reader reader(name, folders, findings);
    reader.text(text, name);
    return reader.take();
}

std::string Source::canonical() const {
    std::string out;
    auto const number = [&](char const* open, std::size_t tag, char const* close) {
        out += open;
        out += std::to_string(tag);
        out += close;
    };
    for (auto const& piece : pieces) {
        if (piece.kind == Piece::Kind::text)
            out += piece.text;
        else if (piece.kind == Piece::Kind::section_end)
            number("{{/", piece.tag, "}}");
        else if (tags[piece.tag].kind == TagKind::section)
            number("{{#", piece.tag, "}}");
        else if (tags[piece.tag].kind == TagKind::inverted)
            number("{{^", piece.tag, "}}");
        else
            number("{{{", piece.tag, "}}}");
    }
    return out;
}

} // namespace deckle::templates
