/// What the parts of a document are, beside where they stand: the tree behind tagged PDF. Known before the first page;
/// items then name the node they belong to by its number.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace deckle::layout {

/// Number of a node in Structure::nodes. 0 = part of no content: page headers, borders, decoration.
using NodeId = std::uint32_t;

enum class Role : std::uint8_t {
    none,
    document,
    section,
    article,
    division,
    block_quote,
    caption,
    contents,       // a list of contents
    contents_entry, // one line of it
    heading_1,
    heading_2,
    heading_3,
    heading_4,
    heading_5,
    heading_6,
    paragraph,
    list,
    list_item,
    label, // marker or term of a list item
    list_body,
    table,
    table_head,
    table_body,
    table_foot,
    row,
    header_cell,
    cell,
    span,
    quote,
    code,
    link,
    figure,
};

/// Of a header cell: what it is the header of.
enum class Scope : std::uint8_t { none, column, row };

struct StructureNode {
    NodeId parent = 0;
    Role role = Role::none;
    Scope scope = Scope::none;
};

/// What few nodes have.
struct StructureDetails {
    std::string alternative;          // text in place of a figure
    std::string expansion;            // of an abbreviation
    std::string language;             // BCP 47, where it differs from the parent's
    std::string id;                   // of a header cell that `headers` of others name
    std::vector<std::string> headers; // ids of header cells
    std::string numbering;            // of a list: its list-style-type
    unsigned rows = 1, columns = 1;   // spans of a cell
};

/// Nodes in document order: a parent stands before its children, and nodes[0] stands for no content.
struct Structure {
    std::vector<StructureNode> nodes{1};
    std::map<NodeId, StructureDetails> details;

    /// The next document of a book; its numbers are those that its nodes have here.
    void append(Structure&& next) {
        nodes.insert(nodes.end(), next.nodes.begin() + 1, next.nodes.end());
        details.merge(next.details);
    }
};

enum class Tags : std::uint8_t {
    automatic, // on, unless the tables have more than `most_tagged_rows` rows together
    on,
    off,
};
inline constexpr std::size_t most_tagged_rows = 5'000;

} // namespace deckle::layout
