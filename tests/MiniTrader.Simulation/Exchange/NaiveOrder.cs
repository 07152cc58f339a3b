namespace MiniTrader.Simulation.Exchange;

/// <summary>One order of the naive venue; prices in ticks, quantities in units.</summary>
internal sealed class NaiveOrder
{
    public required long Id { get; init; }

    public required bool IsBuy { get; init; }

    public int? Limit { get; set; }

    /// <summary>Set until it triggers.</summary>
    public int? Stop { get; set; }

    /// <summary>The stop is reached from the other side.</summary>
    public bool IsTouch { get; init; }

    public int Quantity { get; set; }

    public int Filled { get; set; }

    public int Ahead { get; set; }

    public long Rank { get; set; }

    public bool IsWaiting { get; set; }

    /// <summary>What an iceberg shows at a time and what is left of it; zero shows all.</summary>
    public int Display { get; init; }

    public int Shown { get; set; }

    public bool IsHidden { get; init; }

    public bool IsReduceOnly { get; init; }

    public bool IsRepriced { get; init; }

    public bool IsPostOnly { get; init; }

    /// <summary>The order that a fill of this one cancels.</summary>
    public long Other { get; init; }

    public int Leaves => Quantity - Filled;

    public bool Rests => Limit is not null && Stop is null;

    public bool IsPlain => Stop is null && !IsTouch && Display == 0 && !IsHidden && !IsReduceOnly && !IsRepriced && Other == 0;
}
