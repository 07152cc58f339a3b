using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>The text of a field to its value: exact, without floating point, without allocation.</summary>
public static class FieldValue
{
    private const int IntDigitsMax = 18;
    private const int WholeDigitsMax = 10;

    /// <summary>An integer: an optional minus sign and digits; leading zeros are allowed, a plus sign is not.</summary>
    public static FieldStatus TryParseInt(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.IsEmpty) return FieldStatus.Empty;
        int i = text[0] == '-' ? 1 : 0;
        if (i == text.Length) return FieldStatus.Malformed;
        if (text.Length > IntDigitsMax) return ParseLongInt(text, i, out value);
        long magnitude = 0;
        for (int j = i; j < text.Length; j++)
        {
            uint digit = (uint)text[j] - '0';
            if (digit > 9) return FieldStatus.Malformed;
            magnitude = (magnitude * 10) + digit;
        }

        value = i == 0 ? magnitude : -magnitude;
        return FieldStatus.Ok;
    }

    /// <summary>
    /// A decimal number in 1e-9 units: an optional minus sign, digits and at most one point; no exponent, no plus sign. A number that nine
    /// decimals or 64 bits cannot hold is refused, never rounded.
    /// </summary>
    public static FieldStatus TryParseDecimal(ReadOnlySpan<byte> text, out long raw)
    {
        raw = 0;
        if (text.IsEmpty) return FieldStatus.Empty;
        int i = text[0] == '-' ? 1 : 0;
        bool isNegative = i == 1;
        while (i < text.Length - 1 && text[i] == '0') i++;

        ulong whole = 0;
        int start = i;
        uint digit = 10;
        for (; i < text.Length && (digit = (uint)text[i] - '0') <= 9 && i - start < WholeDigitsMax; i++) whole = (whole * 10) + digit;
        int digits = i - start;
        if (i < text.Length && digit <= 9) return AfterTooManyDigits(text[i..]);

        ulong fraction = 0;
        int decimals = 0;
        if (i < text.Length)
        {
            if (text[i++] != '.') return FieldStatus.Malformed;
            int point = i;
            for (; i < text.Length && (digit = (uint)text[i] - '0') <= 9 && i - point < FixedPoint.Decimals; i++) fraction = (fraction * 10) + digit;
            decimals = i - point;
            if (i < text.Length)
            {
                FieldStatus rest = AfterLastDecimal(text[i..]);
                if (rest != FieldStatus.Ok) return rest;
            }
        }

        if (digits + decimals == 0) return FieldStatus.Malformed;
        ulong magnitude = (whole * FixedPoint.One) + (fraction * (ulong)FixedPoint.PowerOfTen(FixedPoint.Decimals - decimals));
        if (magnitude > long.MaxValue) return FieldStatus.TooLarge;
        raw = isNegative ? -(long)magnitude : (long)magnitude;
        return FieldStatus.Ok;
    }

    /// <summary>Exactly one character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldStatus TryParseChar(ReadOnlySpan<byte> text, out char value)
    {
        value = text.Length == 1 ? (char)text[0] : '\0';
        return text.Length == 1 ? FieldStatus.Ok : text.IsEmpty ? FieldStatus.Empty : FieldStatus.Malformed;
    }

    /// <summary><c>Y</c> or <c>N</c>.</summary>
    public static FieldStatus TryParseBool(ReadOnlySpan<byte> text, out bool value)
    {
        FieldStatus status = TryParseChar(text, out char letter);
        value = letter == 'Y';
        return status != FieldStatus.Ok || letter is 'Y' or 'N' ? status : FieldStatus.Malformed;
    }

    /// <summary>
    /// A UTC time stamp <c>yyyyMMdd-HH:mm:ss</c> with up to nine decimals. Finer ones (picoseconds) are cut off and answered with
    /// <see cref="FieldStatus.TooPrecise"/> unless they are zero. Second 60 is the first of the next minute.
    /// </summary>
    public static FieldStatus TryParseTimestamp(ReadOnlySpan<byte> text, out Timestamp value)
    {
        value = default;
        if (text.IsEmpty) return FieldStatus.Empty;
        if (text.Length < 17 || text[8] != '-') return FieldStatus.Malformed;
        FieldStatus date = TryParseDate(text[..8], out int days);
        if (date != FieldStatus.Ok) return date;
        FieldStatus time = TryParseTimeOfDay(text[9..], out long nanoseconds);
        if (time is FieldStatus.Ok or FieldStatus.TooPrecise) value = new Timestamp((days * Timestamp.NanosecondsPerDay) + nanoseconds);
        return time;
    }

    /// <summary>A date <c>yyyyMMdd</c> of the years 1678 to 2261, as days since 1970-01-01.</summary>
    public static FieldStatus TryParseDate(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        if (text.IsEmpty) return FieldStatus.Empty;
        if (text.Length != 8 || !TwoDigits(text, 0, out int century) || !TwoDigits(text, 2, out int year)
            || !TwoDigits(text, 4, out int month) || !TwoDigits(text, 6, out int day)) return FieldStatus.Malformed;
        year += century * 100;
        if (month is < 1 or > 12 || day < 1 || year == 0 || day > DateTime.DaysInMonth(year, month)) return FieldStatus.Malformed;
        if (year is < 1678 or > 2261) return FieldStatus.TooLarge;
        days = DaysSinceEpoch(year, month, day);
        return FieldStatus.Ok;
    }

    /// <summary>A time of day <c>HH:mm:ss</c> with up to nine decimals, as nanoseconds since midnight; see <see cref="TryParseTimestamp"/>.</summary>
    public static FieldStatus TryParseTimeOfDay(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.IsEmpty) return FieldStatus.Empty;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':' || !TwoDigits(text, 0, out int hour) || !TwoDigits(text, 3, out int minute)
            || !TwoDigits(text, 6, out int second) || hour > 23 || minute > 59 || second > 60) return FieldStatus.Malformed;

        long fraction = 0;
        FieldStatus status = FieldStatus.Ok;
        if (text.Length > 8)
        {
            if (text[8] != '.' || text.Length == 9) return FieldStatus.Malformed;
            int i = 9;
            uint digit;
            for (; i < text.Length && i < 18 && (digit = (uint)text[i] - '0') <= 9; i++) fraction = (fraction * 10) + digit;
            fraction *= FixedPoint.PowerOfTen(18 - i);
            if (i < text.Length) status = i < 18 ? FieldStatus.Malformed : AfterLastDecimal(text[i..]);
            if (status == FieldStatus.Malformed) return status;
        }

        nanoseconds = ((((hour * 60L) + minute) * 60) + second) * Timestamp.NanosecondsPerSecond + fraction;
        return status;
    }

    /// <summary>Days since 1970-01-01 of a Gregorian date, counted in years that begin in March so that the leap day is the last.</summary>
    internal static int DaysSinceEpoch(int year, int month, int day)
    {
        int shifted = month > 2 ? year : year - 1;
        int era = shifted / 400;
        int yearOfEra = shifted - (era * 400);
        int dayOfYear = ((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5 + day - 1;
        int dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097) + dayOfEra - 719_468;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TwoDigits(ReadOnlySpan<byte> text, int at, out int value)
    {
        uint tens = (uint)text[at] - '0';
        uint ones = (uint)text[at + 1] - '0';
        value = (int)((tens * 10) + ones);
        return tens <= 9 && ones <= 9;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FieldStatus ParseLongInt(ReadOnlySpan<byte> text, int start, out long value)
    {
        value = 0;
        UInt128 magnitude = 0;
        UInt128 limit = (UInt128)long.MaxValue + (start == 1 ? 1u : 0u);
        bool isTooLarge = false;
        for (int i = start; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit > 9) return FieldStatus.Malformed;
            if (!isTooLarge) magnitude = (magnitude * 10) + digit;
            isTooLarge |= magnitude > limit;
        }

        if (isTooLarge) return FieldStatus.TooLarge;
        value = start == 1 ? (long)-(Int128)magnitude : (long)magnitude;
        return FieldStatus.Ok;
    }

    /// <summary>Ten significant digits before the point are already more than fit if another follows; the rest only decides whether it is a number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FieldStatus AfterTooManyDigits(ReadOnlySpan<byte> rest)
    {
        int point = rest.IndexOf((byte)'.');
        bool isNumber = point < 0
            ? !rest.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            : !rest[..point].ContainsAnyExceptInRange((byte)'0', (byte)'9') && !rest[(point + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        return isNumber ? FieldStatus.TooLarge : FieldStatus.Malformed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FieldStatus AfterLastDecimal(ReadOnlySpan<byte> rest) =>
        rest.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? FieldStatus.Malformed
        : rest.ContainsAnyExcept((byte)'0') ? FieldStatus.TooPrecise
        : FieldStatus.Ok;
}
