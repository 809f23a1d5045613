#include "data/connectors/csv_records.hpp"
#include "data/words.hpp"
#include <algorithm>

namespace deckle::data {
namespace {

constexpr std::size_t piece = 1 << 18;
constexpr std::size_t longest_record = 1 << 24;

} // namespace

CsvRecords::CsvRecords(SourceFile const& file, CsvFormat const& format, ContentHash* hash)
    : file_(file), format_(format), hash_(hash), stream_(file) {
    fill();
    if (buffer_.starts_with("\xff\xfe") || buffer_.starts_with("\xfe\xff"))
        throw Error(ErrorCode::data, file.shown + " is UTF-16; save it as UTF-8 (in Excel: CSV UTF-8)");
    if (buffer_.starts_with("\xef\xbb\xbf")) at_ = 3;
    skip_lines(format.skip_top);
}

// Drops what is consumed and reads the next piece behind the rest.
void CsvRecords::fill() {
    buffer_.erase(0, at_);
    at_ = 0;
    auto const kept = buffer_.size();
    buffer_.resize(kept + piece);
    auto const got = stream_.read(buffer_.data() + kept, piece);
    buffer_.resize(kept + got);
    if (hash_ != nullptr) hash_->add(std::string_view(buffer_).substr(kept));
    eof_ = got < piece;
}

void CsvRecords::skip_lines(std::int64_t count) {
    while (count > 0) {
        auto const end = buffer_.find_first_of("\r\n", at_);
        bool const cut = end == std::string::npos || (buffer_[end] == '\r' && end + 1 == buffer_.size());
        if (cut && !eof_) {
            fill();
            continue;
        }
        if (end == std::string::npos) {
            at_ = buffer_.size();
            return;
        }
        at_ = end + (buffer_.compare(end, 2, "\r\n") == 0 ? 2 : 1);
        ++line_;
        --count;
    }
}

// Takes one record from buffer_ at at_. Scan::more when it goes on past the buffer: nothing is consumed then.
CsvRecords::Scan CsvRecords::scan(CsvRecord& record) {
    char* const data = buffer_.data();
    std::size_t const size = buffer_.size();
    if (at_ >= size) return eof_ ? Scan::end : Scan::more;
    char const separator = format_.separator;
    std::size_t i = at_;
    std::int64_t breaks = 0;
    cells_.clear();
    record.problem.clear();
    for (;;) {
        Cell cell{i, i, false};
        if (i < size && data[i] == '"') {
            cell.begin = ++i;
            for (;; ++i) {
                while (i < size && data[i] != '"') {
                    if (data[i] == '\n' || (data[i] == '\r' && i + 1 < size && data[i + 1] != '\n')) ++breaks;
                    ++i;
                }
                if (i >= size) {
                    if (!eof_ && size - at_ < longest_record) return Scan::more;
                    throw Error(ErrorCode::data, file_.shown + ": a quotation mark in the row at line " +
                                                     std::to_string(line_) + " is never closed");
                }
                if (i + 1 >= size && !eof_) return Scan::more;
                if (i + 1 >= size || data[i + 1] != '"') break;
                cell.doubled = true;
                ++i;
            }
            cell.end = i++;
            std::size_t const after = i;
            while (i < size && data[i] != separator && data[i] != '\n' && data[i] != '\r') ++i;
            if (!trim(std::string_view(data + after, i - after)).empty())
                record.problem = "text after the closing quotation mark of cell " + std::to_string(cells_.size() + 1);
        } else {
            while (i < size && data[i] != separator && data[i] != '\n' && data[i] != '\r') ++i;
            cell.end = i;
        }
        if (i >= size && !eof_) return Scan::more;
        cells_.push_back(cell);
        if (i < size && data[i] == separator) {
            ++i;
            continue;
        }
        std::size_t const end = i;
        if (i < size && data[i] == '\r') {
            if (i + 1 >= size && !eof_) return Scan::more;
            ++i;
            if (i < size && data[i] == '\n') ++i;
        } else if (i < size) {
            ++i;
        }
        record.line = line_;
        decode(record, at_, end);
        line_ += breaks + 1;
        at_ = i;
        return Scan::record;
    }
}

void CsvRecords::decode(CsvRecord& record, std::size_t begin, std::size_t end) {
    char* const data = buffer_.data();
    record.cells.clear();
    record.blank = true;
    std::string_view const whole(data + begin, end - begin);
    bool const ascii = is_ascii(whole);
    if (!ascii && format_.encoding == Encoding::utf8 && !is_utf8(whole))
        record.problem = "not valid UTF-8; if the export is older Windows text, set encoding = \"windows-1252\"";
    for (auto& cell : cells_) {
        if (cell.doubled) { // "" becomes " in place
            auto* to = data + cell.begin;
            for (auto const* from = to; from != data + cell.end; ++from) {
                *to++ = *from;
                if (*from == '"') ++from;
            }
            cell.end = static_cast<std::size_t>(to - data);
        }
        record.cells.emplace_back(data + cell.begin, cell.end - cell.begin);
        if (record.blank) record.blank = trim(record.cells.back()).empty();
    }
    if (ascii || format_.encoding == Encoding::utf8) return;
    decoded_.clear();
    std::vector<std::size_t> ends;
    for (auto const& cell : record.cells) {
        if (!append_utf8(decoded_, cell, format_.encoding))
            record.problem = "a byte that windows-1252 does not define; check the encoding";
        ends.push_back(decoded_.size());
    }
    for (std::size_t i = 0, from = 0; i < ends.size(); from = ends[i++])
        record.cells[i] = std::string_view(decoded_).substr(from, ends[i] - from);
}

bool CsvRecords::next(CsvRecord& record) {
    for (;;) {
        switch (scan(record)) {
        case Scan::record:
            return true;
        case Scan::end:
            return false;
        case Scan::more:
            fill();
        }
    }
}

} // namespace deckle::data
