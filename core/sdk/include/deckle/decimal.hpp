/// Exact decimal numbers for money and rates: an integer of up to 38 digits times a power of ten.
/// Header-only, shared by plugins and host; never goes through floating point.
/// Arithmetic that leaves 38 digits throws std::overflow_error; nothing wraps or rounds silently.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace deckle {

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

class Decimal {
public:
    static constexpr int max_scale = 18;

    constexpr Decimal() = default;
    constexpr Decimal(std::int64_t whole) : units_(whole) {} // NOLINT: whole numbers are decimals
    /// `units` × 10^-`scale`; 0 ≤ scale ≤ 18.
    static constexpr Decimal from_units(int128 units, int scale) {
        if (scale < 0 || scale > max_scale) throw std::invalid_argument("Decimal: scale out of range");
        Decimal d;
        d.units_ = units;
        d.scale_ = scale;
        return d;
    }
    /// Accepts [+-]digits[.digits], nothing else (no exponent, no separators, no blanks); nullopt otherwise.
    static constexpr std::optional<Decimal> parse(std::string_view text);
    /// As `parse`, but throws std::invalid_argument naming the text.
    static Decimal of(std::string_view text) {
        if (auto d = parse(text)) return *d;
        throw std::invalid_argument("not a decimal number: '" + std::string(text) + "'");
    }

    [[nodiscard]] constexpr int128 units() const { return units_; }
    [[nodiscard]] constexpr int scale() const { return scale_; }
    [[nodiscard]] constexpr bool is_zero() const { return units_ == 0; }
    [[nodiscard]] constexpr bool is_negative() const { return units_ < 0; }
    [[nodiscard]] constexpr Decimal abs() const { return units_ < 0 ? -*this : *this; }
    constexpr Decimal operator-() const { return from_units(-units_, scale_); }

    /// Same value at `scale` places, rounded half away from zero (commercial rounding).
    [[nodiscard]] constexpr Decimal rounded(int scale) const {
        if (scale >= scale_) return from_units(mul(units_, pow10(scale - scale_)), scale);
        return from_units(div_half_up(units_, pow10(scale_ - scale)), scale);
    }
    /// Quotient at `scale` places, half away from zero. REQUIRES: divisor is not zero (throws std::domain_error).
    [[nodiscard]] constexpr Decimal divided_by(Decimal divisor, int scale = 12) const {
        if (divisor.units_ == 0) throw std::domain_error("Decimal: division by zero");
        int const shift = scale + divisor.scale_ - scale_;
        int128 const n = shift > 0 ? mul(units_, pow10(shift)) : units_;
        int128 const d = shift < 0 ? mul(divisor.units_, pow10(-shift)) : divisor.units_;
        return from_units(div_half_up(n, d), scale);
    }

    friend constexpr Decimal operator+(Decimal a, Decimal b) {
        align(a, b);
        return from_units(add(a.units_, b.units_), a.scale_);
    }
    friend constexpr Decimal operator-(Decimal a, Decimal b) { return a + -b; }
    /// Exact while the scales add up to at most 18 places; beyond, rounded to 18 places.
    friend constexpr Decimal operator*(Decimal a, Decimal b) {
        a = a.trimmed();
        b = b.trimmed();
        int128 const product = mul(a.units_, b.units_);
        int const scale = a.scale_ + b.scale_;
        if (scale <= max_scale) return from_units(product, scale);
        return from_units(div_half_up(product, pow10(scale - max_scale)), max_scale);
    }
    constexpr Decimal& operator+=(Decimal b) { return *this = *this + b; }
    constexpr Decimal& operator-=(Decimal b) { return *this = *this - b; }

    /// By value: 1.5 == 1.50. Any two decimals compare.
    friend constexpr bool operator==(Decimal a, Decimal b) { return (a <=> b) == 0; }
    friend constexpr std::strong_ordering operator<=>(Decimal a, Decimal b) {
        if (a.scale_ == b.scale_) return a.units_ <=> b.units_;
        if (a.scale_ > b.scale_) return 0 <=> (b <=> a);
        int128 raised = 0; // a at the scale of b; what does not fit is larger than anything at that scale
        if (__builtin_mul_overflow(a.units_, pow10(b.scale_ - a.scale_), &raised)) return a.units_ <=> int128{0};
        return raised <=> b.units_;
    }

    /// Without trailing zeros after the point: 1.50 -> 1.5, 100 -> 100.
    [[nodiscard]] constexpr Decimal trimmed() const {
        Decimal d = *this;
        auto trim = [&](auto units) {
            while (d.scale_ > 0 && units % 10 == 0) {
                units /= 10;
                --d.scale_;
            }
            d.units_ = units;
        };
        if (auto const small = static_cast<std::int64_t>(units_); small == units_) // a division of 128 bits is slow
            trim(small);
        else
            trim(units_);
        return d;
    }
    /// Plain notation with exactly `scale()` places, "-" for negatives, never an exponent; "-0" is "0".
    [[nodiscard]] std::string to_string() const {
        uint128 n = units_ < 0 ? static_cast<uint128>(0) - static_cast<uint128>(units_) : static_cast<uint128>(units_);
        std::string s;
        for (int i = 0; n != 0 || i <= scale_; ++i) {
            if (i == scale_ && scale_ != 0) s += '.';
            s += static_cast<char>('0' + static_cast<int>(n % 10));
            n /= 10;
        }
        if (units_ < 0) s += '-';
        return {s.rbegin(), s.rend()};
    }

private:
    static constexpr int128 pow10(int n) {
        if (n > 37) throw std::overflow_error("Decimal: more than 38 digits");
        int128 p = 1;
        while (n-- > 0) p *= 10;
        return p;
    }
    static constexpr int128 mul(int128 a, int128 b) {
        int128 r = 0;
        if (__builtin_mul_overflow(a, b, &r)) throw std::overflow_error("Decimal: more than 38 digits");
        return r;
    }
    static constexpr int128 add(int128 a, int128 b) {
        int128 r = 0;
        if (__builtin_add_overflow(a, b, &r)) throw std::overflow_error("Decimal: more than 38 digits");
        return r;
    }
    static constexpr int128 div_half_up(int128 n, int128 d) {
        int128 const q = n / d;
        int128 const r = n % d;
        int128 const ra = r < 0 ? -r : r;
        int128 const da = d < 0 ? -d : d;
        if (ra >= da - ra) return q + ((n < 0) == (d < 0) ? 1 : -1);
        return q;
    }
    static constexpr void align(Decimal& a, Decimal& b) {
        if (a.scale_ < b.scale_) {
            a.units_ = mul(a.units_, pow10(b.scale_ - a.scale_));
            a.scale_ = b.scale_;
        } else if (b.scale_ < a.scale_) {
            b.units_ = mul(b.units_, pow10(a.scale_ - b.scale_));
            b.scale_ = a.scale_;
        }
    }

    int128 units_ = 0;
    int scale_ = 0;
};

constexpr std::optional<Decimal> Decimal::parse(std::string_view text) {
    bool negative = false;
    std::size_t i = 0;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) negative = text[i++] == '-';
    int128 units = 0;
    int scale = 0;
    int digits = 0;
    bool point = false;
    for (; i < text.size(); ++i) {
        char const c = text[i];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') return std::nullopt;
        if (point && scale == max_scale) {
            if (c != '0') return std::nullopt;
            continue;
        }
        if (units != 0 || c != '0') ++digits;
        if (digits > 38) return std::nullopt;
        units = units * 10 + (c - '0');
        scale += point ? 1 : 0;
    }
    bool const any_digit = !text.empty() && text.back() >= '0' && text.back() <= '9';
    if (!any_digit) return std::nullopt;
    if (text[negative || text[0] == '+' ? 1 : 0] == '.') return std::nullopt;
    return from_units(negative ? -units : units, scale);
}

} // namespace deckle
