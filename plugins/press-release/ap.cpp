#include "ap.hpp"
#include <algorithm>
#include <array>

namespace press_release {
namespace {

constexpr std::array ap_months{"Jan.", "Feb.", "March", "April", "May",  "June",
                               "July", "Aug.", "Sept.", "Oct.",  "Nov.", "Dec."};
constexpr std::array weekdays{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

struct State {
    std::string_view code, name, ap;
};
// Alaska, Hawaii, Idaho, Iowa, Maine, Ohio, Texas and Utah are never
// abbreviated.
constexpr std::array states{State{"AL", "Alabama", "Ala."},
                            State{"AK", "Alaska", "Alaska"},
                            State{"AZ", "Arizona", "Ariz."},
                            State{"AR", "Arkansas", "Ark."},
                            State{"CA", "California", "Calif."},
                            State{"CO", "Colorado", "Colo."},
                            State{"CT", "Connecticut", "Conn."},
                            State{"DE", "Delaware", "Del."},
                            State{"FL", "Florida", "Fla."},
                            State{"GA", "Georgia", "Ga."},
                            State{"HI", "Hawaii", "Hawaii"},
                            State{"ID", "Idaho", "Idaho"},
                            State{"IL", "Illinois", "Ill."},
                            State{"IN", "Indiana", "Ind."},
                            State{"IA", "Iowa", "Iowa"},
                            State{"KS", "Kansas", "Kan."},
                            State{"KY", "Kentucky", "Ky."},
                            State{"LA", "Louisiana", "La."},
                            State{"ME", "Maine", "Maine"},
                            State{"MD", "Maryland", "Md."},
                            State{"MA", "Massachusetts", "Mass."},
                            State{"MI", "Michigan", "Mich."},
                            State{"MN", "Minnesota", "Minn."},
                            State{"MS", "Mississippi", "Miss."},
                            State{"MO", "Missouri", "Mo."},
                            State{"MT", "Montana", "Mont."},
                            State{"NE", "Nebraska", "Neb."},
                            State{"NV", "Nevada", "Nev."},
                            State{"NH", "New Hampshire", "N.H."},
                            State{"NJ", "New Jersey", "N.J."},
                            State{"NM", "New Mexico", "N.M."},
                            State{"NY", "New York", "N.Y."},
                            State{"NC", "North Carolina", "N.C."},
                            State{"ND", "North Dakota", "N.D."},
                            State{"OH", "Ohio", "Ohio"},
                            State{"OK", "Oklahoma", "Okla."},
                            State{"OR", "Oregon", "Ore."},
                            State{"PA", "Pennsylvania", "Pa."},
                            State{"RI", "Rhode Island", "R.I."},
                            State{"SC", "South Carolina", "S.C."},
                            State{"SD", "South Dakota", "S.D."},
                            State{"TN", "Tennessee", "Tenn."},
                            State{"TX", "Texas", "Texas"},
                            State{"UT", "Utah", "Utah"},
                            State{"VT", "Vermont", "Vt."},
                            State{"VA", "Virginia", "Va."},
                            State{"WA", "Washington", "Wash."},
                            State{"WV", "West Virginia", "W.Va."},
                            State{"WI", "Wisconsin", "Wis."},
                            State{"WY", "Wyoming", "Wyo."},
                            State{"DC", "District of Columbia", "D.C."}};

constexpr std::array alone{"Atlanta",      "Baltimore",    "Boston",        "Chicago",     "Cincinnati",
                           "Cleveland",    "Dallas",       "Denver",        "Detroit",     "Honolulu",
                           "Houston",      "Indianapolis", "Las Vegas",     "Los Angeles", "Miami",
                           "Milwaukee",    "Minneapolis",  "New Orleans",   "New York",    "Oklahoma City",
                           "Philadelphia", "Phoenix",      "Pittsburgh",    "St. Louis",   "Salt Lake City",
                           "San Antonio",  "San Diego",    "San Francisco", "Seattle",     "Washington"};

} // namespace

std::string ap_date(Date day) {
    return std::string(ap_months[day.month() - 1]) + " " + std::to_string(day.day()) + ", " +
           std::to_string(day.year());
}

std::string ap_weekday_date(Date day) {
    return std::string(weekdays[static_cast<std::size_t>(day.weekday()) - 1]) + ", " + ap_date(day);
}

std::string ap_state(std::string_view state) {
    std::string const wanted = capitals(state);
    for (State const& s : states)
        if (wanted == s.code || wanted == capitals(s.name) || wanted == capitals(s.ap)) return std::string(s.ap);
    return std::string(state);
}

bool stands_alone(std::string_view city) {
    std::string const wanted = capitals(city);
    return std::any_of(alone.begin(), alone.end(), [&](char const* c) { return capitals(c) == wanted; });
}

std::string dateline(std::string_view city, std::string_view state, Date day) {
    std::string line = capitals(city);
    if (!state.empty() && !stands_alone(city)) line += ", " + ap_state(state);
    return line + " – " + ap_date(day) + " –";
}

std::string capitals(std::string_view utf8) {
    std::string out(utf8);
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto const c = static_cast<unsigned char>(out[i]);
        if (c >= 'a' && c <= 'z') out[i] = static_cast<char>(c - 32);
        if ((c < 0xC3 || c > 0xC5) || i + 1 == out.size()) continue;
        auto const next = static_cast<unsigned char>(out[i + 1]);
        if (c == 0xC3 && next >= 0xA0 && next <= 0xBE && next != 0xB7) out[i + 1] = static_cast<char>(next - 0x20);
        if (c == 0xC3) continue;
        unsigned const code = (c & 0x1FU) << 6 | (next & 0x3FU); // U+0100 to U+017F: pairs, the small one after
        bool const odd_small = (code <= 0x137) || (code >= 0x14A && code <= 0x177);
        bool const even_small = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E);
        bool const small =
            code != 0x131 && code != 0x138 && ((odd_small && code % 2 == 1) || (even_small && code % 2 == 0));
        if (!small) continue;
        unsigned const large = code - 1;
        out[i] = static_cast<char>(0xC0U | large >> 6);
        out[i + 1] = static_cast<char>(0x80U | (large & 0x3FU));
    }
    return out;
}

} // namespace press_release
