using MiniTrader.Fix;
using Xunit;

namespace MiniTrader.EndToEnd.Fix.Cpp;

/// <summary>Orders in both directions between our sessions and those of QuickFIX for C++, an engine that this project did not write.</summary>
public sealed class CppCounterpartyTests
{
    [Fact]
    public void Our_initiator_trades_with_their_acceptor()
    {
        using TemporaryFolder folder = new();
        int port = FreePort.Next();
        using CppCounterparty venue = CppCounterparty.Start("acceptor", folder, port);
        using (TradingParty client = new(folder, port, isVenue: false))
        {
            client.Await("LOGON");
            client.Order("1", "FILL", 100);
            client.Await("35=8", "11=1|", "150=0", "39=0");
            client.Await("35=8", "11=1|", "150=F", "39=2", "14=100");
            client.Order("2", "PART", 100);
            client.Await("11=2|", "39=1", "14=50", "151=50");
            client.Await("11=2|", "39=2", "151=0");
            client.Order("3", "REJECT", 100);
            client.Await("11=3|", "150=8", "39=8");
            client.Order("4", "REST", 100);
            client.Await("11=4|", "39=0");
            client.Change(MsgTypes.OrderCancelReplaceRequest, "5", "4", 70);
            client.Await("11=5|", "41=4|", "150=5", "151=70");
            client.Change(MsgTypes.OrderCancelRequest, "6", "5", 70);
            client.Await("11=6|", "41=5|", "150=4", "39=4");
            client.Change(MsgTypes.OrderCancelRequest, "7", "5", 70);
            client.Await("35=9", "11=7|", "434=1");
        }

        // Ours logged out in good order when it was disposed of, and the password stands in no log.
        venue.Await("LOGOUT");
        string log = File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(folder, "our-log"), "*.messages.log")));
        Assert.Contains("554=***", log, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", log, StringComparison.Ordinal);
    }

    [Fact]
    public void What_their_acceptor_sends_into_a_broken_connection_comes_after_it_is_mended()
    {
        using TemporaryFolder folder = new();
        int port = FreePort.Next();
        using CppCounterparty venue = CppCounterparty.Start("acceptor", folder, port);
        using TradingParty client = new(folder, port, isVenue: false);
        client.Await("LOGON");
        client.Order("1", "DROP", 100);
        client.Await("LOGOUT");
        client.Order("2", "FILL", 10);
        client.Await("LOGON");
        client.Await("11=1|", "39=2", "43=Y");
        client.Await("11=2|", "39=2");
    }

    [Fact]
    public void Their_initiator_trades_with_our_acceptor()
    {
        using TemporaryFolder folder = new();
        int port = FreePort.Next();
        using TradingParty venue = new(folder, port, isVenue: true);
        using CppCounterparty client = CppCounterparty.Start("initiator", folder, port);
        client.Await("LOGON");
        client.Tell("order 1 FILL 100");
        client.Await("IN", "11=1|", "39=0");
        client.Await("IN", "11=1|", "39=2");
        client.Tell("order 2 PART 100");
        client.Await("IN", "11=2|", "39=1", "14=50");
        client.Await("IN", "11=2|", "39=2");
        client.Tell("order 3 REJECT 100");
        client.Await("IN", "11=3|", "39=8");
        client.Tell("order 4 REST 100");
        client.Await("IN", "11=4|", "39=0");
        client.Tell("replace 5 4 70");
        client.Await("IN", "11=5|", "150=5", "151=70");
        client.Tell("cancel 6 5");
        client.Await("IN", "11=6|", "150=4");
        client.Tell("cancel 7 5");
        client.Await("IN", "35=9", "11=7|");
        client.Tell("logout");
        client.Await("LOGOUT");
        venue.Await("LOGOUT");
    }

    [Fact]
    public void What_our_acceptor_sends_into_a_broken_connection_comes_after_it_is_mended()
    {
        using TemporaryFolder folder = new();
        int port = FreePort.Next();
        using TradingParty venue = new(folder, port, isVenue: true);
        using CppCounterparty client = CppCounterparty.Start("initiator", folder, port);
        client.Await("LOGON");
        client.Tell("order 1 REST 100");
        client.Await("IN", "11=1|");
        client.Tell("drop");
        venue.Await("LOGOUT");
        venue.Do(session =>
        {
            FixWriter news = session.Begin(MsgTypes.News);
            news.Text(Tags.Headline, "while you were out"u8);
            Assert.Equal(SendStatus.Stored, session.Send(ref news));
        });
        client.Await("LOGON");
        client.Await("IN", "43=Y", "148=while you were out");
        client.Tell("order 2 FILL 100");
        client.Await("IN", "11=2|", "39=2");
    }

    /// <summary>Both sides start over together, with ResetSeqNumFlag in the logon.</summary>
    [Fact]
    public void Their_initiator_resets_the_numbers_with_ours()
    {
        using TemporaryFolder folder = new();
        int port = FreePort.Next();
        using TradingParty venue = new(folder, port, isVenue: true);
        using (CppCounterparty client = CppCounterparty.Start("initiator", folder, port, "ResetOnLogon=Y"))
        {
            client.Await("LOGON");
            client.Tell("order 1 FILL 100");
            client.Await("IN", "34=3|", "39=2");
            client.Tell("drop");
            client.Await("LOGOUT");
            client.Await("LOGON");
            client.Tell("order 2 FILL 100");
            client.Await("IN", "34=3|", "11=2|", "39=2");
        }
    }
}
