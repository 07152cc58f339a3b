using Apache.Arrow;
using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>The names that a run's indexes stand for, and the check that an index has one.</summary>
internal sealed class RunNames(IReadOnlyList<string> instruments, IReadOnlyList<string> strategies, IReadOnlyList<Currency> currencies)
{
    public static ColumnSpec<int> InstrumentColumn { get; } = ColumnSpec.Word("instrument");

    public static ColumnSpec<int> StrategyColumn { get; } = ColumnSpec.Word("strategy");

    public ArrayData Instruments { get; } = WordList.Of(instruments);

    /// <summary>The instruments, and behind them an empty name for what concerns none.</summary>
    public ArrayData InstrumentsOrNone { get; } = WordList.Of(instruments.Append(""));

    public ArrayData Strategies { get; } = WordList.Of(strategies);

    public ArrayData Currencies { get; } = WordList.Of(currencies.Select(c => c.ToString()));

    public int IndexOf(InstrumentId instrument) => (uint)instrument.Index < (uint)instruments.Count
        ? instrument.Index
        : throw new ArgumentException($"A record names instrument {instrument}; the run has {instruments.Count} instruments.");

    public int IndexOfOrNone(InstrumentId instrument) => instrument.IsNone ? instruments.Count : IndexOf(instrument);

    public int IndexOf(StrategyId strategy) => strategy.Index < strategies.Count
        ? strategy.Index
        : throw new ArgumentException($"A record names strategy {strategy}; the run has {strategies.Count} strategies.");

    public int IndexOf(Currency currency)
    {
        for (int i = 0; i < currencies.Count; i++)
        {
            if (currencies[i].Packed == currency.Packed) return i;
        }

        throw new ArgumentException($"A record is in {currency}; the run's instruments know {string.Join(", ", currencies)}.");
    }
}
