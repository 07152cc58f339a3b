namespace MiniTrader.Model;

/// <summary>In what a distance from a price is given; the number itself is a fixed-point decimal in each.</summary>
public enum OffsetUnit : byte
{
    /// <summary>The instrument's currency.</summary>
    Price,

    /// <summary>The instrument's ticks.</summary>
    Ticks,

    /// <summary>Hundredths of a percent of the price that it is measured from.</summary>
    BasisPoints,
}

/// <summary>What a pegged order's price follows.</summary>
public enum PegReference : byte
{
    None,
    BestBid,
    Mid,
    BestAsk,
}

/// <summary>What a fill of one order of a list does to the others of the list that have the same parent.</summary>
public enum Contingency : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>One cancels the others: any fill cancels them.</summary>
    Oco,

    /// <summary>One updates the others: a fill makes each of them smaller by what was filled.</summary>
    Ouo,
}

/// <summary>When a child order begins to work.</summary>
public enum ChildRelease : byte
{
    /// <summary>With each fill of its parent, by the part of the parent that is filled.</summary>
    ProRata,

    /// <summary>When its parent is filled whole; a parent that ends before cancels it.</summary>
    WhenFilled,
}

/// <summary>What happens when an order would trade with another of the same account.</summary>
public enum SelfTradePrevention : byte
{
    /// <summary>Nothing is prevented.</summary>
    None,

    /// <summary>The order that comes is cancelled.</summary>
    CancelNewest,

    /// <summary>The order that rests is cancelled.</summary>
    CancelOldest,
    CancelBoth,

    /// <summary>Both are made smaller by the quantity that would have traded; the smaller one is thereby cancelled.</summary>
    Decrement,
}

/// <summary>On whose behalf a command is sent.</summary>
public enum CommandCause : byte
{
    /// <summary>The strategy's.</summary>
    Strategy,

    /// <summary>The kill switch's.</summary>
    KillSwitch,

    /// <summary>The margin rule's.</summary>
    MarginCall,
}
