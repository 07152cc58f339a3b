namespace MiniTrader.Simulation.Exchange;

/// <summary>What an order of the naive venues does now.</summary>
internal enum NaivePlace
{
    /// <summary>Just arrived, or taking.</summary>
    None,
    Waiting,
    Book,
    Stop,
    Held,
    Released,
}

/// <summary>One order of the naive venues; prices in ticks, quantities in units.</summary>
internal sealed class NaiveOrder
{
    public required long Id { get; init; }

    public required bool IsBuy { get; init; }

    public int? Limit { get; set; }

    /// <summary>Set until it triggers; of a trailing stop once it follows.</summary>
    public int? Stop { get; set; }

    /// <summary>The stop is reached from the other side.</summary>
    public bool IsTouch { get; init; }

    /// <summary>How far behind the best opposite price the stop follows; zero stands still.</summary>
    public int Trail { get; init; }

    /// <summary>Not triggered yet.</summary>
    public bool IsStop { get; set; }

    /// <summary>b, m or a: follows the best bid, the mid or the best ask.</summary>
    public char? Peg { get; init; }

    public int PegOffset { get; init; }

    public int Quantity { get; set; }

    public int Filled { get; set; }

    /// <summary>What the parent has not released.</summary>
    public int Held { get; set; }

    public int Ahead { get; set; }

    public long Rank { get; set; }

    public NaivePlace Place { get; set; }

    public bool IsWaiting { get; set; }

    /// <summary>What an iceberg shows at a time and what is left of it; zero shows all.</summary>
    public int Display { get; init; }

    public int Shown { get; set; }

    public bool IsHidden { get; init; }

    public bool IsReduceOnly { get; init; }

    public bool IsRepriced { get; init; }

    public bool IsPostOnly { get; init; }

    /// <summary>n, o, b or d: what happens to the newer, the older or both of two own orders that meet.</summary>
    public char? SelfTrade { get; init; }

    /// <summary>The order that a fill of this one cancels, or makes smaller.</summary>
    public long Other { get; init; }

    public bool IsOuo { get; init; }

    public long Parent { get; init; }

    public bool IsWhenFilled { get; init; }

    /// <summary>The step at which its time is over.</summary>
    public int? ExpiresAt { get; init; }

    public int Leaves => Quantity - Held - Filled;

    public int Rest => Quantity - Filled;

    public int Visible => Display == 0 ? Leaves : Math.Min(Shown, Leaves);

    /// <summary>+1 where a rising price triggers it.</summary>
    public int Direction => IsBuy != IsTouch ? 1 : -1;

    public bool Rests => Limit is not null && Stop is null;

    public bool IsPlain => Stop is null && !IsTouch && !IsStop && Trail == 0 && Peg is null && Display == 0 && !IsHidden && !IsReduceOnly && !IsRepriced
        && SelfTrade is null && Other == 0 && Parent == 0 && ExpiresAt is null;
}
