/// Files inside the PDF: the data behind a report travels with it.
#pragma once
#include <string>
#include <string_view>

namespace deckle::pdf {

struct Attachment {
    /// What the file is to the document. ISO 32000-2, 7.11.3
    enum class Relationship : unsigned char { data, source, alternative, supplement, unspecified };

    std::string name; // file name without folders, UTF-8; unlike the others
    std::string bytes;
    std::string media_type; // empty: by the name's ending
    std::string description;
    Relationship relationship = Relationship::data;
};

/// "text/csv" for "figures.csv"; "application/octet-stream" for what is not known.
[[nodiscard]] std::string media_type_of(std::string_view name);

} // namespace deckle::pdf
