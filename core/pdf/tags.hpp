/// The structure tree of a tagged file: which marked content belongs to which node. Inside core/pdf only.
#pragma once
#include "layout/structure.hpp"
#include "pdf/objects.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace deckle::pdf {

/// Collects the marks while content is written: four bytes a mark. At the end each node that has content, or a place in
/// a table, becomes a structure element; elements are packed into object streams, as there may be very many.
// ISO 32000-1, 14.7 and 14.8
class Tags {
public:
    explicit Tags(layout::Structure&& structure) : structure_(std::move(structure)) {}
    /// The structure of a book's next document.
    void append(layout::Structure&& next) { structure_.append(std::move(next)); }

    /// A content stream that has marks: a page, or a form (`object`) drawn on it. Its key in the parent tree.
    [[nodiscard]] std::uint32_t add_stream(std::size_t page, std::uint32_t object = 0);
    void set_object(std::uint32_t key, std::uint32_t object) { streams_[key].object = object; }
    /// Number of the next mark in that stream.
    [[nodiscard]] std::uint32_t add_mark(std::uint32_t key, layout::NodeId node);
    /// A link's annotation; its key in the parent tree.
    [[nodiscard]] std::uint32_t add_annotation(std::size_t page, layout::NodeId node);
    [[nodiscard]] bool has_marks(std::uint32_t key) const { return !streams_[key].nodes.empty(); }
    /// The structure type of a node: "H1".
    [[nodiscard]] std::string_view type(layout::NodeId node) const;

    /// Writes the tree; `root` is the reserved StructTreeRoot. REQUIRES: no object is added to `objects` afterwards.
    void write(Objects& objects, Object root, std::vector<std::uint32_t> const& page_numbers) const;

private:
    struct Stream {
        std::uint32_t page = 0;
        std::uint32_t object = 0; // of a form or an annotation
        bool annotation = false;
        std::vector<layout::NodeId> nodes; // by mark
    };
    class Writing;

    layout::Structure structure_;
    std::vector<Stream> streams_; // by key
};

} // namespace deckle::pdf
