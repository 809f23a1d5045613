/// Template text to one flat list of tags with their partials in place, each tag with the file, line and column where
/// it was written and with where in the HTML it stands.
#pragma once
#include "base/diagnostics.hpp"
#include "template/template.hpp"
#include <filesystem>
#include <string>
#include <vector>

namespace deckle::templates {

enum class TagKind { variable, raw, section, inverted, literal, missing_partial };

/// Names that the host answers. `none`: looked up in the model.
enum class Pseudo { none, type, reason, align, index, first, last, lang, style, logo, sources, sum, value };

/// Where a tag stands in the HTML, which decides what may be printed there.
enum class Place {
    text,            // also comments, <title>, <textarea>
    attribute,       // inside quotes
    url,             // at the start of href, src and their like
    style_attribute, // inside style="..."
    style_element,   // only {{{$style}}}
};

struct Tag {
    TagKind kind = TagKind::variable;
    std::string name; // as written, without the sigil; the text of a literal
    bool anchored = false;
    std::vector<std::string> path; // empty for "."
    Pseudo pseudo = Pseudo::none;
    Place place = Place::text;
    Position position;
    std::size_t end = 0; // of sections: the first piece behind it
};

/// Text, or a tag by its index.
struct Piece {
    enum class Kind { text, tag, section_end } kind = Kind::text;
    std::string text;
    std::size_t tag = 0; // section_end: the tag that opened it
};

struct Source {
    std::vector<Piece> pieces;
    std::vector<Tag> tags;
    std::vector<std::filesystem::path> files;
    bool plain = false; // text: nothing is escaped, and a tag may stand anywhere

    /// For kainjow: each tag written as its index, so that a look-up knows which tag asks.
    [[nodiscard]] std::string canonical() const;
};

/// With `findings`: every fault is added as an error and reading goes on; without: the first fault is thrown.
[[nodiscard]] Source read_source(std::string const& name, Folders const& folders, Diagnostics* findings);
[[nodiscard]] Source read_source_text(std::string const& text, std::string const& name, Folders const& folders,
                                      Diagnostics* findings);

/// The first folder's file of this name; empty when none has it.
[[nodiscard]] std::filesystem::path find_file(std::string const& name, Folders const& folders);

} // namespace deckle::templates
