using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>What an account starts with, and what other currencies are worth in its own.</summary>
public sealed record AccountOptions
{
    /// <summary>Equity, limits and statistics are counted in this currency.</summary>
    public Currency BaseCurrency { get; init; } = Currency.Usd;

    /// <summary>Cash at the start, in the base currency.</summary>
    public decimal InitialCash { get; init; } = 1_000_000m;

    /// <summary>Worth of one unit of another currency in the base currency.</summary>
    public IReadOnlyDictionary<Currency, decimal> Rates { get; init; } = new Dictionary<Currency, decimal>();

    /// <summary>What holding costs, and how expired instruments end.</summary>
    public CarryOptions Carry { get; init; } = new();

    /// <summary>The rate of a currency, or a throw that says which option gives it.</summary>
    public decimal RateOf(Currency currency)
    {
        if (currency == BaseCurrency) return 1m;
        return Rates.TryGetValue(currency, out decimal rate) && rate > 0
            ? rate
            : throw new ArgumentException(
                $"An instrument is paid in {currency}, but the account is in {BaseCurrency} and no exchange rate is given. Add a rate for {currency}, or choose {currency} as base currency.");
    }
}
