using MiniTrader.Fix;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>Many clients at once: every one hears all of its own, and the drop copy all of all, to the last message.</summary>
public sealed class ExchangeLoadTests
{
    private const int Clients = 200;
    private const int OrdersEach = 30;

    [Fact]
    public void Two_hundred_clients_and_the_drop_copy_reconcile_to_the_last_message()
    {
        using TestExchange exchange = new();
        string[] names = [.. Enumerable.Range(0, Clients).Select(i => $"C{i:000}")];
        using TradingClients clients = new(exchange.Port, [.. names, "DROPCOPY"]);
        clients.AwaitLogon([.. names, "DROPCOPY"]);
        foreach (string name in names) clients.Do(name, s => SendAll(s, name));

        // Of each client two thirds rest and are cancelled, one third fills; every sixth resting order is replaced first.
        const int resting = OrdersEach * 2 / 3, replaced = OrdersEach / 6, filled = OrdersEach / 3;
        foreach (string name in names)
        {
            clients.Await(() => clients.Count(name, "150=4") == resting && clients.Count(name, "39=2") == filled, $"end of the orders of {name}");
            Assert.Equal(replaced, clients.Count(name, "150=5"));
        }

        int sent = names.Sum(n => clients.Rest(n).Length);
        clients.Await(() => clients.Count("DROPCOPY", "35=8") >= sent, $"drop copy of {sent} reports");
        string[] copy = [.. clients.Rest("DROPCOPY").Select(Key).Order()];
        string[] own = [.. names.SelectMany(clients.Rest).Select(Key).Order()];
        Assert.Equal(own, copy);
        Assert.Equal(own.Length, own.Distinct().Count());
        Assert.Equal(own.Length, exchange.Session.Counts.Executions);
        Assert.Equal(Clients * OrdersEach, exchange.Session.Counts.Orders);
        Assert.Equal(0, exchange.Session.Counts.SlowDisconnects);
    }

    private static void SendAll(FixSession session, string name)
    {
        for (int i = 0; i < OrdersEach; i++)
        {
            bool isMarket = i % 3 == 2;
            string side = i % 2 == 0 ? "1" : "2";
            TradingClients.SendNow(session, isMarket ? $"D|11={name}-{i}|38=1|40=1|54={side}|55=BBB" : $"D|11={name}-{i}|38=5|40=2|44={(side == "1" ? "90" : "110")}|54={side}|55=AAA");
            if (isMarket) continue;
            string original = $"{name}-{i}";
            if (i % 6 == 1)
            {
                TradingClients.SendNow(session, $"G|11={name}-{i}R|38=4|40=2|41={original}|44={(side == "1" ? "91" : "111")}|54={side}|55=AAA");
                original += "R";
            }

            TradingClients.SendNow(session, $"F|11={name}-{i}C|41={original}|54={side}|55=AAA");
        }
    }

    private static string Key(string message) =>
        string.Join(' ', ((int[])[1, 17, 37, 11, 150, 39, 14, 151, 32, 31]).Select(tag => TradingClients.Field(message, tag)));
}
