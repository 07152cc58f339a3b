using System.Globalization;

namespace MiniTrader.Model;

/// <summary>An exact amount of one currency. Touched once per fill, never per tick.</summary>
public readonly record struct Money(decimal Amount, Currency Currency)
{
    /// <summary>Adds amounts of one currency; two different currencies are a bug and throw.</summary>
    public static Money operator +(Money a, Money b) => a.Currency == b.Currency
        ? new(a.Amount + b.Amount, a.Currency)
        : throw new InvalidOperationException($"Cannot add {b.Currency} to {a.Currency} without an exchange rate.");

    public static Money operator -(Money a) => new(-a.Amount, a.Currency);

    public static Money operator -(Money a, Money b) => a + -b;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount:0.00#######} {Currency}");
}
