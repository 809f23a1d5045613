// One message is one connection:
//   connect [tls] ehlo [starttls tls ehlo] [auth] | from to data | leaving() end
// Up to `end` nothing was taken over, whatever happens; after the final dot only the server knows.
#include "transports/smtp.hpp"
#include "transports/base64.hpp"
#include "transports/leave.hpp"
#include "transports/mime.hpp"
#include "transports/net.hpp"
#include "transports/oauth.hpp"
#include "transports/smtp_advice.hpp"
#include "transports/smtp_dialog.hpp"
#include <mutex>

namespace deckle::transports {
namespace {

using delivery::Check;
using delivery::Message;
using delivery::Outcome;
using delivery::Receipt;
using Settings = data::SmtpSettings;

constexpr std::size_t longest_answer = 300; // so that there is room for advice

struct Stop { // the conversation ended here
    Outcome outcome;
    std::string answer;
};

std::string upper(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return text;
}

/// One conversation. `phase` says where it is, also when it throws.
class Conversation {
public:
    Conversation(Settings const& settings, SecretReader const& secret, OAuthTokens& tokens, std::string const& ehlo,
                 Poco::Net::Context::Ptr context)
        : settings_(settings), secret_(secret), tokens_(tokens), ehlo_(ehlo), context_(std::move(context)) {}

    std::string phase = "connect";
    std::vector<std::string> secrets;

    /// As far as a login goes. `reached` is called as each phase is done.
    template <class Reached>
    void log_in(Reached const& reached) {
        if (settings_.auth != Settings::Auth::none) read_credentials(reached);
        phase = "connect";
        auto socket = connected(settings_.host, settings_.port, settings_.timeout);
        deadline_.emplace(socket, settings_.timeout * deadline_timeouts);
        dialog_.emplace(socket);
        if (settings_.security == Settings::Security::tls) {
            reached(phase, settings_.host + ":" + std::to_string(settings_.port));
            phase = "tls";
            dialog_->use_tls(settings_.host, context_);
        }
        auto const greeting = dialog_->answer();
        if (!greeting.is_good()) stop(greeting);
        greeted_ = true;
        reached(phase, greeting.text());
        greet(reached);
        if (settings_.security == Settings::Security::starttls) {
            phase = "starttls";
            if (!offers("STARTTLS"))
                throw Stop{Outcome::later,
                           "the server offers no STARTTLS, and nothing is sent without encryption: is the "
                           "port right (587)? security = \"tls\" is for port 465"};
            auto const ready = dialog_->command("STARTTLS");
            if (!ready.is_good()) stop(ready);
            phase = "tls";
            dialog_->use_tls(settings_.host, context_);
            reached(phase, "certificate of " + settings_.host + " checked");
            greet(reached);
        }
        if (settings_.auth != Settings::Auth::none) authenticate(reached);
    }

    Receipt send(Message const& message, std::function<void()> const& leaving) {
        std::string const mail = mime(message);
        log_in([](std::string const&, std::string const&) {});
        phase = "from";
        std::string from = "MAIL FROM:<" + message.from + ">";
        if (auto const most = size_limit()) {
            if (*most > 0 && mail.size() > *most)
                throw Stop{Outcome::refused, "the message has " + std::to_string(mail.size()) +
                                                 " bytes, and the server takes at most " + std::to_string(*most) +
                                                 ": set [delivery] max_attachment lower, so that a link is sent"};
            from += " SIZE=" + std::to_string(mail.size());
        }
        must(dialog_->command(from));
        phase = "to";
        must(dialog_->command("RCPT TO:<" + message.to + ">"));
        phase = "data";
        if (auto const ready = dialog_->command("DATA"); ready.code != 354) stop(ready);
        dialog_->send_body(mail);
        leave(leaving);
        phase = "end";
        dialog_->send(".\r\n");
        auto const taken = dialog_->answer();
        if (!taken.is_good()) stop(taken);
        Receipt const receipt{Outcome::accepted, phase, safe_line(taken.text(), secrets)};
        say_goodbye();
        return receipt;
    }

    /// Does not wait for an answer: what was accepted stays so.
    void say_goodbye() noexcept {
        try {
            dialog_->send("QUIT\r\n");
        } catch (std::exception const&) {
        }
    }

    [[nodiscard]] bool too_long() const { return deadline_ && deadline_->passed(); }
    [[nodiscard]] bool waits_for_greeting() const { return dialog_ && !greeted_; }

private:
    template <class Reached>
    void read_credentials(Reached const& reached) {
        if (settings_.auth == Settings::Auth::xoauth2) {
            phase = "token";
            credential_ = tokens_.get(secrets);
            reached(phase, "from " + shown(settings_.oauth.token_url));
        } else {
            credential_ = secret_(settings_.password, "password");
        }
        secrets.push_back(credential_);
    }

    template <class Reached>
    void greet(Reached const& reached) {
        phase = "ehlo";
        hello_ = dialog_->command("EHLO " + ehlo_);
        if (!hello_.is_good()) stop(hello_);
        reached(phase, hello_.lines.front());
    }

    [[nodiscard]] std::string const* offer(std::string const& keyword) const {
        for (auto const& line : hello_.lines)
            if (upper(line.substr(0, line.find_first_of(" ="))) == keyword) return &line;
        return nullptr;
    }
    [[nodiscard]] bool offers(std::string const& keyword) const { return offer(keyword) != nullptr; }

    [[nodiscard]] std::optional<std::size_t> size_limit() const {
        auto const* const line = offer("SIZE");
        if (line == nullptr) return std::nullopt;
        return std::strtoull(line->size() > 5 ? line->c_str() + 5 : "", nullptr, 10);
    }

    template <class Reached>
    void authenticate(Reached const& reached) {
        phase = "auth";
        std::string const mechanism = settings_.auth == Settings::Auth::plain   ? "PLAIN"
                                      : settings_.auth == Settings::Auth::login ? "LOGIN"
                                                                                : "XOAUTH2";
        auto const* const offered = offer("AUTH");
        if (offered == nullptr || (upper(*offered) + " ").find(" " + mechanism + " ") == std::string::npos)
            throw Stop{Outcome::later, "the server does not offer AUTH " + mechanism + " (" +
                                           (offered == nullptr ? "no AUTH at all" : *offered) + "): see 'auth'"};
        SmtpAnswer answer;
        if (mechanism == "LOGIN") {
            answer = dialog_->command("AUTH LOGIN");
            if (answer.code == 334) answer = dialog_->command(secret_text(settings_.user, false));
            if (answer.code == 334) answer = dialog_->command(secret_text(credential_));
        } else {
            std::string const blob = mechanism == "PLAIN"
                                         ? std::string(1, '\0') + settings_.user + std::string(1, '\0') + credential_
                                         : "user=" + settings_.user +
                                               "\x01"
                                               "auth=Bearer " +
                                               credential_ + "\x01\x01";
            answer = dialog_->command("AUTH " + mechanism + " " + secret_text(blob));
            if (mechanism == "XOAUTH2" && answer.code == 334) answer = dialog_->command(""); // why comes before the no
        }
        if (!answer.is_good()) {
            if (mechanism == "XOAUTH2") tokens_.forget();
            stop(answer);
        }
        reached(phase, settings_.user);
    }

    std::string secret_text(std::string const& bytes, bool secret = true) {
        std::string text = to_base64(bytes);
        if (secret) secrets.push_back(text);
        return text;
    }

    void must(SmtpAnswer const& answer) const {
        if (!answer.is_good()) stop(answer);
    }

    /// A refusal for good only where it is about this message, and no setting is to blame.
    [[noreturn]] void stop(SmtpAnswer const& answer) const {
        bool const about_message = phase == "from" || phase == "to" || phase == "data" || phase == "end";
        auto const help = advice(answer);
        bool const refused = answer.code / 100 == 5 && about_message && help.empty();
        throw Stop{refused ? Outcome::refused : Outcome::later,
                   safe_line(answer.text(), secrets, longest_answer) + (help.empty() ? "" : " -- " + help)};
    }

    Settings const& settings_;
    SecretReader const& secret_;
    OAuthTokens& tokens_;
    std::string const& ehlo_;
    Poco::Net::Context::Ptr context_;
    std::string credential_;
    std::optional<SmtpDialog> dialog_;
    std::optional<Deadline> deadline_; // goes before the connection
    SmtpAnswer hello_;
    bool greeted_ = false;
};

class Smtp final : public delivery::Transport {
public:
    Smtp(Settings settings, std::string ehlo, SecretReader secret)
        : settings_(std::move(settings)), ehlo_(std::move(ehlo)), secret_(std::move(secret)),
          tokens_(settings_.oauth, secret_, settings_.ca, settings_.timeout) {}

    Receipt send(Message const& message, std::function<void()> const& leaving) override {
        delivery::check_mail(message);
        Receipt receipt{Outcome::later, {}, {}};
        converse(receipt, [&](Conversation& conversation) { receipt = conversation.send(message, leaving); });
        return receipt;
    }

    std::vector<Check> test() override {
        std::vector<Check> checks;
        Receipt end{Outcome::accepted, {}, {}};
        converse(end, [&](Conversation& conversation) {
            conversation.log_in([&](std::string const& phase, std::string const& found) {
                checks.push_back({phase, true, safe_line(found, conversation.secrets)});
            });
            conversation.say_goodbye();
        });
        if (end.outcome != Outcome::accepted) checks.push_back({end.phase, false, end.answer});
        return checks;
    }

private:
    /// Puts what went wrong into `receipt`.
    template <class Talk>
    void converse(Receipt& receipt, Talk const& talk) {
        NoSigpipe const no_sigpipe;
        Conversation conversation(settings_, secret_, tokens_, ehlo_, context());
        try {
            talk(conversation);
        } catch (Passed const& passed) {
            std::rethrow_exception(passed.why);
        } catch (Stop const& stop) {
            receipt = {stop.outcome, conversation.phase, safe_line(stop.answer, conversation.secrets)};
        } catch (TokenFailure const& failure) {
            receipt = {Outcome::later, conversation.phase, safe_line(failure.what(), conversation.secrets)};
        } catch (Poco::Exception const& e) {
            bool const over = conversation.phase == "end";
            receipt = {over ? Outcome::unknown : Outcome::later, conversation.phase,
                       safe_line(why_lost(conversation, e), conversation.secrets)};
        }
    }

    [[nodiscard]] std::string why_lost(Conversation const& conversation, Poco::Exception const& problem) const {
        bool const too_long = conversation.too_long();
        std::string why = too_long ? settings_.host + " took too long altogether (" +
                                         std::to_string(deadline_timeouts) + " times 'timeout')"
                                   : explain(problem, settings_.host, settings_.port);
        bool const slow = too_long || dynamic_cast<Poco::TimeoutException const*>(&problem) != nullptr;
        if (slow && conversation.waits_for_greeting() && settings_.security == Settings::Security::starttls)
            why += ": if TLS is to begin at once, as on port 465, set security = \"tls\"";
        return why;
    }

    Poco::Net::Context::Ptr context() {
        std::lock_guard const lock(mutex_);
        if (settings_.security != Settings::Security::none && context_.isNull())
            context_ = tls_context(settings_.host, settings_.ca);
        return context_;
    }

    Settings const settings_;
    std::string const ehlo_;
    SecretReader const secret_;
    OAuthTokens tokens_;
    std::mutex mutex_;
    Poco::Net::Context::Ptr context_;
};

} // namespace

std::unique_ptr<delivery::Transport> make_smtp(data::SmtpSettings const& settings, std::string const& ehlo,
                                               SecretReader const& secret) {
    return std::make_unique<Smtp>(settings, ehlo, secret);
}

} // namespace deckle::transports
