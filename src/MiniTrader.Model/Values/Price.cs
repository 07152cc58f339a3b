using System.Runtime.CompilerServices;

namespace MiniTrader.Model;

/// <summary>A price as a signed 64-bit count of 1e-9 units of the instrument's currency. Negative prices are legal.</summary>
/// <param name="Raw">The count of 1e-9 units.</param>
public readonly record struct Price(long Raw) : IComparable<Price>
{
    public static Price Zero => default;

    public static Price MaxValue => new(long.MaxValue);

    /// <summary>The furthest from zero, either way, that a price of a market or an order may be, some 2.3 billion: sums of two and a distance fit into 64 bits.</summary>
    public static Price MaxPossible => new(long.MaxValue / 4);

    /// <summary>True for a price that an instrument can have; see <see cref="Instrument.MayBeNegative"/>.</summary>
    public bool IsPossible(bool mayBeNegative) => Raw <= MaxPossible.Raw && (Raw > 0 || (mayBeNegative && Raw >= -MaxPossible.Raw));

    /// <summary>The nearest double; for indicators and statistics, never for money.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ToDouble() => Raw * 1e-9;

    public decimal ToDecimal() => FixedPoint.ToDecimal(Raw);

    /// <summary>Price times quantity, exact.</summary>
    public decimal Times(Quantity quantity) => FixedPoint.Multiply(Raw, quantity.Raw);

    /// <summary>Exact, or a throw that names the number.</summary>
    public static Price FromDecimal(decimal value) => new(FixedPoint.FromDecimal(value));

    /// <summary>The nearest representable price to a double, half to even.</summary>
    public static Price FromDouble(double value) => new(checked((long)Math.Round(value * 1e9)));

    public static Price Parse(ReadOnlySpan<char> text) => new(FixedPoint.Parse(text));

    public bool IsZero => Raw == 0;

    /// <summary>The highest multiple of <paramref name="tick"/> that is not above this price.</summary>
    public Price FloorTo(Price tick)
    {
        long rest = Raw % tick.Raw;
        return new(Raw - (rest < 0 ? rest + tick.Raw : rest));
    }

    /// <summary>The lowest multiple of <paramref name="tick"/> that is not below this price.</summary>
    public Price CeilingTo(Price tick)
    {
        Price floor = FloorTo(tick);
        return floor.Raw == Raw ? floor : new(floor.Raw + tick.Raw);
    }

    public bool IsMultipleOf(Price tick) => tick.Raw <= 0 || Raw % tick.Raw == 0;

    public int CompareTo(Price other) => Raw.CompareTo(other.Raw);

    public static Price operator +(Price a, Price b) => new(a.Raw + b.Raw);

    public static Price operator -(Price a, Price b) => new(a.Raw - b.Raw);

    public static Price operator -(Price a) => new(-a.Raw);

    public static Price operator *(Price a, long n) => new(a.Raw * n);

    public static bool operator <(Price a, Price b) => a.Raw < b.Raw;

    public static bool operator >(Price a, Price b) => a.Raw > b.Raw;

    public static bool operator <=(Price a, Price b) => a.Raw <= b.Raw;

    public static bool operator >=(Price a, Price b) => a.Raw >= b.Raw;

    public override string ToString() => FixedPoint.Format(Raw);
}
