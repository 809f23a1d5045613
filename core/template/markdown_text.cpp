#include "template/markdown.hpp"
#include "template/markdown_reader.hpp"
#include <fmt/format.h>

namespace deckle::templates {
namespace {

class TextWriter final : public MarkdownReader {
public:
    std::string out;

private:
    struct List {
        unsigned next = 0;  // number of the next item; 0 = bullets
        std::string indent; // before the lines of an item after its first
    };

    void enter(MD_BLOCKTYPE type, void const* detail) override {
        switch (type) {
        case MD_BLOCK_UL:
            if (lists_.empty()) begin();
            lists_.push_back({0, indent() + "  "});
            break;
        case MD_BLOCK_OL:
            if (lists_.empty()) begin();
            lists_.push_back({static_cast<MD_BLOCK_OL_DETAIL const*>(detail)->start, indent() + "   "});
            break;
        case MD_BLOCK_LI: {
            new_line();
            List& list = lists_.back();
            out += lists_.size() > 1 ? lists_[lists_.size() - 2].indent : "";
            out += list.next == 0 ? "- " : fmt::format("{}. ", list.next++);
            at_item_ = true;
            break;
        }
        case MD_BLOCK_HR:
            begin();
            out += "---";
            break;
        case MD_BLOCK_QUOTE:
            at_item_ = false;
            break;
        case MD_BLOCK_H:
        case MD_BLOCK_CODE:
        case MD_BLOCK_TABLE:
        case MD_BLOCK_P:
            begin();
            break;
        case MD_BLOCK_TR:
            if (cell_ > 0) new_line();
            cell_ = 1;
            break;
        case MD_BLOCK_TH:
        case MD_BLOCK_TD:
            if (cell_++ > 1) out += " | ";
            break;
        default:
            break;
        }
    }
    void leave(MD_BLOCKTYPE type, void const*) override {
        if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) lists_.pop_back();
        if (type == MD_BLOCK_TABLE) cell_ = 0;
        if (type == MD_BLOCK_LI) at_item_ = false;
        if (type == MD_BLOCK_DOC) {
            while (out.ends_with('\n')) out.pop_back();
            if (!out.empty()) out += '\n';
        }
    }
    void enter(MD_SPANTYPE type, void const*) override {
        if (type == MD_SPAN_A) link_starts_.push_back(out.size());
    }
    void leave(MD_SPANTYPE type, void const* detail) override {
        if (type != MD_SPAN_A) return;
        std::string const url = plain_text(static_cast<MD_SPAN_A_DETAIL const*>(detail)->href);
        std::string const shown = out.substr(link_starts_.back());
        link_starts_.pop_back();
        if (is_allowed_link(url) && !url.starts_with('#') && url != shown && url != "mailto:" + shown)
            out += " (" + url + ")";
    }
    void text(MD_TEXTTYPE type, std::string_view text) override {
        switch (type) {
        case MD_TEXT_NULLCHAR:
            out += "\xEF\xBF\xBD";
            break;
        case MD_TEXT_BR:
            new_line();
            out += indent();
            break;
        case MD_TEXT_SOFTBR:
            out += ' ';
            break;
        case MD_TEXT_ENTITY:
            out += entity_text(text);
            break;
        default:
            out += text;
        }
        at_item_ = false;
    }

    [[nodiscard]] std::string indent() const { return lists_.empty() ? "" : lists_.back().indent; }
    void new_line() {
        if (!out.empty() && !out.ends_with('\n')) out += '\n';
    }
    /// A block of its own, unless it is the first of its item.
    void begin() {
        if (at_item_) {
            at_item_ = false;
            return;
        }
        new_line();
        if (!out.empty() && !out.ends_with("\n\n")) out += '\n';
        out += indent();
    }

    std::vector<List> lists_;
    std::vector<std::size_t> link_starts_;
    bool at_item_ = false; // right behind the mark of an item
    int cell_ = 0;         // in a table: 1 + cells of the row so far
};

} // namespace

std::string markdown_to_text(std::string_view markdown) {
    TextWriter writer;
    writer.read(markdown, false);
    return std::move(writer.out);
}

} // namespace deckle::templates
