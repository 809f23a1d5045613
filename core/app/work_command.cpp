// deckle work: one worker. With --once it also deals with what is due, works that off and ends; `deckle serve` starts
// it without.
#include "app/options.hpp"
#include "app/workplace.hpp"
#include "service/scheduler.hpp"
#include <csignal>
#include <iostream>
#include <sys/prctl.h>
#include <unistd.h>

namespace deckle::app {
namespace {

using namespace std::chrono_literals;

constexpr auto shortest_wait = 50ms, longest_wait = 1000ms; // between looks into an empty queue

volatile std::sig_atomic_t stopping = 0;

void stop_on_signals() {
    struct sigaction action {};
    action.sa_handler = [](int) { stopping = 1; };
    for (int const signal : {SIGTERM, SIGINT}) ::sigaction(signal, &action, nullptr);
}

} // namespace

int work(Common const& common, WorkOptions const& options) {
    stop_on_signals();
    if (options.parent != 0) { // ends with the service that started it
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (::getppid() != options.parent) return failed;
    }
    SystemClock const clock;
    std::string const name = options.name.empty() ? process_name() : options.name;
    service::Log log(std::cerr, clock, name);
    Workshops shops(common, log);
    auto const open = [&] { return open_database(shops.workspace().read()->workspace); };
    store::Database& database = shops.database();
    service::WorkerSettings const settings{name, options.lanes};
    service::Keeper keeper(open, settings.lease, shops.activity(), log);
    service::Worker worker(database, keeper, settings, log);
    auto const place = [&] { return shops.open(); };
    if (options.once) {
        auto const session = shops.workspace().read();
        auto office = office_of(*session, database, log);
        take_back_lost(database, log);
        (void)service::tick(office);
        while (stopping == 0 && worker.work_one(place)) {
        }
        return ok;
    }
    auto wait = shortest_wait;
    while (stopping == 0) {
        if (worker.work_one(place)) {
            wait = shortest_wait;
            continue;
        }
        timespec const span{wait.count() / 1000, wait.count() % 1000 * 1'000'000};
        ::nanosleep(&span, nullptr); // a signal ends it
        wait = std::min(wait * 2, longest_wait);
    }
    return ok;
}

} // namespace deckle::app
