#include "base/file.hpp"
#include "data/inspect.hpp"

namespace deckle::data {
namespace {

constexpr std::string_view deckle_toml =
    R"toml(# The workspace of one company. An unknown key is an error that names its line.
# `deckle data list` shows every dataset, `deckle data check` everything that is wrong.

[company]
name = "@NAME@"
currency = "USD"
zone = "America/Chicago"
locale = "en_US"
paper = "letter"              # letter | a4 | legal
fiscal_year_start = "01-01"
week_start = "monday"

[theme]
brand = "#1f4e79"
# logo = "brand/logo.svg"
# confidentiality = "Confidential"

# Put the exports of your accounting program and your bank into the folder exports/.
[connections.books]
connector = "csv"             # csv | json | xml | sqlite | toml
folder = "exports"
# encoding = "windows-1252"   # for files of older programs; default utf-8
# separator = ";"
# decimal = ","
# dates = "M/D/YYYY"          # default 2026-10-31

# A column whose name is the catalogue's needs no line under columns: "Due Date" is due_date.
# [datasets.invoices]
# connection = "books"
# file = "invoices.csv"
# columns = { id = "Invoice #", customer = "Customer", date = "Date", due_date = "Due Date", total = "Amount" }
# values = { status = { "Paid in full" = "paid", "Unpaid" = "open" } }

# [datasets.bank_transactions]
# connection = "books"
# file = "bank-*.csv"
# columns.date = "Posted"
# columns.text = "Description"
# columns.amount = { plus = "Credit", minus = "Debit" }    # or: columns.amount = "Amount"
# on_bad_row = "report"       # default "fail"
# max_bad_rows = 5

# [reports.cash-flow]
# minimum_cash = "25000"

# [packs.monthly]
# reports = ["cash-flow"]

# [schedules.month-end]
# pack = "monthly"
# when = "3rd business day after month end 07:00"
# to = ["owner@example.com"]
)toml";

constexpr std::string_view accounts_toml =
    R"toml(# Which statement line each ledger account belongs to: numbers, or ranges with both ends included.
# `deckle data accounts` lists the accounts that are not mapped, with a proposed line.

[lines]
# cash = ["1000-1099"]
# receivables = ["1200"]
# payables = ["2000"]
# revenue = ["4000-4999"]
# cogs = ["5000-5999"]
# opex = ["6000-7999"]

# By the type of the account, where no number matches.
[types]
bank = "cash"
receivable = "receivables"
payable = "payables"
credit_card = "credit_cards"
income = "revenue"
cogs = "cogs"
expense = "opex"
)toml";

std::string toml_text(std::string_view text) {
    std::string escaped;
    for (char const c : text) {
        if (c == '"' || c == '\\') escaped += '\\';
        escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return escaped;
}

} // namespace

std::vector<std::filesystem::path> init_workspace(std::filesystem::path const& folder, std::string_view company_name) {
    namespace fs = std::filesystem;
    for (char const* name : {"deckle.toml", "accounts.toml"})
        if (fs::exists(folder / name))
            throw Error(ErrorCode::refused, (folder / name).string() + " is there already; nothing was written");
    std::error_code error;
    fs::create_directories(folder / "exports", error);
    if (error) throw Error(ErrorCode::io, "cannot make " + (folder / "exports").string() + ": " + error.message());

    std::string text(deckle_toml);
    std::string_view const mark = "@NAME@";
    text.replace(text.find(mark), mark.size(), toml_text(company_name.empty() ? "Your company" : company_name));
    std::vector<fs::path> written;
    auto write = [&](char const* name, std::string_view content) {
        write_file(folder / name, content);
        written.push_back(folder / name);
    };
    write("deckle.toml", text);
    write("accounts.toml", accounts_toml);
    std::string const ignore = fs::exists(folder / ".gitignore") ? read_file(folder / ".gitignore") : "";
    if (ignore.find(".deckle/") == std::string::npos)
        write(".gitignore", ignore + (ignore.empty() || ignore.back() == '\n' ? "" : "\n") + ".deckle/\n");
    return written;
}

} // namespace deckle::data
