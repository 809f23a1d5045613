/// Records of one delimited file, read piece by piece: RFC 4180, with what exports add to it (byte-order mark, other
/// separators and encodings, CR or LF line ends, title lines).
// https://www.rfc-editor.org/rfc/rfc4180
#pragma once
#include "data/connectors/encoding.hpp"
#include "data/connectors/files.hpp"

namespace deckle::data {

struct CsvFormat {
    char separator = ',';
    Encoding encoding = Encoding::utf8;
    std::int64_t skip_top = 0; // lines
};

struct CsvRecord {
    std::vector<std::string_view> cells; // UTF-8; live until the next record
    std::int64_t line = 0;               // where it starts, from 1
    std::string problem;                 // bad encoding, text after a quotation mark
    bool blank = true;                   // every cell is blank
};

class CsvRecords {
public:
    /// `hash`, when given, sees the file's bytes. Both outlive this.
    CsvRecords(SourceFile const& file, CsvFormat const& format, ContentHash* hash);

    /// False at the end. Throws Error{data} for a quotation mark that is never closed and for UTF-16.
    [[nodiscard]] bool next(CsvRecord& record);

private:
    struct Cell {
        std::size_t begin, end; // in buffer_
        bool doubled;           // holds "" for "
    };
    enum class Scan { record, more, end };

    void fill();
    void skip_lines(std::int64_t count);
    [[nodiscard]] Scan scan(CsvRecord& record);
    void decode(CsvRecord& record, std::size_t begin, std::size_t end);

    SourceFile file_;
    CsvFormat format_;
    ContentHash* hash_;
    FileStream stream_;
    std::string buffer_;
    std::size_t at_ = 0;
    bool eof_ = false;
    std::int64_t line_ = 1;
    std::vector<Cell> cells_;
    std::string decoded_;
};

} // namespace deckle::data
