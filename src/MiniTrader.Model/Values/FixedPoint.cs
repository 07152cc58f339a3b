using System.Numerics;

namespace MiniTrader.Model;

/// <summary>
/// Decimal text to and from the 64-bit fixed point (1e-9) that prices and quantities share. Exact: a number that does
/// not fit in nine decimals or in 64 bits is refused, never rounded in silence.
/// </summary>
public static class FixedPoint
{
    /// <summary>Decimal digits behind the point.</summary>
    public const int Decimals = 9;

    /// <summary>Raw units in one whole: 10^9.</summary>
    public const long One = 1_000_000_000L;

    /// <summary>Longest text that <see cref="Format"/> writes: sign, 10 digits, point, 9 digits.</summary>
    public const int MaxTextLength = 21;

    private static readonly long[] _powersOfTen =
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>10^<paramref name="exponent"/> for exponents 0 to 9.</summary>
    public static long PowerOfTen(int exponent) => _powersOfTen[exponent];

    /// <summary>Parses UTF-8 text such as <c>-12.5</c> or <c>1.5e-3</c>; digits past the ninth decimal must be zero.</summary>
    public static FixedPointStatus TryParse(ReadOnlySpan<byte> text, out long raw) => Parse(text, false, out raw);

    /// <summary>Parses characters; see the UTF-8 overload.</summary>
    public static FixedPointStatus TryParse(ReadOnlySpan<char> text, out long raw) => Parse(text, false, out raw);

    /// <summary>
    /// Parses UTF-8 text and rounds digits past the ninth decimal half away from zero; answers
    /// <see cref="FixedPointStatus.TooPrecise"/> with the rounded value in <paramref name="raw"/> when it had to round.
    /// </summary>
    public static FixedPointStatus TryParseRounded(ReadOnlySpan<byte> text, out long raw) => Parse(text, true, out raw);

    /// <summary>Parses or throws a <see cref="FormatException"/> whose sentence names the text and the cause.</summary>
    public static long Parse(ReadOnlySpan<char> text)
    {
        FixedPointStatus status = TryParse(text, out long raw);
        return status == FixedPointStatus.Ok ? raw : throw new FormatException(Explain(status, text.ToString()));
    }

    /// <summary>A full sentence for a status other than <see cref="FixedPointStatus.Ok"/>.</summary>
    public static string Explain(FixedPointStatus status, string text) => status switch
    {
        FixedPointStatus.TooPrecise => $"'{text}' has more than {Decimals} decimals; round it first.",
        FixedPointStatus.TooLarge => $"'{text}' is beyond ±9,223,372,036, the range of a fixed-point number.",
        _ => $"'{text}' is not a decimal number.",
    };

    /// <summary>Writes the shortest exact decimal text and returns it.</summary>
    public static string Format(long raw)
    {
        Span<char> buffer = stackalloc char[MaxTextLength];
        int start = buffer.Length;
        ulong magnitude = raw < 0 ? (ulong)-(raw + 1) + 1 : (ulong)raw;
        (ulong whole, ulong fraction) = Math.DivRem(magnitude, (ulong)One);
        if (fraction != 0)
        {
            int digits = Decimals;
            while (fraction % 10 == 0)
            {
                fraction /= 10;
                digits--;
            }

            for (; digits > 0; digits--)
            {
                buffer[--start] = (char)('0' + (fraction % 10));
                fraction /= 10;
            }

            buffer[--start] = '.';
        }

        do
        {
            buffer[--start] = (char)('0' + (whole % 10));
            whole /= 10;
        }
        while (whole != 0);

        if (raw < 0) buffer[--start] = '-';
        return new string(buffer[start..]);
    }

    /// <summary>A raw count of 1e-9 units as a decimal, exact.</summary>
    public static decimal ToDecimal(long raw)
    {
        // Whole numbers keep no decimals, so that sums stay short; the rest is built from its digits, which spares a division.
        (long whole, long rest) = Math.DivRem(raw, One);
        if (rest == 0) return whole;
        ulong magnitude = raw < 0 ? (ulong)-(raw + 1) + 1 : (ulong)raw;
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, raw < 0, Decimals);
    }

    /// <summary>The product of two raw counts of 1e-9 units as a decimal, exact up to 7.9e10; beyond, to 28 digits.</summary>
    public static decimal Multiply(long a, long b)
    {
        // Whole lots are the usual case, and need no division of 128 bits to find the short form.
        long units = b / One;
        if (units * One == b)
        {
            Int128 exact = (Int128)a * units;
            if (exact == (long)exact && exact != long.MinValue)
            {
                ulong small = (ulong)Math.Abs((long)exact);
                return new decimal((int)(uint)small, (int)(uint)(small >> 32), 0, exact < 0, Decimals);
            }
        }

        Int128 product = (Int128)a * b;
        bool isNegative = product < 0;
        UInt128 magnitude = (UInt128)(isNegative ? -product : product);
        (UInt128 short9, UInt128 rest) = UInt128.DivRem(magnitude, (UInt128)One);
        UInt128 digits = rest == 0 ? short9 : magnitude;
        if (digits >> 96 != 0) return ToDecimal(a) * ToDecimal(b);
        return new decimal((int)(uint)digits, (int)(uint)(digits >> 32), (int)(uint)(digits >> 64), isNegative, rest == 0 ? (byte)Decimals : (byte)(2 * Decimals));
    }

    /// <summary>Exact raw units of a decimal, or a throw that names it.</summary>
    public static long FromDecimal(decimal value)
    {
        decimal scaled = value * One;
        if (scaled != decimal.Truncate(scaled))
            throw new FormatException(Explain(FixedPointStatus.TooPrecise, value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (scaled is > long.MaxValue or < long.MinValue)
            throw new OverflowException(Explain(FixedPointStatus.TooLarge, value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return (long)scaled;
    }

    private static FixedPointStatus Parse<T>(ReadOnlySpan<T> text, bool round, out long raw)
        where T : unmanaged, IBinaryInteger<T>
    {
        raw = 0;
        int i = 0;
        bool negative = false;
        if (text.Length > 0 && int.CreateTruncating(text[0]) is '-' or '+') negative = int.CreateTruncating(text[i++]) == '-';

        UInt128 mantissa = 0;
        int decimals = 0, digits = 0;
        bool point = false;
        for (; i < text.Length; i++)
        {
            int c = int.CreateTruncating(text[i]);
            if (c is >= '0' and <= '9')
            {
                digits++;
                if (mantissa > MantissaLimit)
                {
                    // Only digits behind the point can follow here without overflow: they are dropped if zero, else rounded.
                    if (!point) return FixedPointStatus.TooLarge;
                    if (c != '0' && !round) return FixedPointStatus.TooPrecise;
                    continue;
                }

                mantissa = (mantissa * 10) + (uint)(c - '0');
                if (point) decimals++;
            }
            else if (c == '.' && !point) point = true;
            else break;
        }

        if (digits == 0) return FixedPointStatus.NotANumber;
        int exponent = 0;
        if (i < text.Length && !TryParseExponent(text[i..], out exponent)) return FixedPointStatus.NotANumber;
        return Scale(mantissa, Decimals - decimals + exponent, negative, round, out raw);
    }

    private static UInt128 MantissaLimit => UInt128.MaxValue / 100;

    private static bool TryParseExponent<T>(ReadOnlySpan<T> text, out int exponent)
        where T : unmanaged, IBinaryInteger<T>
    {
        exponent = 0;
        if (int.CreateTruncating(text[0]) is not ('e' or 'E')) return false;
        int i = 1;
        bool negative = false;
        if (text.Length > 1 && int.CreateTruncating(text[1]) is '-' or '+') negative = int.CreateTruncating(text[i++]) == '-';
        if (i == text.Length || text.Length - i > 3) return false;
        for (; i < text.Length; i++)
        {
            int c = int.CreateTruncating(text[i]);
            if (c is < '0' or > '9') return false;
            exponent = (exponent * 10) + (c - '0');
        }

        if (negative) exponent = -exponent;
        return true;
    }

    private static FixedPointStatus Scale(UInt128 mantissa, int shift, bool negative, bool round, out long raw)
    {
        raw = 0;
        FixedPointStatus status = FixedPointStatus.Ok;
        for (; shift > 0 && mantissa != 0; shift--)
        {
            if (mantissa > long.MaxValue) return FixedPointStatus.TooLarge;
            mantissa *= 10;
        }

        UInt128 last = 0;
        for (; shift < 0 && mantissa != 0; shift++)
        {
            (mantissa, last) = UInt128.DivRem(mantissa, 10);
            if (last == 0) continue;
            if (!round) return FixedPointStatus.TooPrecise;
            status = FixedPointStatus.TooPrecise;
        }

        if (shift == 0 && last >= 5) mantissa++;
        if (mantissa > long.MaxValue) return FixedPointStatus.TooLarge;
        raw = negative ? -(long)mantissa : (long)mantissa;
        return status;
    }
}
