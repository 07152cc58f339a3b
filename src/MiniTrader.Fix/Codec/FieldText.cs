using System.Numerics;
using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>Values to the text of a field. The caller has made sure of the room: <see cref="NumberBytesMax"/> for numbers.</summary>
internal static class FieldText
{
    /// <summary>Longest number: sign and 20 digits, or sign, 10 digits, point, 9 digits.</summary>
    public const int NumberBytesMax = 24;

    private static readonly ulong[] _powersOfTen =
    [
        0, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ];

    private static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"u8
        + "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    /// <summary>Writes a number and returns the count of its bytes.</summary>
    public static int WriteInt(ref byte target, long value)
    {
        if (value >= 0) return WriteUnsigned(ref target, (ulong)value);
        target = (byte)'-';
        return 1 + WriteUnsigned(ref Unsafe.Add(ref target, 1), 0 - (ulong)value);
    }

    /// <summary>Writes 1e-9 units as the shortest exact decimal text.</summary>
    public static int WriteDecimal(ref byte target, long raw)
    {
        ulong magnitude = (ulong)raw;
        int length = 0;
        if (raw < 0)
        {
            target = (byte)'-';
            magnitude = 0 - magnitude;
            length = 1;
        }

        ulong whole = magnitude / FixedPoint.One;
        uint fraction = (uint)(magnitude - (whole * FixedPoint.One));
        length += WriteUnsigned(ref Unsafe.Add(ref target, length), whole);
        if (fraction == 0) return length;

        int decimals = FixedPoint.Decimals;
        if (fraction % 100_000 == 0)
        {
            fraction /= 100_000;
            decimals -= 5;
        }

        while (fraction % 10 == 0)
        {
            fraction /= 10;
            decimals--;
        }

        Unsafe.Add(ref target, length) = (byte)'.';
        WriteDigits(ref Unsafe.Add(ref target, length + 1), fraction, decimals);
        return length + 1 + decimals;
    }

    /// <summary>Writes exactly <paramref name="digits"/> digits, with leading zeros.</summary>
    public static void WriteDigits(ref byte target, ulong value, int digits)
    {
        ref byte pairs = ref Unsafe.AsRef(in Pairs[0]);
        int i = digits;
        while (i >= 2)
        {
            ulong quotient = value / 100;
            i -= 2;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, i), Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref pairs, (nuint)((value - (quotient * 100)) * 2))));
            value = quotient;
        }

        if (i == 1) target = (byte)('0' + (value % 10));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WriteUnsigned(ref byte target, ulong value)
    {
        if (value < 10)
        {
            target = (byte)('0' + value);
            return 1;
        }

        int digits = CountDigits(value);
        WriteDigits(ref target, value, digits);
        return digits;
    }

    /// <summary>The bit length times log10(2) is the number of digits or one less.</summary>
    public static int CountDigits(ulong value)
    {
        int estimate = ((64 - BitOperations.LeadingZeroCount(value | 1)) * 1233) >> 12;
        return estimate + (value >= _powersOfTen[estimate] || estimate == 0 ? 1 : 0);
    }
}
