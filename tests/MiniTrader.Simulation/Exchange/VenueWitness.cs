using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// Watches a venue from outside: told every command and every report, it recomputes what must hold without knowing how the venue
/// works.
/// </summary>
internal sealed class VenueWitness(long entryLatencyMin, long responseLatencyMin)
{
    private readonly Dictionary<long, Known> _orders = [];
    private readonly Dictionary<long, long> _fromTrade = [];
    private readonly Dictionary<long, long> _tradeSizes = [];
    private readonly Dictionary<(int Strategy, int Instrument), long> _positions = [];
    private readonly Dictionary<(long List, long Parent), Known> _filledOfGroup = [];
    private Timestamp _lastReceived = Timestamp.MinValue, _lastVenue = Timestamp.MinValue;
    private long _lastAccepted;
    private long _lastExecution;

    public long Fills { get; private set; }

    public RollingHash Hash;

    public void Sent(in OrderCommand command)
    {
        if (command.Kind == CommandKind.New) _orders.Add(command.ClientOrderId.Value, new Known { Command = command, Quantity = command.Quantity.Raw });
    }

    public void Seen(in TradeTick trade) => _tradeSizes[trade.TradeId] = trade.Size.Raw;

    /// <summary>Part of an order of the market traded: in a book of orders its name is what fills give as their cause.</summary>
    public void Executed(long order, long size) => _tradeSizes[order] = _tradeSizes.GetValueOrDefault(order) + size;

    public void Heard(in ExecutionReport report, Timestamp now)
    {
        Hash.Add(report);
        Assert.True(report.ReceivedTime <= now, "A report was heard before it was due.");
        Assert.True(report.ReceivedTime >= _lastReceived && report.VenueTime >= _lastVenue, "Reports of one session overtook each other.");
        Assert.True(report.ReceivedTime >= report.VenueTime + responseLatencyMin, "A report was faster than the response latency.");
        Assert.Equal(++_lastExecution, report.ExecutionId.Value);
        (_lastReceived, _lastVenue) = (report.ReceivedTime, report.VenueTime);

        Known order = _orders[report.ClientOrderId.Value];
        switch (report.Kind)
        {
            case ReportKind.Accepted or ReportKind.Rejected:
                Assert.Equal(Life.Sent, order.Life);
                Assert.True(report.VenueTime >= order.Command.SentTime + entryLatencyMin, "An order arrived faster than the entry latency.");
                Assert.True(report.ClientOrderId.Sequence > _lastAccepted, "Orders of one session overtook each other.");
                _lastAccepted = report.ClientOrderId.Sequence;
                order.Life = report.Kind == ReportKind.Accepted ? Life.Working : Life.Done;
                break;
            case ReportKind.Fill:
                Assert.Equal(Life.Working, order.Life);
                Fill(order, report);
                break;
            case ReportKind.Cancelled or ReportKind.Expired:
                Assert.Equal(Life.Working, order.Life);
                Assert.Equal(order.Filled, report.Filled.Raw);
                Assert.Equal(0, report.Leaves.Raw);
                order.Life = Life.Done;
                break;
            case ReportKind.Replaced:
                Assert.Equal(Life.Working, order.Life);
                if (report.Reason is not (ReasonCode.None or ReasonCode.BecameLimit or ReasonCode.PostOnlyRepriced))
                    Assert.True(report.LastQuantity.Raw < order.Quantity, "The venue made an order larger.");
                order.Quantity = report.LastQuantity.Raw;
                order.Limit = report.LastPrice.Raw;
                order.BecameLimit |= report.Reason == ReasonCode.BecameLimit;
                Assert.Equal(order.Quantity - order.Filled, report.Leaves.Raw);
                if (report.Leaves.IsZero) order.Life = Life.Done;
                break;
            case ReportKind.Triggered:
                Assert.Equal(Life.Working, order.Life);
                Assert.False(order.IsTriggered, "A stop triggered twice.");
                order.IsTriggered = true;
                break;
        }
    }

    public void End()
    {
        foreach (Known order in _orders.Values) Assert.True(order.Life == Life.Done, $"Order {order.Command.ClientOrderId} was never finished.");
    }

    private void Fill(Known order, in ExecutionReport report)
    {
        Fills++;
        order.Filled += report.LastQuantity.Raw;
        Assert.True(report.LastQuantity.Raw > 0 && order.Filled <= order.Quantity, "More was filled than ordered.");
        Assert.Equal(order.Filled, report.Filled.Raw);
        Assert.Equal(order.Quantity - order.Filled, report.Leaves.Raw);
        if (report.Leaves.IsZero) order.Life = Life.Done;

        OrderCommand command = order.Command;
        long limit = order.Limit ?? command.LimitPrice.Raw;
        bool hasLimit = command.Type.NeedsLimitPrice() || order.BecameLimit;
        if (hasLimit) Assert.True((report.LastPrice.Raw - limit) * command.Side.Sign() <= 0, "A fill was worse than the limit.");
        bool isMaker = report.Liquidity == LiquiditySide.Maker;
        if (isMaker && !command.Type.Follows()) Assert.True(hasLimit && report.LastPrice.Raw == limit, "A maker was filled off its limit.");
        if (isMaker) Assert.True(command.Type.Becomes() is OrderType.Limit or OrderType.Pegged, "An order without a limit rested.");
        if (command.TimeInForce is TimeInForce.AtOpen or TimeInForce.AtClose) Assert.Equal(FillCause.Auction, report.Cause);
        CheckPosition(command, report);
        CheckFamily(order, command);
        if (command.Type.HasTrigger()) Assert.True(order.IsTriggered, "A stop filled before it triggered.");
        Assert.True(report.AheadAfter <= report.AheadBefore, "A fill put more ahead of the order.");
        if (report.Cause is not (FillCause.TradeThrough or FillCause.QueueReached)) return;
        long used = _fromTrade.GetValueOrDefault(report.CauseId) + report.LastQuantity.Raw;
        Assert.True(used <= _tradeSizes[report.CauseId], "One traded unit filled more than one unit of ours.");
        _fromTrade[report.CauseId] = used;
    }

    private void CheckPosition(in OrderCommand command, in ExecutionReport report)
    {
        (int, int) key = (command.Strategy.Index, command.Instrument.Index);
        long before = _positions.GetValueOrDefault(key), after = before + (report.LastQuantity.Raw * command.Side.Sign());
        _positions[key] = after;
        if ((command.Flags & OrderFlags.ReduceOnly) == 0) return;
        Assert.True(Math.Abs(after) < Math.Abs(before) && (after == 0 || Math.Sign(after) == Math.Sign(before)), "A reduce-only order enlarged or turned a position.");
    }

    private void CheckFamily(Known order, in OrderCommand command)
    {
        if (!command.Parent.IsNone) Assert.True(_orders[command.Parent.Value].Filled > 0, "A child filled before its parent.");
        if (command.Contingency != Contingency.Oco) return;
        (long, long) group = (command.ListId, command.Parent.Value);
        Assert.Same(order, _filledOfGroup.TryAdd(group, order) ? order : _filledOfGroup[group]);
    }

    private enum Life
    {
        Sent,
        Working,
        Done,
    }

    private sealed class Known
    {
        public required OrderCommand Command { get; init; }

        public Life Life { get; set; }

        public long Quantity { get; set; }

        public long Filled { get; set; }

        public long? Limit { get; set; }

        public bool IsTriggered { get; set; }

        public bool BecameLimit { get; set; }
    }
}
