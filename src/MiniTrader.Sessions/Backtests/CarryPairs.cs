using MiniTrader.Portfolio;
using MiniTrader.Risk;

namespace MiniTrader.Sessions;

/// <summary>Reads a config's <c>carry</c> pairs: what holding costs, and beside it the margin that it needs.</summary>
internal static class CarryPairs
{
    /// <exception cref="ArgumentException">A key or a value is unknown; the sentence names it.</exception>
    public static (CarryOptions Carry, MarginOptions Margin) Read(IReadOnlyDictionary<string, string> pairs)
    {
        CarryOptions carry = new();
        MarginOptions margin = new();
        foreach ((string key, string value) in pairs)
        {
            string name = key.Trim();
            if (margin.TryWith(name, value.Trim(), out MarginOptions changed)) margin = changed;
            else carry = carry.With(name, value.Trim());
        }

        return (carry, margin.Validated());
    }
}
