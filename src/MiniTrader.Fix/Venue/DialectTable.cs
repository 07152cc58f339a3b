using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>A dialect's rules on orders as arrays by type and time in force, for the way of an order. The FIX thread only; immutable.</summary>
internal sealed class DialectTable
{
    private readonly char[] _orderTypes = new char[256];
    private readonly char[] _timesInForce = new char[256];
    private readonly uint[] _timesOfTypes = new uint[256];
    private readonly bool[] _saysNoTime = new bool[256];
    private readonly bool[] _isReplaceable = new bool[256];
    private readonly PostOnlyStyle _postOnly;
    private readonly bool _hasReduceOnly;
    private readonly bool _hasDisplay;

    public DialectTable(FixDialect dialect)
    {
        _postOnly = dialect.PostOnly;
        _hasReduceOnly = dialect.HasReduceOnly;
        _hasDisplay = dialect.DisplayQuantityTag != 0;
        foreach ((TimeInForce time, char letter) in dialect.TimesInForce) _timesInForce[(int)time] = letter;
        foreach ((OrderType type, char letter) in dialect.OrderTypes)
        {
            _orderTypes[(int)type] = letter;
            IEnumerable<TimeInForce> times = dialect.TimesOfTypes.TryGetValue(type, out IReadOnlyList<TimeInForce>? few) ? few : dialect.TimesInForce.Keys;
            foreach (TimeInForce time in times) _timesOfTypes[(int)type] |= 1u << (int)time;
            _isReplaceable[(int)type] = dialect.ReplaceableTypes.Count == 0 || dialect.ReplaceableTypes.Contains(type);
        }

        foreach (OrderType type in dialect.TypesWithoutTime) _saysNoTime[(int)type] = true;
    }

    /// <summary>Why the dialect cannot say a new order; none when it can.</summary>
    public ReasonCode Check(in OrderCommand command)
    {
        if (_orderTypes[(int)command.Type] == 0) return ReasonCode.UnsupportedOrderType;
        if ((_timesOfTypes[(int)command.Type] & (1u << (int)command.TimeInForce)) == 0) return ReasonCode.UnsupportedTimeInForce;
        if (command.Trigger != TriggerSource.Default) return ReasonCode.UnsupportedTrigger;

        // What no field carries is refused here, because the venue would take the order without it.
        bool isPostOnly = (command.Flags & OrderFlags.PostOnly) != 0;
        bool isFlagUnknown = (command.Flags & (OrderFlags.Hidden | OrderFlags.PostOnlyReprice)) != 0
            || !command.Protection.IsZero || !command.Offset.IsZero || !command.ActivationPrice.IsZero
            || !command.Parent.IsNone || command.ListId != 0 || command.Contingency != Contingency.None || command.SelfTrade != SelfTradePrevention.None
            || (isPostOnly && _postOnly == PostOnlyStyle.None)
            || (isPostOnly && _postOnly == PostOnlyStyle.LimitMaker && (command.Type != OrderType.Limit || command.TimeInForce != TimeInForce.Gtc))
            || ((command.Flags & OrderFlags.ReduceOnly) != 0 && !_hasReduceOnly)
            || (command.DisplayQuantity.IsPositive && !_hasDisplay);
        return isFlagUnknown ? ReasonCode.UnsupportedFlag : ReasonCode.None;
    }

    public bool IsReplaceable(OrderType type) => _isReplaceable[(int)type];

    public char LetterOf(OrderType type) => _orderTypes[(int)type];

    public char LetterOf(TimeInForce time) => _timesInForce[(int)time];

    /// <summary>Whether an order's messages carry a time in force.</summary>
    public bool SaysTime(in OrderCommand command) =>
        !_saysNoTime[(int)command.Type] && !(_postOnly == PostOnlyStyle.LimitMaker && (command.Flags & OrderFlags.PostOnly) != 0);
}
