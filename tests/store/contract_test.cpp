// What the ledger does, on each kind of database.
#include "base/error.hpp"
#include "data/table.hpp"
#include "samples.hpp"
#include "store/figure_changes.hpp"
#include <latch>
#include <thread>

namespace deckle::store {

namespace {

class StoreContract : public testing::Test {
protected:
    Database database{kind().fresh()};
    std::unique_ptr<Store> store = std::make_unique<Store>(database);

    template <class F>
    static Error error_of(F&& f) {
        try {
            f();
        } catch (Error const& e) {
            return e;
        }
        ADD_FAILURE() << "no error";
        return {ErrorCode::failed, ""};
    }
    std::string finished(RunStart const& start, Status status = Status::ok) {
        std::string const id = store->start(start);
        RunEnd end = end_of(status);
        end.figures[0].value = start.as_of.to_string().substr(8);
        store->finish(id, end);
        return id;
    }
};

TEST_F(StoreContract, an_empty_store) {
    EXPECT_TRUE(store->runs({}).empty());
    EXPECT_FALSE(store->previous("cash-flow", Date::of("2030-01-01")));
    EXPECT_EQ(error_of([&] { (void)store->run("0"); }).code(), ErrorCode::usage);
    EXPECT_EQ(error_of([&] { (void)store->run(""); }).code(), ErrorCode::usage);
    EXPECT_EQ(error_of([&] { (void)store->snapshot_bytes("00"); }).code(), ErrorCode::usage);
}

TEST(NewStore, several_may_open_it_for_the_first_time_at_once) {
    for (int round = 0; round < 12; ++round) {
        constexpr int openers = 6;
        auto const place = kind().fresh();
        std::latch all_there(openers);
        std::vector<std::string> failures(openers);
        std::vector<std::thread> threads;
        for (auto& failure : failures)
            threads.emplace_back([&place, &all_there, &failure] {
                all_there.arrive_and_wait();
                try {
                    Database opened(place);
                    Store(opened).start(start_of());
                } catch (std::exception const& e) {
                    failure = e.what();
                }
            });
        for (auto& thread : threads) thread.join();
        EXPECT_THAT(failures, testing::Each(""));
        Database opened(place);
        EXPECT_EQ(Store(opened).runs({}).size(), openers);
    }
}

TEST_F(StoreContract, a_started_run_is_visible_as_unfinished) {
    std::string const id = store->start(start_of());
    auto const run = store->run(id);
    EXPECT_EQ(run.status, Status::started);
    EXPECT_FALSE(run.finished);
    EXPECT_EQ(run.report, "cash-flow");
    EXPECT_EQ(run.started, at("2026-11-01T11:00:00Z"));
    EXPECT_EQ(store->model(id), "");
    EXPECT_TRUE(store->figures(id).empty());
    EXPECT_FALSE(store->previous("cash-flow", Date::of("2030-01-01")));
}

TEST_F(StoreContract, a_run_comes_back_as_it_was_written) {
    std::string const id = store->start(start_of());
    RunEnd end = end_of(Status::partial);
    end.message = "3 rows were rejected; 'quoted' \"twice\"";
    store->finish(id, end);
    auto const run = store->run(id);
    EXPECT_EQ(run.id, id);
    EXPECT_EQ(run.plugin_version, "1.0.0");
    EXPECT_EQ(run.plugin_hash, "ab12");
    EXPECT_EQ(run.period, "2026-10");
    EXPECT_EQ(run.as_of, Date::of("2026-10-31"));
    EXPECT_EQ(run.params, R"({"weeks":13})");
    EXPECT_EQ(run.revision, 2);
    EXPECT_EQ(run.started_by, "dana");
    EXPECT_EQ(run.options, R"({"pdf_a":true})");
    EXPECT_EQ(run.finished, at("2026-11-01T11:00:02.345Z"));
    EXPECT_EQ(run.status, Status::partial);
    EXPECT_EQ(run.message, end.message);
    EXPECT_EQ(run.template_hash, "cd34");
    EXPECT_EQ(run.fonts_hash, "ef56");
    EXPECT_EQ(store->model(id), end.model);
    auto const figures = store->figures(id);
    ASSERT_EQ(figures.size(), 4U);
    EXPECT_EQ(figures[1].value, "12345678901234567890.1234");
    EXPECT_EQ(figures[1].version, 2);
    EXPECT_EQ(figures[1].unit, "USD");
    EXPECT_EQ(figures[2].value, std::nullopt);
    EXPECT_EQ(figures[3].id, "cash.low_day");
    auto const outputs = store->outputs(id);
    ASSERT_EQ(outputs.size(), 1U);
    EXPECT_EQ(outputs[0].path, "out/cash-flow.pdf");
    EXPECT_EQ(outputs[0].size, 12345678901);
    auto const snapshots = store->snapshots(id);
    ASSERT_EQ(snapshots.size(), 2U);
    EXPECT_EQ(snapshots[0].dataset, "invoices");
    EXPECT_EQ(snapshots[0].source, R"({"file":"a.csv"})");
    EXPECT_EQ(snapshots[0].rows, 812);
    EXPECT_EQ(store->snapshot_bytes(snapshots[0].sha256), std::string("rows\0of invoices", 16));
    EXPECT_EQ(store->snapshot_bytes(snapshots[1].sha256), "");
}

TEST_F(StoreContract, what_was_odd_and_what_the_gates_said_is_kept) {
    std::string const id = store->start(start_of());
    EXPECT_EQ(store->notes(id).diagnostics, "[]");
    RunEnd end = end_of();
    end.diagnostics = R"([{"severity":"warning","message":"a row"}])";
    end.timings = R"({"data":12.5})";
    store->finish(id, end);
    store->set_gates(id, R"([{"gate":"fresh","good":true}])", true);
    auto const notes = store->notes(id);
    EXPECT_EQ(notes.diagnostics, end.diagnostics);
    EXPECT_EQ(notes.timings, end.timings);
    EXPECT_EQ(notes.gates, R"([{"gate":"fresh","good":true}])");
}

TEST_F(StoreContract, a_figure_through_time) {
    RunStart september = start_of("cash-flow", "2026-09-30");
    std::string const older = finished(september), newer = finished(september);
    (void)finished(september, Status::held);
    (void)finished(start_of("pipeline"));
    std::string const october = store->start(start_of());
    RunEnd end = end_of();
    end.figures[0].period = "2026-11";
    store->finish(october, end);
    auto const history = store->figure_history("cash-flow", "cash.dso");
    ASSERT_EQ(history.size(), 2U);
    EXPECT_EQ(history[0].run, newer);
    EXPECT_EQ(history[0].figure.value, "30");
    EXPECT_EQ(history[0].as_of, Date::of("2026-09-30"));
    EXPECT_EQ(history[1].run, october);
    EXPECT_EQ(history[1].figure.period, "2026-11");
}

TEST_F(StoreContract, equal_snapshots_share_their_bytes) {
    std::string const a = finished(start_of()), b = finished(start_of());
    EXPECT_EQ(store->snapshots(a)[0].sha256, store->snapshots(b)[0].sha256);
}

TEST_F(StoreContract, a_damaged_snapshot_is_not_given_out) {
    std::string const id = store->start(start_of());
    RunEnd end = end_of();
    end.snapshots[1].bytes = "rows of bills";
    store->finish(id, end);
    auto const snapshots = store->snapshots(id);
    kind().run(database.place(), {"UPDATE blobs SET bytes = (SELECT bytes FROM blobs WHERE sha256 = '" +
                                  snapshots[1].sha256 + "') WHERE sha256 = '" + snapshots[0].sha256 + "'"});
    EXPECT_EQ(error_of([&] { (void)store->snapshot_bytes(snapshots[0].sha256); }).code(), ErrorCode::data);
}

TEST_F(StoreContract, a_run_is_finished_once) {
    std::string const id = finished(start_of());
    EXPECT_EQ(error_of([&] { store->finish(id, end_of()); }).code(), ErrorCode::usage);
    EXPECT_EQ(error_of([&] { store->finish("zzzzzzzz", end_of()); }).code(), ErrorCode::usage);
    EXPECT_EQ(store->figures(id).size(), 4U);
}

TEST_F(StoreContract, ids_are_unique_and_found_by_prefix) {
    std::string const a = store->start(start_of()), b = store->start(start_of());
    std::string const c = store->start(start_of("pipeline", "2026-10-31", "2027-11-01T11:00:00Z"));
    EXPECT_EQ(a.size(), 8U);
    EXPECT_LT(a, b);
    EXPECT_LT(b, c);
    std::size_t common = 0;
    while (a[common] == c[common]) ++common;
    EXPECT_EQ(store->run(c.substr(0, common + 1)).id, c);
    Error const several = error_of([&] { (void)store->run(a.substr(0, 7)); });
    EXPECT_EQ(several.code(), ErrorCode::usage);
    EXPECT_THAT(several.what(), testing::HasSubstr(a));
    EXPECT_THAT(several.what(), testing::HasSubstr(b));
    EXPECT_EQ(error_of([&] { (void)store->run("%"); }).code(), ErrorCode::usage);
}

TEST_F(StoreContract, lists_newest_first_by_report) {
    std::string const a = store->start(start_of()), b = store->start(start_of("pipeline")),
                      c = store->start(start_of());
    auto ids = [](auto const& runs) {
        std::vector<std::string> all;
        for (auto const& r : runs) all.push_back(r.id);
        return all;
    };
    EXPECT_THAT(ids(store->runs({})), testing::ElementsAre(c, b, a));
    EXPECT_THAT(ids(store->runs({.report = "cash-flow"})), testing::ElementsAre(c, a));
    EXPECT_THAT(ids(store->runs({.limit = 1})), testing::ElementsAre(c));
}

TEST_F(StoreContract, runs_of_a_pack_belong_together) {
    RunStart pack = start_of("");
    pack.pack = "monthly";
    std::string const whole = store->start(pack);
    RunStart part = start_of("cash-flow");
    part.pack = "monthly";
    part.pack_run = whole;
    std::string const first = finished(part);
    std::string const alone = finished(start_of("cash-flow"));
    EXPECT_EQ(store->run(first).pack, "monthly");
    EXPECT_EQ(store->run(first).pack_run, whole);
    EXPECT_EQ(store->run(whole).pack_run, "");
    EXPECT_EQ(store->run(alone).pack, "");
    auto const members = store->runs({.pack_run = whole});
    ASSERT_EQ(members.size(), 1U);
    EXPECT_EQ(members[0].id, first);
    EXPECT_EQ(store->runs({"cash-flow"}).size(), 2U);
    EXPECT_EQ(store->runs({}).size(), 3U);
}

TEST_F(StoreContract, a_run_for_comparison_stands_for_no_period) {
    std::string const sent = finished(start_of("cash-flow", "2026-09-30"));
    RunStart again = start_of("cash-flow", "2026-09-30", "2026-12-01T11:00:00Z");
    again.purpose = "comparison";
    std::string const compared = finished(again);
    EXPECT_EQ(store->run(compared).purpose, "comparison");
    EXPECT_EQ(store->previous("cash-flow", Date::of("2026-10-31"))->id, sent);
    EXPECT_EQ(store->figure_history("cash-flow", "cash.dso").at(0).run, sent);
    EXPECT_EQ(store->runs({"cash-flow"}).size(), 1U);
    EXPECT_EQ(store->runs({.report = "cash-flow", .comparisons = true}).size(), 2U);

    again.started += std::chrono::hours(24);
    std::string const newest = finished(again);
    again.params = R"({"months":"6"})";
    std::string const other = finished(again); // of other parameters
    store->forget_earlier_comparisons(newest);
    EXPECT_THROW((void)store->run(compared), Error);
    EXPECT_TRUE(store->figures(compared).empty());
    EXPECT_EQ(store->run(sent).id, sent);
    EXPECT_EQ(store->run(other).id, other);
    EXPECT_FALSE(store->figures(newest).empty());

    RunStart one_of_many = start_of("cash-flow", "2026-09-30", "2026-12-02T11:00:00Z");
    one_of_many.purpose = "part";
    finished(one_of_many);
    EXPECT_EQ(store->previous("cash-flow", Date::of("2026-10-31"))->id, sent);
    EXPECT_EQ(store->figure_history("cash-flow", "cash.dso").at(0).run, sent);
    EXPECT_EQ(store->runs({"cash-flow"}).size(), 2U); // it was sent: it is listed
}

TEST_F(StoreContract, previous_is_the_newest_earlier_report) {
    std::string const august = finished(start_of("cash-flow", "2026-08-31"));
    finished(start_of("cash-flow", "2026-09-30"));
    std::string const corrected = finished(start_of("cash-flow", "2026-09-30"), Status::held);
    finished(start_of("cash-flow", "2026-09-30"), Status::failed);
    (void)store->start(start_of("cash-flow", "2026-09-30"));
    finished(start_of("pipeline", "2026-10-15"));
    finished(start_of("cash-flow", "2026-10-31"));
    EXPECT_EQ(store->previous("cash-flow", Date::of("2026-10-31")).value().id, corrected);
    EXPECT_EQ(store->previous("cash-flow", Date::of("2026-09-30")).value().id, august);
    EXPECT_FALSE(store->previous("cash-flow", Date::of("2026-08-31")));
}

TEST_F(StoreContract, figures_as_a_dataset) {
    store->finish(store->start(start_of()), end_of());
    data::Table const table = figures_table(*store, store->previous("cash-flow", Date::of("2026-11-30")));
    ASSERT_EQ(table.rows, 4);
    ASSERT_NE(table.find("value"), nullptr);
    EXPECT_EQ(table.find("id")->text(0), "cash.dso");
    EXPECT_EQ(table.find("value")->decimal(0), Decimal::of("41.5"));
    EXPECT_EQ(table.find("value")->decimal(1), Decimal::of("12345678901234567890.1234"));
    EXPECT_TRUE(table.find("value")->is_null(2));
    EXPECT_TRUE(table.find("value")->is_null(3)); // a date
    EXPECT_EQ(table.find("unit")->text(1), "USD");
    EXPECT_EQ(table.find("period")->text(1), "2026-10");
    EXPECT_EQ(table.find("as_of")->date(3), Date::of("2026-10-31"));
    data::Table const none = figures_table(*store, std::nullopt);
    EXPECT_EQ(none.rows, 0);
    EXPECT_EQ(none.columns.size(), 5U);
}

TEST(Comparison, of_another_unit_is_a_change) {
    auto const figure = [](std::optional<std::string> value, std::string unit) {
        return std::vector<Figure>{{"cash.total", 1, "2026-10", std::move(value), std::move(unit)}};
    };
    auto const changed = compare(figure("74900", "JPY"), figure("74900.00", "KWD")).at(0);
    EXPECT_TRUE(changed.changed());
    EXPECT_EQ(changed.unit_before(), "JPY");
    EXPECT_EQ(changed.unit, "KWD");
    EXPECT_EQ(difference(changed), std::nullopt);
    auto const same = compare(figure("74900", "JPY"), figure("74900.00", "JPY")).at(0);
    EXPECT_FALSE(same.changed());
    EXPECT_EQ(same.unit_before(), "JPY");
    EXPECT_FALSE(compare(figure({}, ""), figure({}, "JPY")).at(0).changed()) << "neither is available";
}

} // namespace
} // namespace deckle::store
