using MiniTrader.Exchange;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Exchange;

/// <summary>After its constructor the venue allocates nothing: not per event, order, fill, cancel or replace.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class VenueAllocationTests
{
    [Theory]
    [InlineData("latency=0")]
    [InlineData("latency=1us..3ms; fees=maker=-0.0001,taker=0.0005; slippage=bps=1; depth-levels=5")]
    [InlineData("match=trades; fees=per-share=0.005,min=1")]
    [InlineData("match=bars")]
    public void Nothing_is_allocated_per_event_order_or_fill(string options)
    {
        SimulatedVenue venue = new(new InstrumentTable([new Instrument { Symbol = "X", Venue = "SIM" }]), VenueOptions.Parse(options));
        Timestamp start = Timestamp.Parse("2024-01-02T14:30");
        Drive(new SimulatedVenuePort(venue), start, 0, 2_000);

        long reports = 0;
        Assert.Equal(0, Allocations.OnceOf(() => reports = Drive(new SimulatedVenuePort(venue), start, 2_000, 20_000)));
        Assert.True(reports > 2_000, $"Only {reports} reports came: the run proves nothing.");
    }

    private static long Drive<TVenue>(TVenue venue, Timestamp start, int from, int to)
        where TVenue : struct, IVenue
    {
        long reports = 0;
        for (int i = from; i < to; i++)
        {
            Timestamp now = start + (i * Timestamp.NanosecondsPerMillisecond);
            while (venue.NextDue <= now && venue.TryTake(now, out _)) reports++;
            MarketEvent e = default;
            e.Header.VenueTime = e.Header.ReceivedTime = now;
            e.Header.Flags = EventFlags.ForBoth;
            Fill(ref e, i);
            venue.OnMarket(e);
            if (i % 3 != 0) continue;
            OrderCommand command = default;
            command.SentTime = now;
            int order = i / 3;
            command.Kind = order % 4 == 3 ? CommandKind.Cancel : order % 8 == 6 ? CommandKind.Replace : CommandKind.New;
            int sequence = command.Kind == CommandKind.New ? order + 1 : order - (command.Kind == CommandKind.Cancel ? 2 : 1) + 1;
            command.ClientOrderId = ClientOrderId.Create(sequence, sequence & 0xFFF);
            command.Side = order % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
            command.Type = (OrderType)(order % 10);
            command.TimeInForce = order % 5 == 0 ? TimeInForce.Day : TimeInForce.Gtc;
            command.Quantity = Quantity.FromUnits(1 + (order % 300));
            command.LimitPrice = new(10_000_000_000 + ((order % 7) - 3) * 10_000_000L);
            command.StopPrice = new(10_000_000_000 + ((order % 5) - 2) * 10_000_000L);
            Condition(ref command, order);
            venue.Submit(command);
            if (command.Kind != CommandKind.New || order % 16 != 5) continue;

            // Two children of one group, released by the order just sent.
            command.Parent = command.ClientOrderId;
            command.Side = command.Side.Opposite();
            (command.ListId, command.ListCount, command.Contingency) = (sequence, 2, order % 32 == 5 ? Contingency.Oco : Contingency.Ouo);
            for (int leg = 0; leg < 2; leg++)
            {
                command.ClientOrderId = ClientOrderId.Create(1_000_000 + (2 * sequence) + leg, 0x1000 + ((2 * sequence) + leg & 0xFFF));
                command.Type = leg == 0 ? OrderType.Limit : OrderType.Stop;
                venue.Submit(command);
            }
        }

        return reports;
    }

    /// <summary>What few orders have, in turn.</summary>
    private static void Condition(ref OrderCommand command, int order)
    {
        if (command.Type.Follows()) command.Offset = new(20_000_000);
        if (command.Type == OrderType.Pegged) (command.Peg, command.LimitPrice) = ((PegReference)(1 + (order % 3)), default);
        if (command.Type == OrderType.TrailingStopLimit) command.LimitPrice = new(10_000_000);
        if (command.Type.Follows()) command.StopPrice = default;
        if (order % 16 == 5) (command.Type, command.TimeInForce) = (OrderType.Limit, TimeInForce.Gtc);
        else if (order % 7 == 0 && command.Type == OrderType.Limit) command.DisplayQuantity = Quantity.FromUnits(1);
        else if (order % 7 == 1 && command.Type == OrderType.Limit) command.Flags = OrderFlags.Hidden;
        else if (order % 7 == 2) command.Flags = OrderFlags.ReduceOnly;
        if (order % 11 == 0) command.SelfTrade = (SelfTradePrevention)(1 + (order % 4));
        if (order % 13 == 0 && command.Type == OrderType.Market) command.TimeInForce = order % 2 == 0 ? TimeInForce.AtOpen : TimeInForce.AtClose;
    }

    private static void Fill(ref MarketEvent e, int i)
    {
        long mid = 10_000_000_000 + ((i % 11) - 5) * 10_000_000L;
        switch (i % 4)
        {
            case 0:
                e.Header.Kind = EventKind.Trade;
                (e.Trade.Price, e.Trade.Size) = (new(mid), Quantity.FromUnits(50 + (i % 70)));
                break;
            case 1:
                e.Header.Kind = EventKind.Bar;
                e.Header.Detail = BarInterval.Create(1, BarUnit.Second).Packed;
                (e.Bar.Open, e.Bar.High, e.Bar.Low, e.Bar.Close) = (new(mid), new(mid + 30_000_000), new(mid - 30_000_000), new(mid));
                e.Bar.Volume = Quantity.FromUnits(1_000);
                break;
            default:
                e.Header.Kind = EventKind.Quote;
                (e.Quote.Bid, e.Quote.BidSize) = (new(mid - 10_000_000), Quantity.FromUnits(100 + (i % 13)));
                (e.Quote.Ask, e.Quote.AskSize) = (new(mid + 10_000_000), Quantity.FromUnits(100 + (i % 17)));
                break;
        }
    }
}
