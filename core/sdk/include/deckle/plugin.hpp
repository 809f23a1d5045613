/// The C++ layer over the plugin ABI (plugin.h): header-only, compiled into the plugin, so it has no ABI of its own.
///
///     #include <deckle/model.hpp>
///     #include <deckle/plugin.hpp>
///
///     struct OpenInvoices {
///         static constexpr char const* descriptor = R"json({"id": "open-invoices", "version": "1.0.0", ...})json";
///         void generate(deckle::Job& job) {
///             deckle::Dataset const invoices = job.open("invoices");
///             deckle::Column const& balance = invoices.column("balance");
///             deckle::Decimal total;
///             for (std::int64_t row = 0; row < invoices.rows(); ++row)
///                 if (!balance.is_null(row)) total += balance.decimal(row);
///             if (total.is_negative()) throw deckle::PluginError("", "The open balance is negative");
///             deckle::Report report(deckle::leaf::text("{open} is open", {{"open", deckle::leaf::money(total,
///             job.currency())}})); job.write(report.json());
///         }
///     };
///     DECKLE_PLUGIN(OpenInvoices)
#pragma once
#include "dataset.hpp"
#include "date.hpp"
#include "deadline.hpp"
#include "decimal.hpp"
#include "plugin.h"
#include "plugin_error.hpp"
#include <algorithm>
#include <new>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

namespace deckle {

struct Period {
    Date start, end;   // both belong to the period
    std::string label; // "2026-10"
};

/// The first day of the company's year.
struct FiscalYear {
    unsigned month = 1, day = 1;
};

/// What the workspace binds: has("invoices"), has("invoices", "due_date").
class Bound {
public:
    Bound() = default;
    /// `datasets` of the request.
    explicit Bound(nlohmann::json const& datasets) {
        for (auto const& [name, dataset] : datasets.items()) {
            if (!dataset.value("bound", false)) continue;
            datasets_.insert(name);
            for (auto const& column : dataset.at("columns")) columns_.insert(name + "." + column.get<std::string>());
        }
    }
    [[nodiscard]] bool operator()(std::string const& dataset) const { return datasets_.contains(dataset); }
    [[nodiscard]] bool operator()(std::string const& dataset, std::string const& column) const {
        return columns_.contains(dataset + "." + column);
    }

private:
    std::set<std::string> datasets_, columns_;
};

enum class LogLevel { debug, info, warning, error };

/// One report to make. Every function throws PluginError (or Cancelled) on failure.
class Job {
public:
    explicit Job(deckle_job& raw) : raw_(raw), request_(parse(raw)) {}
    Job(Job const&) = delete;
    Job& operator=(Job const&) = delete;

    /// The whole request; its common members have getters below.
    [[nodiscard]] nlohmann::json const& request() const { return request_; }
    [[nodiscard]] nlohmann::json const& params() const { return request_.at("params"); }
    [[nodiscard]] Period period() const {
        auto const& p = request_.at("period");
        return {Date::of(string(p.at("start"))), Date::of(string(p.at("end"))), string(p.at("label"))};
    }
    [[nodiscard]] Date as_of() const { return Date::of(string(request_.at("as_of"))); }
    [[nodiscard]] std::string const& currency() const { return string(request_.at("currency")); }
    [[nodiscard]] std::string const& company() const { return string(request_.at("company").at("name")); }
    [[nodiscard]] Weekday week_start() const {
        static constexpr std::string_view names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                                     "friday", "saturday", "sunday"};
        std::string const& name = string(request_.at("week_start"));
        for (int i = 0; i < 7; ++i)
            if (names[i] == name) return static_cast<Weekday>(i + 1);
        throw PluginError("", "The request's week_start is no weekday: '" + name + "'");
    }

    /// When the report is made.
    [[nodiscard]] Moment now() const { return moment(string(request_.at("now"))); }
    /// The company's clocks, from two years before the as-of date to ten years after.
    [[nodiscard]] Clocks clocks() const {
        Clocks clocks;
        for (auto const& change : request_.at("zone_offsets"))
            clocks.add(moment(string(change.at("from"))), change.at("minutes").get<int>());
        return clocks;
    }

    [[nodiscard]] FiscalYear fiscal_year() const {
        std::string const start = request_.value("fiscal_year_start", "01-01");
        auto const first = Date::parse("2000-" + start); // a leap year, so that 02-29 is a day
        if (!first) throw PluginError("", "fiscal_year_start is no day of the year (MM-DD): '" + start + "'");
        return {first->month(), first->day()};
    }
    /// All that is bound at once, for a plugin that hands it around.
    [[nodiscard]] Bound bound() const { return Bound(request_.at("datasets")); }

    /// A parameter as an exact number: decimal text, an integer, or a JSON number through its shortest text.
    [[nodiscard]] Decimal decimal_param(std::string const& name) const {
        auto const& value = param(name);
        auto const exact = Decimal::parse(value.is_string() ? string(value) : value.is_number() ? value.dump() : "");
        if (!exact) throw PluginError("/" + name, name + " is not a decimal number: " + value.dump());
        return *exact;
    }
    /// A parameter as a date, YYYY-MM-DD.
    [[nodiscard]] Date date_param(std::string const& name) const {
        auto const& value = param(name);
        auto const date = value.is_string() ? Date::parse(string(value)) : std::nullopt;
        if (!date) throw PluginError("/" + name, name + " is not a date (YYYY-MM-DD): " + value.dump());
        return *date;
    }

    /// True when the workspace binds the dataset (a required one always is).
    [[nodiscard]] bool bound(std::string const& dataset) const {
        auto const& all = request_.at("datasets");
        auto const it = all.find(dataset);
        return it != all.end() && it->value("bound", false);
    }
    /// True when the dataset is bound and its source fills the column; an unbound optional column is all null.
    [[nodiscard]] bool bound(std::string const& dataset, std::string const& column) const {
        if (!bound(dataset)) return false;
        auto const& columns = request_.at("datasets").at(dataset).at("columns");
        return std::find(columns.begin(), columns.end(), column) != columns.end();
    }
    /// Reads a bound dataset. Each call opens it anew.
    [[nodiscard]] Dataset open(std::string const& name) {
        ArrowArrayStream stream{};
        if (deckle_status const status = raw_.open_dataset(&raw_, name.c_str(), &stream); status != DECKLE_OK)
            throw PluginError("", "Cannot open dataset '" + name + "'", status);
        return Dataset(name, stream);
    }

    /// The report model; once per job.
    void write(nlohmann::json const& model) {
        std::string const text = model.dump();
        if (deckle_status const status = raw_.write(&raw_, text.data(), text.size()); status != DECKLE_OK)
            throw PluginError("", "Deckle refused the report model (" + std::to_string(text.size()) + " bytes)",
                              status);
    }
    /// A file declared in the descriptor's outputs[].
    void write_output(std::string const& name, std::string const& media_type, std::string_view bytes) {
        deckle_status const status =
            raw_.write_output(&raw_, name.c_str(), media_type.c_str(), bytes.data(), bytes.size());
        if (status != DECKLE_OK) throw PluginError("", "Deckle refused the output '" + name + "'", status);
    }

    /// Work done so far, 0 to 1, and what is being done.
    void progress(double fraction, std::string const& stage) { raw_.progress(&raw_, fraction, stage.c_str()); }
    void log(LogLevel level, std::string const& message) {
        raw_.log(&raw_, static_cast<std::int32_t>(level), message.c_str());
    }
    [[nodiscard]] bool should_stop() const { return raw_.should_stop(&raw_) != 0; }
    /// Throws Cancelled when the host asked to stop; call it in long loops (at least each 50 ms).
    void check_stop() const {
        if (should_stop()) throw Cancelled();
    }

    [[nodiscard]] deckle_job& raw() { return raw_; }

private:
    static std::string const& string(nlohmann::json const& value) {
        return value.get_ref<nlohmann::json::string_t const&>();
    }
    /// YYYY-MM-DDThh:mm:ss[.sss]Z, as the host writes it.
    static Moment moment(std::string const& text) {
        auto number = [&](std::size_t at, std::size_t n) { return std::stoi(text.substr(at, n)); };
        if (text.size() < 20) throw PluginError("", "The request holds no moment: '" + text + "'");
        Moment const minute = Clocks::utc(Date::of(text.substr(0, 10)), number(11, 2) * 60 + number(14, 2));
        return minute + std::chrono::seconds(number(17, 2)) +
               std::chrono::milliseconds(text[19] == '.' ? number(20, 3) : 0);
    }
    static nlohmann::json parse(deckle_job const& raw) {
        return nlohmann::json::parse(raw.request_json, raw.request_json + raw.request_len);
    }
    [[nodiscard]] nlohmann::json const& param(std::string const& name) const {
        auto const it = params().find(name);
        if (it == params().end()) throw PluginError("/" + name, "The parameter " + name + " is missing");
        return *it;
    }

    deckle_job& raw_;
    nlohmann::json request_;
};

/// The C functions of a plugin class; nothing thrown leaves them.
template <class Plugin>
struct PluginEntry {
    static void* create(deckle_host const*) noexcept {
        try {
            return new Plugin();
        } catch (...) {
            return nullptr;
        }
    }
    static void destroy(void* self) noexcept { delete static_cast<Plugin*>(self); }
    static deckle_status generate(void* self, deckle_job* job) noexcept {
        try {
            Job wrapped(*job);
            static_cast<Plugin*>(self)->generate(wrapped);
            return DECKLE_OK;
        } catch (PluginError const& e) {
            job->set_error(job, e.pointer().c_str(), e.what());
            return e.status();
        } catch (Cancelled const&) {
            return DECKLE_CANCELLED;
        } catch (std::bad_alloc const&) {
            job->set_error(job, "", "out of memory");
            return DECKLE_LIMIT;
        } catch (std::exception const& e) {
            job->set_error(job, "", e.what());
            return DECKLE_FAILED;
        } catch (...) {
            job->set_error(job, "", "an exception that is no std::exception");
            return DECKLE_FAILED;
        }
    }
};

} // namespace deckle

/// Once per plugin, at namespace scope. `Type` has `static constexpr char const* descriptor` and
/// `void generate(deckle::Job&)`, and is default constructible.
#define DECKLE_PLUGIN(Type)                                                                                            \
    extern "C" DECKLE_EXPORT deckle_plugin const* deckle_plugin_v1(std::uint32_t host_major, std::uint32_t) {          \
        static deckle_plugin const plugin{sizeof(deckle_plugin),                                                       \
                                          DECKLE_ABI_MAJOR,                                                            \
                                          DECKLE_ABI_MINOR,                                                            \
                                          0,                                                                           \
                                          Type::descriptor,                                                            \
                                          deckle::PluginEntry<Type>::create,                                           \
                                          deckle::PluginEntry<Type>::destroy,                                          \
                                          deckle::PluginEntry<Type>::generate,                                         \
                                          nullptr};                                                                    \
        return host_major == DECKLE_ABI_MAJOR ? &plugin : nullptr;                                                     \
    }
