namespace MiniTrader.Model;

/// <summary>A currency or coin code of one to eight upper-case letters or digits, packed into 64 bits.</summary>
/// <param name="Packed">ASCII bytes, the first letter in the lowest byte, zero-filled.</param>
public readonly record struct Currency(ulong Packed) : IComparable<Currency>
{
    public const int MaxLength = 8;

    public static Currency Usd { get; } = Parse("USD");

    public static Currency Eur { get; } = Parse("EUR");

    public bool IsNone => Packed == 0;

    public static bool TryParse(ReadOnlySpan<char> text, out Currency currency)
    {
        currency = default;
        if (text.Length is 0 or > MaxLength) return false;
        ulong packed = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = char.ToUpperInvariant(text[i]);
            if (!char.IsAsciiLetterOrDigit(c)) return false;
            packed |= (ulong)c << (8 * i);
        }

        currency = new(packed);
        return true;
    }

    public static Currency Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out Currency currency)
            ? currency
            : throw new FormatException($"'{text}' is not a currency code. Use one to {MaxLength} letters or digits, such as USD or USDT.");

    public int CompareTo(Currency other) => string.CompareOrdinal(ToString(), other.ToString());

    public static bool operator <(Currency a, Currency b) => a.CompareTo(b) < 0;

    public static bool operator >(Currency a, Currency b) => a.CompareTo(b) > 0;

    public static bool operator <=(Currency a, Currency b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Currency a, Currency b) => a.CompareTo(b) >= 0;

    public override string ToString()
    {
        Span<char> buffer = stackalloc char[MaxLength];
        int length = 0;
        for (ulong rest = Packed; rest != 0; rest >>= 8) buffer[length++] = (char)(rest & 0xFF);
        return new string(buffer[..length]);
    }
}
