// The other side of the interoperability tests, on QuickFIX for C++: an acceptor that plays a small venue, or an initiator that does what
// its standard input says. Each message and event goes to standard output as a line, fields separated by '|'.
//
//   counterparty acceptor SETTINGS      counterparty initiator SETTINGS
//
// Input lines:  order ID SYMBOL QTY · cancel ID ORIG · replace ID ORIG QTY · drop (hang up without a word) · logout · logon · quit
// The venue:    symbol FILL is filled, PART is filled in two, REJECT is rejected, DROP is accepted, the connection dropped and the fill sent
//               into the dark; every other symbol rests until it is cancelled or replaced.
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>

#include <quickfix/Application.h>
#include <quickfix/FileStore.h>
#include <quickfix/Message.h>
#include <quickfix/Session.h>
#include <quickfix/SessionSettings.h>
#include <quickfix/SocketAcceptor.h>
#include <quickfix/SocketInitiator.h>

namespace {

std::mutex output;

void say(const std::string& what, std::string text = "")
{
    std::replace(text.begin(), text.end(), '\001', '|');
    std::lock_guard<std::mutex> lock(output);
    std::cout << what << ' ' << text << std::endl;
}

class Counterparty : public FIX::Application {
public:
    explicit Counterparty(bool is_venue) : is_venue_(is_venue) {}

    FIX::SessionID session;

    void onCreate(const FIX::SessionID& id) override { session = id; }
    void onLogon(const FIX::SessionID&) override { say("LOGON"); }
    void onLogout(const FIX::SessionID&) override { say("LOGOUT"); }
    void toAdmin(FIX::Message& message, const FIX::SessionID&) override { say("ADMIN-OUT", message.toString()); }
    void fromAdmin(const FIX::Message& message, const FIX::SessionID&) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat, FIX::IncorrectTagValue, FIX::RejectLogon) override
    {
        say("ADMIN", message.toString());
    }
    void toApp(FIX::Message& message, const FIX::SessionID&) throw(FIX::DoNotSend) override { say("OUT", message.toString()); }
    void fromApp(const FIX::Message& message, const FIX::SessionID&) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat, FIX::IncorrectTagValue, FIX::UnsupportedMessageType) override
    {
        say("IN", message.toString());
        if (is_venue_) answer(message);
    }

    void send(const std::string& type, const std::map<int, std::string>& fields)
    {
        FIX::Message message;
        message.getHeader().setField(FIX::FIELD::MsgType, type);
        for (const auto& field : fields) message.setField(field.first, field.second);
        FIX::Session::sendToTarget(message, session);
    }

    void drop()
    {
        if (FIX::Session* s = FIX::Session::lookupSession(session)) s->disconnect();
    }

private:
    void report(const std::string& order, const std::string& exec_type, const std::string& status, int filled, int quantity, const std::string& orig = "")
    {
        std::map<int, std::string> fields = {
            {6, "0"}, {11, order}, {14, std::to_string(filled)}, {17, std::to_string(++executions_)}, {37, "V" + order}, {39, status}, {54, "1"}, {55, "X"},
            {150, exec_type}, {151, std::to_string(status == "8" || status == "4" ? 0 : quantity - filled)}};
        if (!orig.empty()) fields[41] = orig;
        send("8", fields);
    }

    void answer(const FIX::Message& message)
    {
        const std::string type = message.getHeader().getField(FIX::FIELD::MsgType);
        const std::string id = message.getField(11);
        if (type == "D") {
            const std::string symbol = message.getField(55);
            const int quantity = std::stoi(message.getField(38));
            if (symbol == "REJECT") return report(id, "8", "8", 0, quantity);
            report(id, "0", "0", 0, quantity);
            if (symbol == "PART") report(id, "F", "1", quantity / 2, quantity);
            if (symbol == "DROP") drop();
            if (symbol == "FILL" || symbol == "PART" || symbol == "DROP") return report(id, "F", "2", quantity, quantity);
            resting_[id] = quantity;
            return;
        }

        const std::string orig = message.getField(41);
        const auto found = resting_.find(orig);
        if (found == resting_.end()) return send("9", {{11, id}, {37, "NONE"}, {39, "8"}, {41, orig}, {102, "1"}, {434, type == "F" ? "1" : "2"}});
        const int quantity = type == "F" ? found->second : std::stoi(message.getField(38));
        resting_.erase(found);
        if (type == "G") resting_[id] = quantity;
        report(id, type == "F" ? "4" : "5", type == "F" ? "4" : "0", 0, quantity, orig);
    }

    const bool is_venue_;
    int executions_ = 0;
    std::map<std::string, int> resting_;
};

void obey(Counterparty& party, FIX::Initiator* initiator)
{
    std::string line;
    while (std::getline(std::cin, line)) {
        std::istringstream words(line);
        std::string verb, id, orig, symbol, quantity;
        words >> verb;
        if (verb == "order" && words >> id >> symbol >> quantity)
            party.send("D", {{11, id}, {21, "1"}, {38, quantity}, {40, "1"}, {54, "1"}, {55, symbol}, {60, "20240304-09:00:00.000"}});
        else if (verb == "cancel" && words >> id >> orig)
            party.send("F", {{11, id}, {41, orig}, {54, "1"}, {55, "X"}, {60, "20240304-09:00:00.000"}});
        else if (verb == "replace" && words >> id >> orig >> quantity)
            party.send("G", {{11, id}, {21, "1"}, {38, quantity}, {40, "1"}, {41, orig}, {54, "1"}, {55, "X"}, {60, "20240304-09:00:00.000"}});
        else if (verb == "drop") party.drop();
        else if (verb == "logout") FIX::Session::lookupSession(party.session)->logout();
        else if (verb == "logon") FIX::Session::lookupSession(party.session)->logon();
        else if (verb == "quit") break;
        else say("WHAT", line);
    }

    if (initiator) initiator->stop(true);
}

}  // namespace

int main(int count, char** arguments)
{
    if (count != 3) return 2;
    try {
        const bool is_venue = std::string(arguments[1]) == "acceptor";
        FIX::SessionSettings settings(arguments[2]);
        Counterparty party(is_venue);
        FIX::FileStoreFactory store(settings);
        if (is_venue) {
            FIX::SocketAcceptor acceptor(party, store, settings);
            acceptor.start();
            say("READY");
            obey(party, nullptr);
            acceptor.stop(true);
        } else {
            FIX::SocketInitiator initiator(party, store, settings);
            initiator.start();
            say("READY");
            obey(party, &initiator);
        }

        return 0;
    } catch (const std::exception& e) {
        say("FAULT", e.what());
        return 1;
    }
}
