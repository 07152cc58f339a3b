namespace MiniTrader.Analytics;

/// <summary>What is said of a run's file that this version cannot read: which file, what is wrong with it, and what to do.</summary>
internal static class OtherVersion
{
    public static InvalidDataException Of(string finding, Exception? cause = null) => new(
        $"{finding}: another version of MiniTrader wrote it, or it is no run's file. Read the folder with the version that wrote it, or run it again with 'minitrader backtest --config RUN_DIR/config.json'.",
        cause);
}
