namespace MiniTrader.Risk;

/// <summary>What follows when the day's loss is beyond its limit.</summary>
public enum DailyLossAction : byte
{
    /// <summary>Until the day ends, only orders that make a position smaller are allowed, so that the loss can still be stopped.</summary>
    ReduceOnly,

    /// <summary>The kill switch is engaged: nothing but cancels, until it is released by hand.</summary>
    Kill,
}
