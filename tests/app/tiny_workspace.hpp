/// A workspace with invoices and a bank export alone.
#pragma once
#include "base/file.hpp"
#include <filesystem>

namespace deckle::tests {

inline void write_tiny_workspace(std::filesystem::path const& folder) {
    write_file(folder / "deckle.toml", R"([company]
name = "Tiny IT"
currency = "USD"
zone = "America/Chicago"

[connections.books]
connector = "csv"
dates = "M/D/YYYY"

[datasets.invoices]
connection = "books"
file = "invoices.csv"
columns = { id = "No", customer = "Customer", date = "Date", due_date = "Due", total = "Total", balance = "Balance" }

[datasets.bank_transactions]
connection = "books"
file = "bank.csv"
columns = { date = "Posted", amount = "Amount", text = "Description", balance = "Balance" }
)");
    write_file(folder / "invoices.csv", "No,Customer,Date,Due,Total,Balance\n"
                                        "1001,Harlan Clinic,7/19/2026,8/18/2026,\"46,300.00\",\"46,300.00\"\n"
                                        "1002,Tri-County Co-op,10/1/2026,10/31/2026,28600.00,28600.00\n"
                                        "1003,Oak Street Dental,10/15/2026,11/14/2026,4200.00,0.00\n");
    write_file(folder / "bank.csv", "Posted,Amount,Description,Balance\n"
                                    "9/30/2026,1000.00,Opening,300000.00\n"
                                    "10/20/2026,4200.00,Oak Street Dental,304200.00\n"
                                    "10/30/2026,-30000.00,Payroll,274200.00\n");
}

} // namespace deckle::tests
