using MiniTrader.Exchange;
using MiniTrader.Sessions;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>Orders of real sessions over loopback sockets, from the message that goes in to those that come out.</summary>
public sealed class ExchangeOrderTests
{
    [Fact]
    public void A_market_order_is_new_and_then_filled_and_the_drop_copy_hears_both()
    {
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "ALICE", "DROPCOPY");
        clients.AwaitLogon("ALICE", "DROPCOPY");
        clients.Send("ALICE", "D|11=A1|38=40|40=1|54=1|55=AAA|60=20240102-15:00:00");
        string accepted = clients.Take("ALICE", "35=8", "11=A1", "150=0", "39=0", "151=40", "14=0", "55=AAA", "1=ALICE");
        string fill = clients.Take("ALICE", "35=8", "11=A1", "150=F", "39=2", "31=100.1", "32=40", "14=40", "151=0", "6=100.1", "851=2");
        Assert.Equal(TradingClients.Field(accepted, 37), TradingClients.Field(fill, 37));
        string copy = clients.Take("DROPCOPY", "35=8", "150=F", "1=ALICE", "11=A1");
        clients.Take("DROPCOPY", "35=8", "150=0", "1=ALICE", "11=A1");
        Assert.Equal(TradingClients.Field(fill, 17), TradingClients.Field(copy, 17));
    }

    [Fact]
    public void A_resting_limit_fills_in_part_is_replaced_and_cancelled()
    {
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        clients.Send("ALICE", "D|11=A1|38=100|40=2|44=99.95|54=1|55=AAA");
        string id = TradingClients.Field(clients.Take("ALICE", "11=A1", "150=0"), 37);

        // Inside the spread nobody is ahead: 30 of a trade at the price are ours.
        exchange.Market.Trade(0, "99.95", 30);
        clients.Take("ALICE", "11=A1", "150=F", "39=1", "32=30", "31=99.95", "14=30", "151=70", "851=1");
        clients.Send("ALICE", "G|11=A2|38=80|40=2|41=A1|44=99.94|54=1|55=AAA");
        clients.Take("ALICE", "11=A2", "41=A1", "150=5", "39=1", "38=80", "44=99.94", "151=50", "37=" + id);
        clients.Send("ALICE", "F|11=A3|41=A2|54=1|55=AAA");
        clients.Take("ALICE", "11=A3", "41=A2", "150=4", "39=4", "14=30", "151=0", "37=" + id);
        clients.Send("ALICE", "F|11=A4|41=A2|54=1|55=AAA");
        clients.Take("ALICE", "35=9", "11=A4", "102=0", "434=1", "39=4");
        Assert.Empty(clients.Rest("ALICE"));
    }

    [Theory]
    [InlineData("D|11=X1|38=10|40=1|54=1|55=ZZZ", "103=1")]
    [InlineData("D|11=X1|38=10|40=P|54=1|55=AAA", "103=11")]
    [InlineData("D|11=X1|38=10|40=1|54=9|55=AAA", "103=11")]
    [InlineData("D|11=X1|38=0|40=1|54=1|55=AAA", "103=13")]
    [InlineData("D|11=X1|38=0.5|40=1|54=1|55=AAA", "103=13")]
    [InlineData("D|11=X1|38=10|40=2|54=1|55=AAA", "103=99")]
    [InlineData("D|11=X1|38=10|40=2|44=99.999|54=1|55=AAA", "103=99")]
    [InlineData("D|11=X1|38=10|40=3|54=1|55=AAA", "103=99")]
    [InlineData("D|11=X1|38=10|40=2|44=99.9|54=1|55=AAA|59=6", "103=99")]
    public void A_wrong_order_is_rejected_with_a_sentence(string order, string reason)
    {
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "ALICE", "DROPCOPY");
        clients.AwaitLogon("ALICE", "DROPCOPY");
        clients.Send("ALICE", order);
        string rejected = clients.Take("ALICE", "35=8", "11=X1", "150=8", "39=8", reason, "151=0");
        Assert.NotEmpty(TradingClients.Field(rejected, 58));
        clients.Take("DROPCOPY", "35=8", "11=X1", "150=8", "17=" + TradingClients.Field(rejected, 17));
    }

    [Fact]
    public void A_client_order_id_is_used_once_by_a_client_and_freely_by_others()
    {
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "ALICE", "BOB");
        clients.AwaitLogon("ALICE", "BOB");
        clients.Send("ALICE", "D|11=A1|38=10|40=2|44=99|54=1|55=AAA");
        clients.Take("ALICE", "11=A1", "150=0");
        clients.Send("ALICE", "D|11=A1|38=10|40=2|44=99|54=1|55=AAA");
        clients.Take("ALICE", "11=A1", "150=8", "103=6");
        clients.Send("BOB", "D|11=A1|38=10|40=2|44=99|54=1|55=AAA");
        clients.Take("BOB", "11=A1", "150=0", "1=BOB");
        clients.Send("ALICE", "F|11=A1|41=A1|54=1|55=AAA");
        clients.Take("ALICE", "35=9", "11=A1", "102=6");
        clients.Send("BOB", "F|11=B2|41=NONE|54=1|55=AAA");
        clients.Take("BOB", "35=9", "11=B2", "102=1", "37=NONE", "39=8");
        clients.Send("ALICE", "G|11=A2|38=10|40=2|41=A1|44=99|54=2|55=AAA");
        clients.Take("ALICE", "35=9", "11=A2", "434=2", "102=99");
    }

    [Fact]
    public void A_mass_cancel_ends_the_orders_of_its_client_only()
    {
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "ALICE", "BOB");
        clients.AwaitLogon("ALICE", "BOB");
        for (int i = 1; i <= 4; i++) clients.Send("ALICE", $"D|11=A{i}|38=10|40=2|44=40|54=1|55={(i <= 2 ? "AAA" : "BBB")}");
        clients.Send("BOB", "D|11=B1|38=10|40=2|44=40|54=1|55=BBB");
        for (int i = 1; i <= 4; i++) clients.Take("ALICE", $"11=A{i}", "150=0");
        clients.Take("BOB", "11=B1", "150=0");
        clients.Send("ALICE", "q|11=M1|55=AAA|530=1");
        clients.Take("ALICE", "35=r", "11=M1", "531=1", "533=2");
        clients.Take("ALICE", "11=A1", "150=4");
        clients.Take("ALICE", "11=A2", "150=4");
        clients.Send("ALICE", "q|11=M2|530=7");
        clients.Take("ALICE", "35=r", "11=M2", "531=7", "533=2");
        clients.Take("ALICE", "11=A3", "150=4");
        clients.Take("ALICE", "11=A4", "150=4");
        clients.Send("ALICE", "q|11=M3|530=3");
        clients.Take("ALICE", "35=r", "11=M3", "531=0");
        clients.Send("BOB", "H|11=B1|54=1|55=BBB");
        clients.Take("BOB", "11=B1", "150=I", "39=0", "151=10");
        Assert.Empty(clients.Rest("ALICE"));
    }

    [Fact]
    public void Status_requests_are_answered_after_the_order_is_done_and_for_all_that_work()
    {
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "ALICE", "DROPCOPY");
        clients.AwaitLogon("ALICE", "DROPCOPY");
        clients.Send("ALICE", "AF|584=S0|585=7");
        clients.Take("ALICE", "150=I", "39=8", "584=S0", "911=0", "912=Y");
        clients.Send("ALICE", "D|11=A1|38=150|40=1|54=1|55=AAA");
        clients.Take("ALICE", "11=A1", "39=2");
        clients.Send("ALICE", "H|11=A1|54=1|55=AAA|790=Q1");

        // 100 at the touch, 50 one tick worse: (100 × 100.10 + 50 × 100.11) / 150 = 100.103333333.
        clients.Take("ALICE", "11=A1", "150=I", "39=2", "14=150", "151=0", "6=100.103333333", "790=Q1");
        clients.Send("ALICE", "H|11=NEVER|54=1|55=AAA");
        clients.Take("ALICE", "11=NEVER", "150=I", "39=8", "103=5", "37=NONE");
        for (int i = 2; i <= 4; i++) clients.Send("ALICE", $"D|11=A{i}|38=10|40=2|44=40|54=1|55={(i == 2 ? "BBB" : "AAA")}");
        clients.Send("ALICE", "AF|584=S1|585=7");
        clients.Take("ALICE", "11=A2", "584=S1", "911=3", "912=N");
        clients.Take("ALICE", "11=A3", "584=S1", "911=3", "912=N");
        clients.Take("ALICE", "11=A4", "584=S1", "911=3", "912=Y");
        clients.Send("ALICE", "AF|55=BBB|584=S2|585=1");
        clients.Take("ALICE", "11=A2", "584=S2", "911=1", "912=Y");
        clients.Take("DROPCOPY", "11=A4", "150=0");
        Assert.DoesNotContain(clients.Rest("DROPCOPY"), m => m.Contains("|150=I|", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_client_missed_while_it_was_away_is_sent_when_it_comes_back()
    {
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "ALICE", "DROPCOPY");
        clients.AwaitLogon("ALICE", "DROPCOPY");
        clients.Send("ALICE", "D|11=A1|38=100|40=2|44=99.95|54=1|55=AAA|59=1");
        clients.Take("ALICE", "11=A1", "150=0");
        clients.Do("ALICE", s => s.Logout("for lunch"));
        clients.AwaitLogout("ALICE");
        exchange.Market.Trade(0, "99.94", 60);
        clients.Take("DROPCOPY", "11=A1", "150=F", "32=60");
        clients.Do("ALICE", s => s.Enable());
        clients.AwaitLogon("ALICE");
        clients.Take("ALICE", "11=A1", "150=F", "32=60", "151=40", "43=Y");
        clients.Send("ALICE", "H|11=A1|54=1|55=AAA");
        clients.Take("ALICE", "11=A1", "150=I", "39=1", "14=60");
    }

    [Fact]
    public void Conditions_reach_the_venue_and_what_it_changes_is_restated()
    {
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        clients.Send("ALICE", "D|11=P1|18=6|38=10|40=2|44=100.20|54=1|55=AAA");
        clients.Take("ALICE", "11=P1", "150=8", "58=A post-only order would take liquidity.");
        clients.Send("ALICE", "D|11=R1|18=E|38=10|40=1|54=2|55=AAA");
        clients.Take("ALICE", "11=R1", "150=8", "58=A reduce-only order finds no position to reduce.");
        clients.Send("ALICE", "D|11=S1|38=10|40=3|54=1|55=BBB|99=50.20");
        clients.Take("ALICE", "11=S1", "150=0", "99=50.2");
        exchange.Market.Quote(1, "50.15", 500, "50.25", 500);
        clients.Take("ALICE", "11=S1", "150=L");
        clients.Take("ALICE", "11=S1", "150=F", "31=50.25", "39=2");
        clients.Send("ALICE", "D|11=K1|38=150|40=K|54=1|55=AAA|59=1");
        clients.Take("ALICE", "11=K1", "150=F", "32=100", "31=100.1");
        clients.Take("ALICE", "11=K1", "150=D", "378=99", "44=100.1", "151=50");
        clients.Send("ALICE", "D|11=B1|38=5|40=2|44=90|54=1|55=AAA");
        clients.Send("ALICE", "q|11=M1|54=2|530=7");
        clients.Take("ALICE", "35=r", "533=0");
        clients.Send("ALICE", "q|11=M2|54=1|530=7");
        clients.Take("ALICE", "35=r", "533=2");
    }

    [Fact]
    public void FIX_4_2_has_its_own_words()
    {
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "FIX.4.2", ["OLD"]);
        clients.AwaitLogon("OLD");
        clients.Send("OLD", "D|11=A1|21=1|38=40|40=1|54=2|55=AAA|60=20240102-15:00:00");
        clients.Take("OLD", "8=FIX.4.2", "11=A1", "20=0", "150=0", "39=0");
        clients.Take("OLD", "11=A1", "20=0", "150=2", "39=2", "31=99.9", "32=40");
        clients.Send("OLD", "H|11=A1|54=2|55=AAA");
        clients.Take("OLD", "11=A1", "20=3", "150=2", "39=2");
    }

    [Fact]
    public void Full_tables_are_said_and_done_orders_make_room()
    {
        using TestExchange exchange = new(new() { OrderCapacity = 2, Venue = VenueOptions.Instant });
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        clients.Send("ALICE", "D|11=A1|38=10|40=2|44=40|54=1|55=AAA");
        clients.Send("ALICE", "D|11=A2|38=10|40=2|44=40|54=1|55=AAA");
        clients.Send("ALICE", "D|11=A3|38=10|40=2|44=40|54=1|55=AAA");
        clients.Take("ALICE", "11=A3", "150=8", "103=99");

        // Two orders have four names: two orders, two cancels.
        clients.Send("ALICE", "F|11=C1|41=A1|54=1|55=AAA");
        clients.Take("ALICE", "11=C1", "150=4");
        clients.Send("ALICE", "D|11=A4|38=10|40=2|44=40|54=1|55=AAA");
        clients.Take("ALICE", "11=A4", "150=0");
        clients.Send("ALICE", "H|11=A1|54=1|55=AAA");
        clients.Take("ALICE", "11=A1", "39=8", "103=5");
        clients.Send("ALICE", "G|11=R1|38=9|40=2|41=A4|44=40|54=1|55=AAA");
        clients.Take("ALICE", "11=R1", "150=5");
        clients.Send("ALICE", "G|11=R2|38=8|40=2|41=R1|44=40|54=1|55=AAA");
        clients.Take("ALICE", "11=R2", "150=5");
        clients.Send("ALICE", "G|11=R3|38=7|40=2|41=R2|44=40|54=1|55=AAA");
        clients.Take("ALICE", "35=9", "11=R3", "102=99");
    }
}
