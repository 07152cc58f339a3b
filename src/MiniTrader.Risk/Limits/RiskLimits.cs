using System.Collections.ObjectModel;
using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Risk;

/// <summary>
/// All limits of a session: those of every instrument, exceptions by instrument, and those of the account. Text form, for
/// command lines and configuration: <c>max-position=500,collar-bps=200,SPY:max-position=100,max-daily-loss=2500</c>.
/// </summary>
public sealed record RiskLimits
{
    /// <summary>Most messages per second that can be asked for: the gate remembers the time of each.</summary>
    public const int LargestMessageRate = 1_000_000;

    /// <summary>What a session has that sets nothing.</summary>
    public static RiskLimits Default { get; } = new();

    /// <summary>The limits of an instrument that <see cref="Exceptions"/> does not name.</summary>
    public InstrumentLimits Instruments { get; init; } = new();

    /// <summary>Limits by the name (<c>SPY.XNAS</c>) or symbol (<c>SPY</c>) of an instrument; they replace <see cref="Instruments"/>.</summary>
    public IReadOnlyDictionary<string, InstrumentLimits> Exceptions { get; init; } = ReadOnlyDictionary<string, InstrumentLimits>.Empty;

    /// <summary>Most new orders and replaces in any second; cancels count but are never denied. Null is no limit.</summary>
    public int? MaxMessagesPerSecond { get; init; } = 1_000;

    /// <summary>Largest loss of a day, closed and open result and fees, in the account's currency. Null is no limit.</summary>
    public decimal? MaxDailyLoss { get; init; }

    public DailyLossAction DailyLossAction { get; init; }

    /// <summary>The time of day, UTC, at which a new day's loss is counted from zero.</summary>
    public TimeSpan DayStartsAt { get; init; }

    /// <summary>
    /// Set, nothing is bought but with cash of the instrument's own currency and nothing sold that is not held: see <see cref="CashRule"/>. The number
    /// is what a purchase is taken to cost in fees, in basis points of its value. Null lets the account borrow.
    /// </summary>
    public int? CashAccountFeeBasisPoints { get; init; }

    /// <summary>The limits of one instrument: those under its full name, else under its symbol, else the general ones.</summary>
    public InstrumentLimits For(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return Exceptions.GetValueOrDefault(instrument.Name) ?? Exceptions.GetValueOrDefault(instrument.Symbol) ?? Instruments;
    }

    /// <summary>The same limits, or an <see cref="ArgumentException"/> that names the key, and the instrument, that is wrong.</summary>
    public RiskLimits Validated()
    {
        Instruments.Validated();
        foreach ((string name, InstrumentLimits limits) in Exceptions)
        {
            try
            {
                limits.Validated();
            }
            catch (ArgumentException error)
            {
                throw new ArgumentException($"{name}: {error.Message}", error);
            }
        }

        InstrumentLimits.Require(MaxMessagesPerSecond is not (< 0 or > LargestMessageRate), LimitKeys.MaxMessagesPerSecond, $"0 to {LargestMessageRate}");
        InstrumentLimits.Require(MaxDailyLoss is not < 0, LimitKeys.MaxDailyLoss, "zero or more");
        InstrumentLimits.Require(CashAccountFeeBasisPoints is not (< 0 or > CashRule.MaxFeeBasisPoints), LimitKeys.CashAccount, $"0 to {CashRule.MaxFeeBasisPoints} basis points");
        if (DayStartsAt < TimeSpan.Zero || DayStartsAt >= TimeSpan.FromDays(1))
            throw new ArgumentException($"Risk limit '{LimitKeys.DayStartsAt}' must be a time of day, 00:00 or later and before 24:00.");
        return this;
    }

    /// <summary>Reads the text form; what it does not name keeps its default. Throws a <see cref="FormatException"/> that names the key.</summary>
    public static RiskLimits Parse(string text) => RiskLimitsText.Parse(text);

    /// <summary>The text form; <see cref="Parse"/> reads it back.</summary>
    public override string ToString()
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Instruments},{LimitKeys.MaxMessagesPerSecond}={InstrumentLimits.Show(MaxMessagesPerSecond)},{LimitKeys.MaxDailyLoss}={InstrumentLimits.Show(MaxDailyLoss)},{LimitKeys.DailyLossAction}={RiskLimitsText.NameOf(DailyLossAction)},{LimitKeys.DayStartsAt}={DayStartsAt:c}");
        if (CashAccountFeeBasisPoints is int fee) text += string.Create(CultureInfo.InvariantCulture, $",{LimitKeys.CashAccount}={fee}");
        foreach ((string name, InstrumentLimits limits) in Exceptions.OrderBy(e => e.Key, StringComparer.Ordinal))
            text += string.Concat(limits.ToString().Split(',').Select(pair => $",{name}:{pair}"));
        return text;
    }
}
