using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MiniTrader.Sessions;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>Counterparties that do not read, or that were away: nobody else waits for them, and what they must hear they hear.</summary>
public sealed class ExchangeSlowClientTests
{
    [Fact]
    public void A_subscriber_that_does_not_read_gets_the_newest_prices_and_holds_up_nobody()
    {
        const int quotes = 60_000;
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        using RawClient slow = new(exchange.Port, "SLOW");
        slow.Send("35=V|262=M1|263=1|264=1|265=1|267=3|269=0|269=1|269=2|146=1|55=AAA|");
        slow.ReadUntil("35=W");
        for (int i = 1; i <= quotes; i++)
        {
            exchange.Market.Quote(0, "99.90", 100 + (i % 2), "100.10", 1_000 + i);
            exchange.Market.Trade(0, "100.00", 1);
        }

        // Every event was shown; whoever reads trades meanwhile.
        clients.Await(() => exchange.Session.Counts.MarketEvents == 2 + (2 * quotes), "end of the quotes");
        clients.Send("ALICE", "D|11=A1|38=10|40=1|54=1|55=BBB");
        clients.Take("ALICE", "11=A1", "39=2");
        Assert.True(exchange.Session.Counts.SkippedTrades > 0, "The slow client was shown every trade.");
        string last = slow.ReadUntil($"271={1_000 + quotes}");
        Assert.True(slow.Messages < 2 * quotes, $"{slow.Messages} messages came.");
        Assert.Contains("|269=1|", last, StringComparison.Ordinal);
        Assert.Equal(0, exchange.Session.Counts.SlowDisconnects);
    }

    [Fact]
    public void A_drop_copy_that_does_not_read_is_hung_up_on_and_hears_everything_when_it_comes_back()
    {
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        using (RawClient stuck = new(exchange.Port, "DROPCOPY"))
        {
            const int orders = 30_000;
            int sent = 0;
            while (sent < orders) sent += SendSome(clients, sent, Math.Min(500, orders - sent));
            clients.Await(() => clients.Waiting("ALICE") >= orders, "answer to every order");
            Assert.Equal(orders, clients.Count("ALICE", "150=8"));
            Assert.Equal(1, exchange.Session.Counts.SlowDisconnects);
        }

        string[] own = [.. clients.Rest("ALICE").Select(m => TradingClients.Field(m, 17)).Order(StringComparer.Ordinal)];
        using TradingClients copy = new(exchange.Port, "DROPCOPY");
        copy.AwaitLogon("DROPCOPY");
        copy.Await(() => copy.Waiting("DROPCOPY") >= own.Length, "the resend of all that was missed");
        Assert.Equal(own, copy.Rest("DROPCOPY").Select(m => TradingClients.Field(m, 17)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void With_a_store_an_exchange_that_was_closed_goes_on_where_it_was()
    {
        string folder = Directory.CreateTempSubdirectory("minitrader-exchange-store-").FullName;
        try
        {
            TestExchange first = new(new() { StorePath = folder });
            int port = first.Port;
            using TradingClients clients = new(port, "ALICE");
            using (first)
            {
                clients.AwaitLogon("ALICE");
                clients.Send("ALICE", "D|11=A1|38=10|40=1|54=1|55=AAA");
                clients.Take("ALICE", "11=A1", "39=2");
                first.Session.Stop();
            }

            clients.AwaitLogout("ALICE");
            using TestExchange second = new(new() { StorePath = folder, Port = port });
            clients.AwaitLogon("ALICE");
            clients.Send("ALICE", "D|11=A2|38=10|40=1|54=1|55=AAA");
            clients.Take("ALICE", "11=A2", "39=2");

            // The drop copy was never there: it hears of both lives.
            using TradingClients copy = new(second.Port, "DROPCOPY");
            copy.AwaitLogon("DROPCOPY");
            copy.Take("DROPCOPY", "11=A1", "150=F", "43=Y");
            copy.Take("DROPCOPY", "11=A2", "150=F", "43=Y");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Orders that are refused: one report each, and no end to the liquidity.</summary>
    private static int SendSome(TradingClients clients, int from, int count)
    {
        using ManualResetEventSlim isDone = new();
        int sent = 0;
        clients.Do("ALICE", session =>
        {
            for (int i = 0; i < count && session.Output.Length < 1 << 16; i++, sent++) TradingClients.SendNow(session, $"D|11=A{from + i}|38=10|40=1|54=1|55=NONE");
            isDone.Set();
        });
        isDone.Wait();
        return sent;
    }

    /// <summary>A client that reads only when it is told to.</summary>
    private sealed class RawClient : IDisposable
    {
        private readonly TcpClient _tcp;
        private readonly string _name;
        private readonly byte[] _buffer = new byte[1 << 16];
        private string _rest = "";
        private int _number;

        public RawClient(int port, string name)
        {
            _name = name;
            _tcp = new() { ReceiveBufferSize = 1 << 12, ReceiveTimeout = 60_000 };
            _tcp.Connect("127.0.0.1", port);
            Send("35=A|98=0|108=600|");
            ReadUntil("35=A");
        }

        public int Messages { get; private set; }

        public void Send(string body)
        {
            string type = body[..(body.IndexOf('|', StringComparison.Ordinal) + 1)];
            string rest = $"{type}34={++_number}|49={_name}|52={DateTime.UtcNow.ToString("yyyyMMdd-HH:mm:ss.fff", CultureInfo.InvariantCulture)}|56=EXCHANGE|{body[type.Length..]}";
            string message = $"8=FIX.4.4|9={rest.Length}|{rest}".Replace('|', '\u0001');
            _tcp.GetStream().Write(Encoding.ASCII.GetBytes($"{message}10={message.Sum(c => c) % 256:D3}\u0001"));
        }

        /// <summary>Reads up to the first message that has this field.</summary>
        public string ReadUntil(string field)
        {
            while (true)
            {
                int end = _rest.IndexOf("\u000110=", StringComparison.Ordinal);
                if (end >= 0 && _rest.Length >= end + 8)
                {
                    string message = "|" + _rest[..(end + 8)].Replace('\u0001', '|');
                    _rest = _rest[(end + 8)..];
                    Messages++;
                    if (message.Contains($"|{field}|", StringComparison.Ordinal)) return message;
                    continue;
                }

                int read = _tcp.GetStream().Read(_buffer);
                Assert.True(read > 0, $"The exchange hung up before a message with {field} came.");
                _rest += Encoding.ASCII.GetString(_buffer, 0, read);
            }
        }

        public void Dispose() => _tcp.Dispose();
    }
}
