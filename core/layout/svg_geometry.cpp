#include "layout/svg_geometry.hpp"
#include <algorithm>
#include <cmath>

namespace deckle::layout::svg {

using Kind = PathSegment::Kind;

Point apply(Matrix const& m, Point p) {
    return {m.a * p.x + m.c * p.y + m.e, m.b * p.x + m.d * p.y + m.f};
}

Matrix combine(Matrix const& o, Matrix const& i) {
    return {o.a * i.a + o.c * i.b, o.b * i.a + o.d * i.b,       o.a * i.c + o.c * i.d,
            o.b * i.c + o.d * i.d, o.a * i.e + o.c * i.f + o.e, o.b * i.e + o.d * i.f + o.f};
}

std::optional<Matrix> inverse(Matrix const& m) {
    double const det = m.a * m.d - m.b * m.c;
    if (std::abs(det) < 1e-12) return std::nullopt;
    return Matrix{
        m.d / det, -m.b / det, -m.c / det, m.a / det, (m.c * m.f - m.d * m.e) / det, (m.b * m.e - m.a * m.f) / det};
}

bool is_identity(Matrix const& m) {
    return m.a == 1 && m.b == 0 && m.c == 0 && m.d == 1 && m.e == 0 && m.f == 0;
}

double scale_of(Matrix const& m) {
    return std::sqrt(std::abs(m.a * m.d - m.b * m.c));
}

Path transformed(Path path, Matrix const& m) {
    for (auto& segment : path)
        for (auto& p : segment.points) p = apply(m, p);
    return path;
}

namespace {

struct Extent {
    double low = 0, high = 0;
    bool any = false;
    void add(double v) {
        low = any ? std::min(low, v) : v;
        high = any ? std::max(high, v) : v;
        any = true;
    }
    /// The inner extremes of a cubic; its ends are added by the caller.
    void cubic(double p0, double p1, double p2, double p3) {
        double const a = -p0 + 3 * p1 - 3 * p2 + p3, b = 2 * (p0 - 2 * p1 + p2), c = p1 - p0;
        auto const at = [&](double t) {
            if (t <= 0 || t >= 1) return;
            double const s = 1 - t;
            add(s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3);
        };
        if (std::abs(a) < 1e-12) {
            if (std::abs(b) > 1e-12) at(-c / b);
            return;
        }
        double const root = b * b - 4 * a * c;
        if (root < 0) return;
        at((-b + std::sqrt(root)) / (2 * a));
        at((-b - std::sqrt(root)) / (2 * a));
    }
};

} // namespace

Rect bounds(Path const& path) {
    Extent x, y;
    Point at;
    for (auto const& s : path) {
        if (s.kind == Kind::close) continue;
        auto const end = s.kind == Kind::cubic ? s.points[2] : s.points[0];
        if (s.kind == Kind::cubic) {
            x.cubic(at.x, s.points[0].x, s.points[1].x, end.x);
            y.cubic(at.y, s.points[0].y, s.points[1].y, end.y);
        }
        x.add(end.x);
        y.add(end.y);
        at = end;
    }
    return {x.low, y.low, x.high - x.low, y.high - y.low};
}

Rect bounds(Rect const& r, Matrix const& m) {
    return bounds(transformed(rect_path(r), m));
}

// Numbers

namespace {

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    void skip() {
        while (at_ < text_.size() && (is_blank(text_[at_]) || text_[at_] == ',')) ++at_;
    }
    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] char peek() const { return done() ? '\0' : text_[at_]; }
    char take() { return text_[at_++]; }

    bool number(double& out) {
        skip();
        auto i = at_;
        double sign = 1, value = 0;
        if (i < text_.size() && (text_[i] == '+' || text_[i] == '-')) sign = text_[i++] == '-' ? -1 : 1;
        bool any = false;
        for (; i < text_.size() && is_digit(text_[i]); ++i, any = true) value = value * 10 + (text_[i] - '0');
        if (i < text_.size() && text_[i] == '.') {
            ++i;
            double unit = 0.1;
            for (; i < text_.size() && is_digit(text_[i]); ++i, any = true, unit /= 10)
                value += (text_[i] - '0') * unit;
        }
        if (!any) return false;
        if (i < text_.size() && (text_[i] == 'e' || text_[i] == 'E')) {
            auto j = i + 1;
            int exponent = 0, exponent_sign = 1;
            if (j < text_.size() && (text_[j] == '+' || text_[j] == '-')) exponent_sign = text_[j++] == '-' ? -1 : 1;
            if (j < text_.size() && is_digit(text_[j])) {
                for (; j < text_.size() && is_digit(text_[j]); ++j)
                    exponent = std::min(exponent * 10 + (text_[j] - '0'), 400);
                value *= std::pow(10.0, exponent * exponent_sign);
                i = j;
            }
        }
        at_ = i;
        out = sign * value;
        return std::isfinite(out) && std::abs(out) < 1e9;
    }

    /// Arc flags may stand without anything between: "a1 1 0 01.5.5".
    bool flag(bool& out) {
        skip();
        if (peek() != '0' && peek() != '1') return false;
        out = take() == '1';
        return true;
    }

private:
    static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    std::string_view text_;
    std::size_t at_ = 0;
};

constexpr double pi = 3.14159265358979323846;

/// https://www.w3.org/TR/SVG2/implnote.html#ArcImplementationNotes
void arc(Path& out, Point from, double rx, double ry, double degrees, bool large, bool sweep, Point to) {
    rx = std::abs(rx), ry = std::abs(ry);
    if (from.x == to.x && from.y == to.y) return;
    if (rx < 1e-9 || ry < 1e-9) {
        out.push_back({Kind::line, {to}});
        return;
    }
    double const phi = degrees * pi / 180, cosine = std::cos(phi), sine = std::sin(phi);
    double const dx = (from.x - to.x) / 2, dy = (from.y - to.y) / 2;
    double const x1 = cosine * dx + sine * dy, y1 = -sine * dx + cosine * dy;
    double const big = x1 * x1 / (rx * rx) + y1 * y1 / (ry * ry);
    if (big > 1) rx *= std::sqrt(big), ry *= std::sqrt(big);
    double const n = rx * rx * ry * ry - rx * rx * y1 * y1 - ry * ry * x1 * x1;
    double const d = rx * rx * y1 * y1 + ry * ry * x1 * x1;
    double const k = (large == sweep ? -1 : 1) * std::sqrt(std::max(0.0, d > 0 ? n / d : 0));
    double const cx1 = k * rx * y1 / ry, cy1 = -k * ry * x1 / rx;
    Point const center{cosine * cx1 - sine * cy1 + (from.x + to.x) / 2,
                       sine * cx1 + cosine * cy1 + (from.y + to.y) / 2};
    double const start = std::atan2((y1 - cy1) / ry, (x1 - cx1) / rx);
    double turn = std::atan2((-y1 - cy1) / ry, (-x1 - cx1) / rx) - start;
    if (sweep && turn < 0) turn += 2 * pi;
    if (!sweep && turn > 0) turn -= 2 * pi;
    int const pieces = std::max(1, static_cast<int>(std::ceil(std::abs(turn) / (pi / 2) - 1e-9)));
    double const step = turn / pieces, handle = 4.0 / 3 * std::tan(step / 4);
    auto const on = [&](double cx, double cy) {
        return Point{center.x + cosine * rx * cx - sine * ry * cy, center.y + sine * rx * cx + cosine * ry * cy};
    };
    for (int i = 0; i < pieces; ++i) {
        double const a = start + i * step, b = a + step;
        auto const end = i + 1 == pieces ? to : on(std::cos(b), std::sin(b));
        out.push_back({Kind::cubic,
                       {on(std::cos(a) - handle * std::sin(a), std::sin(a) + handle * std::cos(a)),
                        on(std::cos(b) + handle * std::sin(b), std::sin(b) - handle * std::cos(b)), end}});
    }
}

class PathParser {
public:
    explicit PathParser(std::string_view data) : in_(data) {}

    Path run(bool& ok) {
        ok = true;
        in_.skip();
        char command = '\0';
        while (!in_.done()) {
            char const c = in_.peek();
            bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (letter)
                command = in_.take();
            else if (command == 'Z' || command == 'z')
                command = '\0'; // numbers after a close are a mistake
            if (command == '\0' || (out_.empty() && command != 'M' && command != 'm') || !step(command)) {
                ok = false;
                return std::move(out_);
            }
            if (command == 'M') command = 'L';
            if (command == 'm') command = 'l';
            in_.skip();
        }
        return std::move(out_);
    }

private:
    bool point(Point& p, bool relative) {
        if (!in_.number(p.x) || !in_.number(p.y)) return false;
        if (relative) p.x += at_.x, p.y += at_.y;
        return true;
    }

    void line(Point to) {
        reopen();
        out_.push_back({Kind::line, {to}});
        at_ = to;
    }
    void cubic(Point a, Point b, Point to) {
        reopen();
        out_.push_back({Kind::cubic, {a, b, to}});
        at_ = to;
    }
    /// Drawing goes on after a close without a move.
    void reopen() {
        if (!out_.empty() && out_.back().kind == Kind::close) out_.push_back({Kind::move, {at_}});
    }

    bool step(char command) {
        bool const relative = command >= 'a';
        char const upper = relative ? static_cast<char>(command - 32) : command;
        auto const mirrored = [&](char kind) {
            bool const follows = kind == 'C' ? last_ == 'C' || last_ == 'S' : last_ == 'Q' || last_ == 'T';
            return follows ? Point{2 * at_.x - control_.x, 2 * at_.y - control_.y} : at_;
        };
        Point a, b, to;
        switch (upper) {
        case 'M':
            if (!point(to, relative)) return false;
            out_.push_back({Kind::move, {to}});
            at_ = start_ = to;
            break;
        case 'L':
            if (!point(to, relative)) return false;
            line(to);
            break;
        case 'H':
        case 'V': {
            double v = 0;
            if (!in_.number(v)) return false;
            to = at_;
            (upper == 'H' ? to.x : to.y) = v + (relative ? (upper == 'H' ? at_.x : at_.y) : 0);
            line(to);
            break;
        }
        case 'C':
        case 'S':
            if (upper == 'S')
                a = mirrored('C');
            else if (!point(a, relative))
                return false;
            if (!point(b, relative) || !point(to, relative)) return false;
            cubic(a, b, to);
            control_ = b;
            break;
        case 'Q':
        case 'T': {
            if (upper == 'T')
                a = mirrored('Q');
            else if (!point(a, relative))
                return false;
            if (!point(to, relative)) return false;
            auto const from = at_;
            cubic({from.x + (a.x - from.x) * 2 / 3, from.y + (a.y - from.y) * 2 / 3},
                  {to.x + (a.x - to.x) * 2 / 3, to.y + (a.y - to.y) * 2 / 3}, to);
            control_ = a;
            break;
        }
        case 'A': {
            double rx = 0, ry = 0, turn = 0;
            bool large = false, sweep = false;
            if (!in_.number(rx) || !in_.number(ry) || !in_.number(turn) || !in_.flag(large) || !in_.flag(sweep) ||
                !point(to, relative))
                return false;
            reopen();
            arc(out_, at_, rx, ry, turn, large, sweep, to);
            at_ = to;
            break;
        }
        case 'Z':
            if (out_.back().kind != Kind::close) out_.push_back({Kind::close, {}});
            at_ = start_;
            break;
        default:
            return false;
        }
        last_ = upper;
        return true;
    }

    Scanner in_;
    Path out_;
    Point at_, start_, control_;
    char last_ = '\0';
};

} // namespace

Path parse_path(std::string_view data, bool& ok) {
    return PathParser(data).run(ok);
}

std::optional<std::vector<double>> parse_numbers(std::string_view text) {
    Scanner in(text);
    std::vector<double> out;
    for (in.skip(); !in.done(); in.skip()) {
        double v = 0;
        if (!in.number(v)) return std::nullopt;
        out.push_back(v);
    }
    return out;
}

// Shapes

namespace {
constexpr double round = 0.5522847498307936; // of the radius: handle of a quarter circle
}

Path rect_path(Rect const& r, double rx, double ry) {
    double const right = r.x + r.width, bottom = r.y + r.height;
    if (rx <= 0 || ry <= 0)
        return {{Kind::move, {{{r.x, r.y}}}},
                {Kind::line, {{{right, r.y}}}},
                {Kind::line, {{{right, bottom}}}},
                {Kind::line, {{{r.x, bottom}}}},
                {Kind::close, {}}};
    rx = std::min(rx, r.width / 2), ry = std::min(ry, r.height / 2);
    double const hx = rx * (1 - round), hy = ry * (1 - round);
    return {{Kind::move, {{{r.x + rx, r.y}}}},
            {Kind::line, {{{right - rx, r.y}}}},
            {Kind::cubic, {{{right - hx, r.y}, {right, r.y + hy}, {right, r.y + ry}}}},
            {Kind::line, {{{right, bottom - ry}}}},
            {Kind::cubic, {{{right, bottom - hy}, {right - hx, bottom}, {right - rx, bottom}}}},
            {Kind::line, {{{r.x + rx, bottom}}}},
            {Kind::cubic, {{{r.x + hx, bottom}, {r.x, bottom - hy}, {r.x, bottom - ry}}}},
            {Kind::line, {{{r.x, r.y + ry}}}},
            {Kind::cubic, {{{r.x, r.y + hy}, {r.x + hx, r.y}, {r.x + rx, r.y}}}},
            {Kind::close, {}}};
}

Path ellipse_path(Point c, double rx, double ry) {
    double const hx = rx * round, hy = ry * round;
    return {{Kind::move, {{{c.x + rx, c.y}}}},
            {Kind::cubic, {{{c.x + rx, c.y + hy}, {c.x + hx, c.y + ry}, {c.x, c.y + ry}}}},
            {Kind::cubic, {{{c.x - hx, c.y + ry}, {c.x - rx, c.y + hy}, {c.x - rx, c.y}}}},
            {Kind::cubic, {{{c.x - rx, c.y - hy}, {c.x - hx, c.y - ry}, {c.x, c.y - ry}}}},
            {Kind::cubic, {{{c.x + hx, c.y - ry}, {c.x + rx, c.y - hy}, {c.x + rx, c.y}}}},
            {Kind::close, {}}};
}

Path poly_path(std::vector<double> const& points, bool close) {
    Path out;
    for (std::size_t i = 0; i + 1 < points.size(); i += 2)
        out.push_back({i == 0 ? Kind::move : Kind::line, {{{points[i], points[i + 1]}}}});
    if (close && out.size() > 1) out.push_back({Kind::close, {}});
    return out;
}

// viewBox

Fit parse_fit(std::string_view text) {
    Fit out;
    if (text.find("none") != std::string_view::npos) out.none = true;
    auto const has = [&](std::string_view part) { return text.find(part) != std::string_view::npos; };
    if (has("xMin")) out.x = 0;
    if (has("xMax")) out.x = 1;
    if (has("YMin")) out.y = 0;
    if (has("YMax")) out.y = 1;
    out.slice = has("slice");
    return out;
}

Matrix fit(Rect const& content, Rect const& viewport, Fit const& how) {
    double sx = content.width > 0 ? viewport.width / content.width : 1;
    double sy = content.height > 0 ? viewport.height / content.height : 1;
    if (!how.none) sx = sy = how.slice ? std::max(sx, sy) : std::min(sx, sy);
    return {sx,
            0,
            0,
            sy,
            viewport.x + (viewport.width - content.width * sx) * how.x - content.x * sx,
            viewport.y + (viewport.height - content.height * sy) * how.y - content.y * sy};
}

namespace {

/// The smallest rectangle around what it is shown.
struct Bounds {
    bool any = false;
    double left = 0, top = 0, right = 0, bottom = 0;

    void add(Rect const& r) {
        left = any ? std::min(left, r.x) : r.x;
        top = any ? std::min(top, r.y) : r.y;
        right = any ? std::max(right, r.x + r.width) : r.x + r.width;
        bottom = any ? std::max(bottom, r.y + r.height) : r.y + r.height;
        any = true;
    }
    void operator()(GlyphRun const& run) {
        double width = 0;
        for (Glyph const& glyph : run.glyphs) width += glyph.x_advance;
        add({run.origin.x, run.origin.y - 0.8 * run.size, width, run.size});
    }
    void operator()(FillRect const& fill) { add(fill.rect); }
    void operator()(FillPath const& fill) { add(bounds(fill.path)); }
    void operator()(StrokePath const& stroke) { add(bounds(stroke.path)); }
    void operator()(DrawImage const& image) { add(image.rect); }
    void operator()(Link const&) {}
    void operator()(Anchor const&) {}
    void operator()(std::unique_ptr<Group> const& group) {
        if (!group->items.empty()) add(bounds(bounds(group->items), group->transform));
    }
};

} // namespace

Rect bounds(std::span<Item const> items) {
    Bounds all;
    for (Item const& item : items) std::visit(all, item);
    return {all.left, all.top, all.right - all.left, all.bottom - all.top};
}

} // namespace deckle::layout::svg
