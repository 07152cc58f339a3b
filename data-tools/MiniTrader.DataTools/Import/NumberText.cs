using System.Globalization;
using System.Text;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>Numbers in UTF-8 text, with a short path for the shapes that fill market data files.</summary>
public static class NumberText
{
    private const int MaxFastDigits = 18;

    /// <summary>
    /// Reads a decimal as 1e-9 fixed point and rounds what is finer; the status says so. Same result as
    /// <see cref="FixedPoint.TryParseRounded"/>.
    /// </summary>
    public static FixedPointStatus TryParse(ReadOnlySpan<byte> text, out long raw)
    {
        int i = text.Length > 0 && text[0] == '-' ? 1 : 0;
        int first = i, point = -1;
        long value = 0;
        if (text.Length - first is > 0 and <= MaxFastDigits)
        {
            for (; i < text.Length; i++)
            {
                uint digit = text[i] - (uint)'0';
                if (digit <= 9) value = (value * 10) + digit;
                else if (text[i] == '.' && point < 0) point = i;
                else break;
            }
        }

        int decimals = point < 0 ? 0 : text.Length - point - 1;
        int digits = text.Length - first - (point < 0 ? 0 : 1);
        if (i < text.Length || digits == 0 || decimals > FixedPoint.Decimals) return FixedPoint.TryParseRounded(text, out raw);
        Int128 scaled = (Int128)value * FixedPoint.PowerOfTen(FixedPoint.Decimals - decimals);
        if (scaled > long.MaxValue) return FixedPoint.TryParseRounded(text, out raw);
        raw = first == 1 ? -(long)scaled : (long)scaled;
        return FixedPointStatus.Ok;
    }

    /// <summary>Reads a whole number with an optional sign, up to the range of a long.</summary>
    public static bool TryParseWhole(ReadOnlySpan<byte> text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Digits behind the point, trailing zeros not counted; zero for what is not a plain decimal.</summary>
    public static int DecimalsOf(ReadOnlySpan<byte> text)
    {
        int point = text.IndexOf((byte)'.');
        return point < 0 ? 0 : text[(point + 1)..].TrimEnd((byte)'0').Length;
    }

    /// <summary>The text for a message.</summary>
    public static string Show(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);
}
