using CsCheck;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Risk;
using MiniTrader.Strategies;
using MiniTrader.Tests.Engine;
using Xunit;

namespace MiniTrader.Tests.Risk;

/// <summary>
/// Brackets whose exits could also open, pairs, late exits, plain orders, amendments and cancels at random, over an engine and the simulated venue: whatever the
/// gate lets pass, the position never leaves its limit, and in a cash account never falls below nothing.
/// </summary>
public sealed class BracketLimitTests
{
    private const string NoOther = ",max-order-notional=off,collar-bps=off,max-messages-per-second=off";

    [Theory]
    [InlineData("max-position=20", -20, 20)]
    [InlineData("max-position=off,cash-account=0", 0, 1_000_000)]
    public void No_allowed_sequence_of_dependent_orders_leaves_the_limit(string limits, long least, long most)
    {
        long fills = 0, denials = 0;
        Gen.Select(Gen.ULong[1, ulong.MaxValue], Gen.Int[0, 4]).Sample(
            (seed, latency) =>
            {
                Gambler gambler = new(seed, latency > 0);
                Harness harness = new(VenueOptions.Parse($"latency={latency}ms"), RiskLimits.Parse(limits + NoOther), gambler);
                harness.Run(Walk(seed));
                Interlocked.Add(ref fills, harness.Engine.Counters.Fills);
                Interlocked.Add(ref denials, harness.Engine.Counters.Denied);
                return gambler.Least >= least && gambler.Most <= most;
            },
            iter: 400);
        Assert.True(fills > 1_000 && denials > 1_000, $"Only {fills} fills and {denials} denials came: the runs prove nothing.");
    }

    private static Tape Walk(ulong seed)
    {
        SeededRandom random = new(seed ^ 0x5EED);
        Tape tape = new();
        long mid = 1_000;
        for (int i = 0; i < 300; i++)
        {
            mid += random.NextInt64(5) - 2;
            tape.Quote(i, Text(mid - 1), Text(mid + 1), bidSize: 1 + random.NextInt64(6), askSize: 1 + random.NextInt64(6));
        }

        return tape;
    }

    private static string Text(long ticks) => new Price(ticks * 10_000_000).ToString();

    private sealed class Gambler(ulong seed, bool hasLatency) : Strategy
    {
        private static readonly InstrumentId _share = new(0);
        private readonly List<ClientOrderId> _ids = [];

        // An amendment of the others may cross what makes them smaller, a partner's fill or their parent's end, which nobody can foresee.
        private readonly List<ClientOrderId> _amendable = [];
        private readonly ClientOrderId[] _list = new ClientOrderId[3];
        private SeededRandom _random = new(seed);

        public long Least { get; private set; }

        public long Most { get; private set; }

        public override void OnQuote(in QuoteTick quote)
        {
            OrderSide side = _random.NextInt64(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
            Quantity size = Quantity.FromUnits(1 + _random.NextInt64(14));
            OrderRequest plain = new() { Instrument = _share, Side = side, Quantity = size, LimitPrice = Near(quote.Mid, 4) };
            OrderRequest exit = plain with { Side = side.Opposite(), Quantity = Quantity.FromUnits(1 + _random.NextInt64(14)), LimitPrice = Near(quote.Mid, 8) };
            switch (_random.NextInt64(8))
            {
                case 0:
                    Add(Orders.Submit(plain), isAmendable: true);
                    break;
                case 1 or 2:
                    ChildRelease release = (ChildRelease)_random.NextInt64(2);
                    OrderRequest child = exit with { Quantity = _random.NextInt64(3) == 0 ? exit.Quantity : size, ParentLeg = 0, Release = release, Contingency = (Contingency)_random.NextInt64(3) };
                    Send([plain, child, child with { LimitPrice = null, StopPrice = Near(quote.Mid, 8) }]);
                    break;
                case 3:
                    OrderRequest leg = plain with { Contingency = (Contingency)(1 + _random.NextInt64(2)) };
                    Send([leg, leg with { Quantity = exit.Quantity, LimitPrice = exit.LimitPrice }]);
                    break;
                case 4 when _ids.Count > 0:
                    Add(Orders.Submit(exit with { Parent = Latest(_ids), Release = (ChildRelease)_random.NextInt64(2) }), isAmendable: !hasLatency);
                    break;
                case 5 or 6 when _amendable.Count > 0:
                    Orders.Replace(Latest(_amendable), Quantity.FromUnits(1 + _random.NextInt64(14)), Near(quote.Mid, 6));
                    break;
                case 7 when _ids.Count > 0:
                    Orders.Cancel(Latest(_ids));
                    break;
            }
        }

        public override void OnFill(in ExecutionReport fill)
        {
            long position = Portfolio[_share].Quantity.Raw / FixedPoint.One;
            Least = Math.Min(Least, position);
            Most = Math.Max(Most, position);
        }

        private void Send(ReadOnlySpan<OrderRequest> list)
        {
            if (!Orders.SubmitList(list, _list)) return;
            for (int i = 0; i < list.Length; i++) Add(_list[i], list[i].Contingency != Contingency.Ouo && (list[i].ParentLeg is null || !hasLatency));
        }

        private void Add(ClientOrderId id, bool isAmendable)
        {
            _ids.Add(id);
            if (isAmendable) _amendable.Add(id);
        }

        /// <summary>One of the latest eight.</summary>
        private ClientOrderId Latest(List<ClientOrderId> ids) => ids[(int)Math.Max(0, ids.Count - 1 - _random.NextInt64(8))];

        private Price Near(Price mid, long ticks) => new(((mid.Raw / 10_000_000) + _random.NextInt64((2 * ticks) + 1) - ticks) * 10_000_000);
    }
}
