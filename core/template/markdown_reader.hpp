/// md4c's callbacks as a class.
#pragma once
#include <md4c.h>
#include <string>
#include <string_view>

namespace deckle::templates {

class MarkdownReader {
public:
    virtual ~MarkdownReader() = default;
    /// Throws Error{data} when md4c gives up; what a member throws passes through.
    void read(std::string_view markdown, bool raw_html);

protected:
    /// `detail` is md4c's struct for the type, such as MD_BLOCK_OL_DETAIL.
    virtual void enter(MD_BLOCKTYPE, void const* /*detail*/) {}
    virtual void leave(MD_BLOCKTYPE, void const* /*detail*/) {}
    virtual void enter(MD_SPANTYPE, void const* /*detail*/) {}
    virtual void leave(MD_SPANTYPE, void const* /*detail*/) {}
    virtual void text(MD_TEXTTYPE type, std::string_view text) = 0;
};

/// The text of an attribute with its character references resolved.
[[nodiscard]] std::string plain_text(MD_ATTRIBUTE const& attribute);
/// "&eacute;" -> "é"; as it is when there is no such name.
[[nodiscard]] std::string entity_text(std::string_view reference);
/// True for http, https, mailto and #fragments.
[[nodiscard]] bool is_allowed_link(std::string_view url);

} // namespace deckle::templates
