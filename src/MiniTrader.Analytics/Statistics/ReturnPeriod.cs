namespace MiniTrader.Analytics;

/// <summary>The length of the periods between which returns are taken.</summary>
public enum ReturnPeriod : byte
{
    Minute,
    Hour,
    Day,
}
