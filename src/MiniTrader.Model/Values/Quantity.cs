using System.Runtime.CompilerServices;

namespace MiniTrader.Model;

/// <summary>A number of shares, contracts or coins as a signed 64-bit count of 1e-9 units.</summary>
/// <param name="Raw">The count of 1e-9 units.</param>
public readonly record struct Quantity(long Raw) : IComparable<Quantity>
{
    public static Quantity Zero => default;

    public static Quantity MaxValue => new(long.MaxValue);

    /// <summary>The nearest double; for indicators and statistics, never for money.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ToDouble() => Raw * 1e-9;

    public decimal ToDecimal() => FixedPoint.ToDecimal(Raw);

    /// <summary>Exact, or a throw that names the number.</summary>
    public static Quantity FromDecimal(decimal value) => new(FixedPoint.FromDecimal(value));

    public static Quantity FromUnits(long units) => new(checked(units * FixedPoint.One));

    public static Quantity Parse(ReadOnlySpan<char> text) => new(FixedPoint.Parse(text));

    public bool IsZero => Raw == 0;

    public bool IsPositive => Raw > 0;

    public Quantity Abs() => new(Math.Abs(Raw));

    /// <summary>The highest multiple of <paramref name="lot"/> that is not above this quantity; for non-negative quantities.</summary>
    public Quantity FloorTo(Quantity lot) => lot.Raw <= 1 ? this : new(Raw - (Raw % lot.Raw));

    public bool IsMultipleOf(Quantity lot) => lot.Raw <= 0 || Raw % lot.Raw == 0;

    public static Quantity Min(Quantity a, Quantity b) => a.Raw <= b.Raw ? a : b;

    public static Quantity Max(Quantity a, Quantity b) => a.Raw >= b.Raw ? a : b;

    public int CompareTo(Quantity other) => Raw.CompareTo(other.Raw);

    public static Quantity operator +(Quantity a, Quantity b) => new(a.Raw + b.Raw);

    public static Quantity operator -(Quantity a, Quantity b) => new(a.Raw - b.Raw);

    public static Quantity operator -(Quantity a) => new(-a.Raw);

    public static Quantity operator *(Quantity a, long n) => new(a.Raw * n);

    public static bool operator <(Quantity a, Quantity b) => a.Raw < b.Raw;

    public static bool operator >(Quantity a, Quantity b) => a.Raw > b.Raw;

    public static bool operator <=(Quantity a, Quantity b) => a.Raw <= b.Raw;

    public static bool operator >=(Quantity a, Quantity b) => a.Raw >= b.Raw;

    public override string ToString() => FixedPoint.Format(Raw);
}
