#include "data/connectors/csv_records.hpp"
#include "data/connectors/standard.hpp"
#include "data/words.hpp"
#include <algorithm>
#include <deque>

namespace deckle::data {
namespace {

// A record that outlives its buffer, for the rows that may turn out to be the file's last.
struct KeptRecord {
    std::vector<std::string> cells;
    std::int64_t line;
    std::string problem;
};

class CsvReader final : public SourceReader {
public:
    explicit CsvReader(SourceRequest const& request) : dataset_(request.dataset), files_(source_files(request)) {
        format_.separator = request.text("separator", ",").front();
        format_.encoding = encoding_of(request.text("encoding", "utf-8")).value_or(Encoding::utf8);
        auto number = [&](char const* key) { return request.find(key) == nullptr ? 0 : request.find(key)->number; };
        format_.skip_top = number("skip_top");
        skip_bottom_ = static_cast<std::size_t>(number("skip_bottom"));
        end_at_ = request.text("end_at");
        if (auto const* header = request.find("header")) header_ = unique_names(header->texts);
        for (auto const& file : files_) {
            names_.push_back(file.shown);
            CsvRecords records(file, format_, nullptr);
            for (auto const& name : read_header(records, file))
                if (std::find(columns_.begin(), columns_.end(), name) == columns_.end()) columns_.push_back(name);
        }
    }

    [[nodiscard]] std::vector<std::string> const& columns() const override { return columns_; }
    [[nodiscard]] std::vector<std::string> const& files() const override { return names_; }
    [[nodiscard]] std::string sha256() override { return hash_.hex(); }

    [[nodiscard]] bool next(SourceRow& row) override {
        while (records_ || open_next()) {
            if (next_record()) {
                give(row);
                return true;
            }
            drain();
            kept_.clear();
            records_.reset();
            if (!end_at_.empty() && !ended_) {
                give_cut(row);
                return true;
            }
        }
        return false;
    }

private:
    std::vector<std::string> read_header(CsvRecords& records, SourceFile const& file) const {
        if (!header_.empty()) return header_;
        CsvRecord record;
        do {
            if (!records.next(record))
                throw Error(ErrorCode::data,
                            "dataset " + dataset_ + ": " + file.shown + " is empty: not even a header line was found");
        } while (record.blank);
        if (!record.problem.empty())
            throw Error(ErrorCode::data, "dataset " + dataset_ + ": header of " + file.shown + ": " + record.problem);
        std::vector<std::string> names;
        for (auto const& cell : record.cells) names.emplace_back(trim(cell));
        return unique_names(names);
    }

    bool open_next() {
        if (file_ == files_.size()) return false;
        auto const& file = files_[file_++];
        records_ = std::make_unique<CsvRecords>(file, format_, &hash_);
        ended_ = false;
        last_line_ = 1;
        auto const header = read_header(*records_, file);
        target_.clear();
        for (auto const& name : header)
            target_.push_back(
                static_cast<std::size_t>(std::find(columns_.begin(), columns_.end(), name) - columns_.begin()));
        return true;
    }

    // The next record that is data, into record_.
    bool next_record() {
        if (skip_bottom_ == 0) return take();
        while (kept_.size() <= skip_bottom_) {
            if (!take()) return false;
            kept_.push_back({{record_.cells.begin(), record_.cells.end()}, record_.line, record_.problem});
        }
        current_ = std::move(kept_.front());
        kept_.pop_front();
        record_.cells.assign(current_.cells.begin(), current_.cells.end());
        record_.line = current_.line;
        record_.problem = current_.problem;
        return true;
    }

    bool take() {
        do {
            if (!records_->next(record_)) return false;
        } while (record_.blank);
        last_line_ = record_.line;
        if (end_at_.empty()) return true;
        auto const first =
            std::find_if(record_.cells.begin(), record_.cells.end(), [](auto c) { return !trim(c).empty(); });
        ended_ = first != record_.cells.end() && fold(*first) == fold(end_at_);
        return !ended_;
    }

    // Reads what follows the data, so that the hash covers the whole file.
    void drain() {
        while (records_->next(record_)) {
        }
    }

    // A row of its own, so that it counts as what else cannot be read.
    void give_cut(SourceRow& row) {
        row.file = files_[file_ - 1].shown;
        row.number = last_line_;
        row.problem = "the line end_at = \"" + end_at_ + "\" is not in the file: it was cut off, or end_at is wrong";
        row.cells.clear();
    }

    void give(SourceRow& row) {
        auto const& cells = record_.cells;
        row.file = files_[file_ - 1].shown;
        row.number = record_.line;
        row.problem = record_.problem;
        row.cells.assign(columns_.size(), std::nullopt);
        for (std::size_t i = 0; i < std::min(cells.size(), target_.size()); ++i) row.cells[target_[i]] = cells[i];
        bool const extra = std::any_of(cells.begin() + static_cast<long>(std::min(cells.size(), target_.size())),
                                       cells.end(), [](auto c) { return !trim(c).empty(); });
        if (row.problem.empty() && (cells.size() < target_.size() || extra))
            row.problem = std::to_string(cells.size()) + " cells, but the header has " +
                          std::to_string(target_.size()) + "; if this is a total line, use skip_bottom or end_at";
    }

    std::string dataset_;
    std::vector<SourceFile> files_;
    CsvFormat format_;
    std::size_t skip_bottom_ = 0;
    std::string end_at_;
    bool ended_ = false; // the line `end_at` has come
    std::int64_t last_line_ = 1;
    std::vector<std::string> header_, columns_, names_;
    ContentHash hash_;

    std::size_t file_ = 0; // the next one
    std::unique_ptr<CsvRecords> records_;
    std::vector<std::size_t> target_; // column of the file -> column of the source
    CsvRecord record_;
    std::deque<KeptRecord> kept_;
    KeptRecord current_;
};

class CsvConnector final : public Connector {
public:
    [[nodiscard]] std::string name() const override { return "csv"; }
    [[nodiscard]] std::vector<Key> connection_keys() const override {
        return {{"folder"},
                {"encoding", Key::Kind::text, false, encodings()},
                {"separator", Key::Kind::text, false, separators()}};
    }
    [[nodiscard]] std::vector<Key> dataset_keys() const override {
        return {{"file", Key::Kind::texts, true},
                {"encoding", Key::Kind::text, false, encodings()},
                {"separator", Key::Kind::text, false, separators()},
                {"header", Key::Kind::texts},
                {"skip_top", Key::Kind::number},
                {"skip_bottom", Key::Kind::number},
                {"end_at"}};
    }
    [[nodiscard]] std::unique_ptr<SourceReader> open(SourceRequest const& request) const override {
        return std::make_unique<CsvReader>(request);
    }

private:
    static std::vector<std::string> encodings() { return {"utf-8", "windows-1252", "iso-8859-1"}; }
    static std::vector<std::string> separators() { return {",", ";", "\t", "|"}; }
};

} // namespace

std::unique_ptr<Connector> make_csv_connector() {
    return std::make_unique<CsvConnector>();
}

} // namespace deckle::data
