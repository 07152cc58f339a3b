namespace MiniTrader.Exchange;

/// <summary>One step of a fee schedule: from this rolling value on, these rates.</summary>
/// <param name="From">Rolling 30-day value at which the step begins, in the instrument's currency.</param>
/// <param name="Maker">Fraction of the value for a fill that rested; negative is a rebate.</param>
/// <param name="Taker">Fraction of the value for a fill that took.</param>
public readonly record struct FeeTier(decimal From, decimal Maker, decimal Taker);

/// <summary>
/// Rates that fall with the value traded in the last 30 days: <c>tiers(0:0.0002/0.0005,1000000:0.0001/0.0004)</c>, each step written
/// value:maker/taker. A fill pays the step that the fills before it had reached; it does not itself carry part of its value into the next.
/// </summary>
public sealed class FeeTiers : IEquatable<FeeTiers>
{
    private readonly FeeTier[] _tiers;

    /// <exception cref="FormatException">The first step does not begin at zero, the steps do not ascend, or a rate is 1 or more.</exception>
    public FeeTiers(IEnumerable<FeeTier> tiers)
    {
        _tiers = [.. tiers];
        if (_tiers.Length == 0 || _tiers[0].From != 0) throw new FormatException("A schedule of fees begins with a step at value 0.");
        for (int i = 0; i < _tiers.Length; i++)
        {
            if (i > 0 && _tiers[i].From <= _tiers[i - 1].From) throw new FormatException($"Step {i + 1} of the fees begins at {_tiers[i].From}, not above the one before it.");
            if (Math.Abs(_tiers[i].Maker) >= 1 || Math.Abs(_tiers[i].Taker) >= 1) throw new FormatException($"Step {i + 1} of the fees has a rate of 1 or more; a rate is a fraction.");
        }
    }

    public int Count => _tiers.Length;

    /// <summary>The step that a rolling value has reached.</summary>
    public FeeTier At(decimal rollingValue)
    {
        int i = _tiers.Length - 1;
        while (i > 0 && rollingValue < _tiers[i].From) i--;
        return _tiers[i];
    }

    internal static FeeTiers Parse(string inside) => new(ModelText.Split(inside, ',').Select(step =>
    {
        string[] parts = step.Split(':', '/');
        if (parts.Length != 3) throw new FormatException($"'{step}' is no step; write value:maker/taker, such as 1000000:0.0001/0.0004.");
        return new FeeTier(
            ModelText.Number(parts[0], "a step's value", 0, 1_000_000_000_000_000m),
            ModelText.Number(parts[1], "a maker's rate", -1, 1),
            ModelText.Number(parts[2], "a taker's rate", -1, 1));
    }));

    public bool Equals(FeeTiers? other) => other is not null && _tiers.AsSpan().SequenceEqual(other._tiers);

    public override bool Equals(object? obj) => Equals(obj as FeeTiers);

    public override int GetHashCode() => _tiers.Length == 0 ? 0 : HashCode.Combine(_tiers.Length, _tiers[^1]);

    public override string ToString() =>
        $"tiers({string.Join(',', _tiers.Select(t => $"{ModelText.Write(t.From)}:{ModelText.Write(t.Maker)}/{ModelText.Write(t.Taker)}"))})";
}
