using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// Writes UTC time stamps <c>yyyyMMdd-HH:mm:ss.fff</c>. The text up to the second is kept and only made anew when the second changes. One
/// thread uses it.
/// </summary>
public sealed class TimestampText
{
    /// <summary>Bytes of the longest time stamp.</summary>
    public const int BytesMax = 27;

    private const int WholeBytes = 17;

    private readonly byte[] _whole = new byte[WholeBytes + 7];
    private readonly uint _divisor;
    private long _second;

    public TimestampText(TimestampPrecision precision)
    {
        if (!Enum.IsDefined(precision)) throw new ArgumentException($"{(int)precision} is no precision of a time stamp; it is 0, 3, 6 or 9.");
        Precision = precision;
        _divisor = (uint)FixedPoint.PowerOfTen(FixedPoint.Decimals - (int)precision);
        Format(0);
    }

    public TimestampPrecision Precision { get; }

    /// <summary>Bytes of every time stamp that this one writes.</summary>
    public int Length => Precision == TimestampPrecision.Seconds ? WholeBytes : WholeBytes + 1 + (int)Precision;

    /// <summary>Writes a time stamp; false when the target is shorter than <see cref="Length"/>.</summary>
    public bool TryWrite(Span<byte> target, Timestamp time)
    {
        if (target.Length < Length) return false;
        Write(ref MemoryMarshal.GetReference(target), time);
        return true;
    }

    /// <summary>The caller has made sure of the room.</summary>
    internal int Write(ref byte target, Timestamp time)
    {
        long second = time.Nanoseconds / Timestamp.NanosecondsPerSecond;
        long rest = time.Nanoseconds - (second * Timestamp.NanosecondsPerSecond);
        if (rest < 0)
        {
            second--;
            rest += Timestamp.NanosecondsPerSecond;
        }

        if (second != _second) Format(second);
        ref byte whole = ref MemoryMarshal.GetArrayDataReference(_whole);
        Unsafe.WriteUnaligned(ref target, Unsafe.ReadUnaligned<ulong>(ref whole));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 8), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref whole, 8)));
        Unsafe.Add(ref target, 16) = Unsafe.Add(ref whole, 16);
        if (Precision == TimestampPrecision.Seconds) return WholeBytes;
        Unsafe.Add(ref target, WholeBytes) = (byte)'.';
        FieldText.WriteDigits(ref Unsafe.Add(ref target, WholeBytes + 1), (uint)rest / _divisor, (int)Precision);
        return WholeBytes + 1 + (int)Precision;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Format(long second)
    {
        DateTime time = DateTime.UnixEpoch.AddTicks(second * TimeSpan.TicksPerSecond);
        ref byte text = ref MemoryMarshal.GetArrayDataReference(_whole);
        FieldText.WriteDigits(ref text, (uint)time.Year, 4);
        FieldText.WriteDigits(ref Unsafe.Add(ref text, 4), (uint)time.Month, 2);
        FieldText.WriteDigits(ref Unsafe.Add(ref text, 6), (uint)time.Day, 2);
        _whole[8] = (byte)'-';
        FieldText.WriteDigits(ref Unsafe.Add(ref text, 9), (uint)time.Hour, 2);
        _whole[11] = (byte)':';
        FieldText.WriteDigits(ref Unsafe.Add(ref text, 12), (uint)time.Minute, 2);
        _whole[14] = (byte)':';
        FieldText.WriteDigits(ref Unsafe.Add(ref text, 15), (uint)time.Second, 2);
        _second = second;
    }
}
