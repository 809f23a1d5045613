#include "xlsx/xlsx.hpp"
#include "base/date.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <unistd.h>
#include <xlsxwriter.h>

namespace deckle::xlsx {
namespace {

using model::DataCell;

constexpr std::size_t most_digits = 15; // that a spreadsheet keeps
constexpr double narrowest = 8, widest = 60;
constexpr std::size_t longest_text = 32'767;

/// A file of its own among the temporary ones, gone with this object: the library writes to files only.
class TemporaryFile {
public:
    TemporaryFile() : path_((std::filesystem::temp_directory_path() / "deckle-xlsx-XXXXXX").string()) {
        int const file = ::mkstemp(path_.data());
        if (file < 0) throw Error(ErrorCode::io, "cannot make a temporary file " + path_);
        ::close(file);
    }
    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    TemporaryFile(TemporaryFile const&) = delete;
    TemporaryFile& operator=(TemporaryFile const&) = delete;
    [[nodiscard]] std::string const& path() const { return path_; }

private:
    std::string path_;
};

std::size_t significant_digits(std::string_view decimal) {
    std::size_t digits = 0, zeros = 0;
    bool const fraction = decimal.find('.') != std::string_view::npos;
    for (char const c : decimal) {
        if (c < '0' || c > '9') continue;
        if (c != '0') {
            digits += zeros + 1;
            zeros = 0;
        } else if (digits > 0) {
            ++zeros; // counts when another digit follows
        }
    }
    return fraction ? digits : digits + (digits > most_digits ? zeros : 0);
}

lxw_datetime datetime_of(Date date, int hour = 0, int minute = 0, double second = 0) {
    return {date.year(), static_cast<int>(date.month()), static_cast<int>(date.day()), hour, minute, second};
}

class Book {
public:
    explicit Book(model::Workbook const& book)
        : book_(book), temporary_folder_(std::filesystem::temp_directory_path().string()) {
        lxw_workbook_options options{LXW_TRUE, temporary_folder_.data(), LXW_FALSE};
        workbook_ = workbook_new_opt(file_.path().c_str(), &options);
        if (workbook_ == nullptr) throw Error(ErrorCode::io, "cannot start the workbook " + file_.path());
    }
    ~Book() {
        if (workbook_ != nullptr) (void)workbook_close(workbook_);
    }
    Book(Book const&) = delete;
    Book& operator=(Book const&) = delete;

    std::string write() {
        std::string title = book_.title, author = book_.author;
        lxw_doc_properties properties{};
        properties.title = title.data();
        properties.author = author.data();
        properties.created = std::chrono::duration_cast<std::chrono::seconds>(book_.created.time_since_epoch()).count();
        check(workbook_set_properties(workbook_, &properties));
        for (auto const& each : book_.sheets) sheet(each);
        auto* const finished = std::exchange(workbook_, nullptr);
        check(workbook_close(finished));
        return read_file(file_.path());
    }

private:
    /// One for each pattern, in bold or not; the workbook owns them.
    lxw_format* format(std::string const& pattern, bool bold, bool header = false) {
        auto& made = formats_[{pattern, bold, header}];
        if (made != nullptr) return made;
        made = workbook_add_format(workbook_);
        if (!pattern.empty()) format_set_num_format(made, pattern.c_str());
        if (bold) format_set_bold(made);
        if (header) {
            format_set_text_wrap(made);
            format_set_align(made, LXW_ALIGN_VERTICAL_BOTTOM);
            format_set_bottom(made, LXW_BORDER_THIN);
        }
        return made;
    }

    void sheet(model::Sheet const& from) {
        auto const& table = from.table;
        auto* const to = workbook_add_worksheet(workbook_, from.name.c_str());
        if (to == nullptr) throw Error(ErrorCode::failed, "cannot add the sheet '" + from.name + "' to the workbook");
        worksheet_freeze_panes(to, 1, 0);
        worksheet_repeat_rows(to, 0, 0);
        worksheet_fit_to_pages(to, 1, 0);
        set_widths(to, table);
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            check(worksheet_write_string(to, 0, column(c), table.columns[c].c_str(), format("", true, true)));
        for (std::size_t r = 0; r < table.rows.size(); ++r)
            for (std::size_t c = 0; c < table.rows[r].size(); ++c)
                cell(to, static_cast<lxw_row_t>(r + 1), column(c), table.rows[r][c],
                     r + table.footer >= table.rows.size());
    }

    void cell(lxw_worksheet* to, lxw_row_t row, lxw_col_t column, DataCell const& cell, bool bold) {
        using Kind = DataCell::Kind;
        if (cell.text.empty()) return;
        if (cell.kind == Kind::number && significant_digits(cell.text) <= most_digits) {
            double value = 0;
            std::from_chars(cell.text.data(), cell.text.data() + cell.text.size(), value);
            check(worksheet_write_number(to, row, column, value, format(cell.pattern, bold)));
        } else if (auto const date = Date::parse(cell.text); cell.kind == Kind::date && date) {
            auto at = datetime_of(*date);
            check(worksheet_write_datetime(to, row, column, &at, format(cell.pattern, bold)));
        } else if (auto const instant = parse_instant(cell.text); cell.kind == Kind::datetime && instant) {
            auto const local = to_local(*instant, book_.zone);
            auto at = datetime_of(local.date, local.hour, local.minute, local.second + local.millisecond / 1000.0);
            check(worksheet_write_datetime(to, row, column, &at, format(cell.pattern, bold)));
        } else {
            check(worksheet_write_string(to, row, column, fitting(cell.text).c_str(), format("", bold)));
        }
    }

    /// A cell takes no more; what is cut says so.
    static std::string fitting(std::string const& text) {
        if (text.size() <= longest_text) return text;
        std::string_view const mark = " [cut: too long for a cell]";
        std::size_t end = longest_text - mark.size();
        while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
        return text.substr(0, end).append(mark);
    }

    static void set_widths(lxw_worksheet* to, model::DataTable const& table) {
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            double width = std::min(20.0, static_cast<double>(table.columns[c].size())); // a header may wrap
            for (auto const& row : table.rows)
                if (c < row.size()) width = std::max(width, shown_width(row[c]));
            check(worksheet_set_column(to, column(c), column(c), std::clamp(width + 2, narrowest, widest), nullptr));
        }
    }

    /// In characters: a number has separators and a currency that its text has not.
    static double shown_width(DataCell const& cell) {
        auto const characters =
            std::count_if(cell.text.begin(), cell.text.end(), [](char c) { return (c & 0xC0) != 0x80; });
        if (cell.kind == DataCell::Kind::date) return 10;
        if (cell.kind == DataCell::Kind::datetime) return 16;
        if (cell.kind == DataCell::Kind::text) return static_cast<double>(characters);
        auto const whole = static_cast<double>(std::min(cell.text.find('.'), cell.text.size()));
        return whole + whole / 3 + static_cast<double>(cell.pattern.size()) - 5;
    }

    static lxw_col_t column(std::size_t c) { return static_cast<lxw_col_t>(c); }

    static void check(lxw_error error) {
        if (error != LXW_NO_ERROR)
            throw Error(ErrorCode::io, std::string("the workbook cannot be written: ") + lxw_strerror(error));
    }

    model::Workbook const& book_;
    TemporaryFile file_;
    std::string temporary_folder_;
    lxw_workbook* workbook_ = nullptr;
    std::map<std::tuple<std::string, bool, bool>, lxw_format*> formats_;
};

} // namespace
} // namespace deckle::xlsx

char const* const deckle_module_id = DECKLE_MODULE_ID;

void deckle_xlsx(deckle::model::Workbook const& workbook, std::string& bytes, std::string& problem) {
    try {
        bytes = deckle::xlsx::Book(workbook).write();
    } catch (std::exception const& e) {
        problem = e.what();
    }
}
