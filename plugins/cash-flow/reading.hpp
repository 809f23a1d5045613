/// The parts of read_inputs(), and what they share.
#pragma once
#include "inputs.hpp"

namespace cash_flow {

/// One printed name for each customer or vendor, whichever dataset names it.
class Names {
public:
    /// Two ids with one name become "name (id)".
    void learn(std::string const& id, std::string const& name);
    /// Name of the id when it was learnt, else `name`, else the id.
    [[nodiscard]] std::string of(std::string const& id, std::string const& name) const;

private:
    std::map<std::string, std::string> by_id_;
    std::map<std::string, std::string> id_of_;
};

class ExchangeRates {
public:
    ExchangeRates(deckle::Job& job, std::string company);
    /// Newest rate up to `day`.
    [[nodiscard]] std::optional<Decimal> at(std::string const& currency, Date day) const;
    /// For a document: its own rate or that of its date for flows, that of the as-of date for what is open.
    [[nodiscard]] Rates document(std::string const& currency, std::optional<Decimal> own, Date day, Date as_of) const;

private:
    std::string company_;
    std::map<std::string, std::map<Date, Decimal>> rates_;
};

struct Reader {
    deckle::Job& job;
    Inputs& in;
    ExchangeRates const& rates;
    Names customers, vendors;

    void sales();      // read_sales.cpp
    void collecting(); // read_sales.cpp
    void purchases();  // read_sales.cpp
    void cash();       // read_cash.cpp
    void schedule();   // read_cash.cpp
    void books();      // read_books.cpp
    void recurring();  // read_books.cpp
    void work();       // read_books.cpp
    void history();    // read_books.cpp

    /// Notes the newest dated row up to the as-of date.
    void seen(std::string const& dataset, Date date) {
        if (date > in.as_of) return;
        auto const [it, added] = in.newest.emplace(dataset, date);
        if (!added) it->second = std::max(it->second, date);
    }
};

} // namespace cash_flow
