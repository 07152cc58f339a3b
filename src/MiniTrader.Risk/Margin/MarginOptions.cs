using System.Globalization;

namespace MiniTrader.Risk;

/// <summary>What an account must be worth, as fractions of the sum of its positions' absolute values. Immutable; off by default.</summary>
public sealed record MarginOptions
{
    /// <summary>Below this fraction the account is called and liquidated; zero never calls: <c>margin-maintenance=0.25</c>.</summary>
    public decimal Maintenance { get; init; }

    /// <summary>Liquidation goes on until the account has this fraction again; not below maintenance: <c>margin-initial=0.5</c>.</summary>
    public decimal Initial { get; init; }

    public bool IsOn => Maintenance > 0;

    /// <summary>Throws an <see cref="ArgumentException"/> that names the wrong fraction.</summary>
    public MarginOptions Validated()
    {
        if (Maintenance is < 0 or > 1) throw new ArgumentException($"margin-maintenance is {Maintenance}; it must be a fraction from 0 to 1.");
        if (Initial is < 0 or > 1) throw new ArgumentException($"margin-initial is {Initial}; it must be a fraction from 0 to 1.");
        if (IsOn && Initial < Maintenance) throw new ArgumentException($"margin-initial is {Initial}, below margin-maintenance of {Maintenance}: liquidation would never end. Give it too, as in margin-initial={Math.Min(2 * Maintenance, 1)}.");
        return this;
    }

    /// <summary>These options with one changed by its key; false when the key is none of them.</summary>
    /// <exception cref="ArgumentException">The value is no fraction.</exception>
    public bool TryWith(string key, string value, out MarginOptions changed)
    {
        changed = this;
        if (key is not ("margin-maintenance" or "margin-initial")) return false;
        if (!decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal fraction))
            throw new ArgumentException($"{key} is '{value}'; it must be a fraction from 0 to 1.");
        changed = key == "margin-initial" ? this with { Initial = fraction } : this with { Maintenance = fraction };
        return true;
    }
}
