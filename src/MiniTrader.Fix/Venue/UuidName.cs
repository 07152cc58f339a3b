using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// A request's name in the form of a version 4 UUID in lower case, for venues that take nothing else. What is random in other UUIDs is here the run, the order
/// and the request, so that an answer finds its order without a table.
/// <code>
/// hex digits   0 .. 9     10 .. 11           12         13 .. 15               16 .. 31
/// bits         run (40)   request's top 8    version 4  request's low 11,      variant 10 (2),
///                                                       order's bit 62         order's bits 0 .. 61
/// </code>
/// </summary>
internal static class UuidName
{
    public const int Bytes = 36;

    /// <summary>Requests of one order that can be named.</summary>
    public const int RequestMax = (1 << 19) - 1;

    private const int RunBits = 40;
    private const ulong OrderMask = (1UL << 62) - 1;
    private const ulong Variant = 2UL << 62;

    /// <summary>40 bits of a run's prefix.</summary>
    public static ulong RunOf(ReadOnlySpan<byte> prefix)
    {
        ulong hash = 14_695_981_039_346_656_037UL;
        foreach (byte b in prefix) hash = (hash ^ b) * 1_099_511_628_211UL;
        return (hash ^ (hash >> RunBits)) & ((1UL << RunBits) - 1);
    }

    /// <summary>Writes <see cref="Bytes"/> bytes.</summary>
    public static void Write(Span<byte> target, ulong run, ClientOrderId order, int request)
    {
        ulong value = (ulong)order.Value;
        ulong top = (run << 20) | ((ulong)(uint)request << 1) | (value >> 62);
        ulong low = Variant | (value & OrderMask);

        // 60 bits around the version, which is the thirteenth digit.
        ulong high = ((top >> 12) << 16) | 0x4000 | (top & 0xFFF);
        WriteHex(target, high >> 32, 8);
        target[8] = (byte)'-';
        WriteHex(target[9..], (high >> 16) & 0xFFFF, 4);
        target[13] = (byte)'-';
        WriteHex(target[14..], high & 0xFFFF, 4);
        target[18] = (byte)'-';
        WriteHex(target[19..], low >> 48, 4);
        target[23] = (byte)'-';
        WriteHex(target[24..], low & 0xFFFF_FFFF_FFFF, 12);
    }

    /// <summary>False for a name that another run gave, or nobody of ours.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, ulong run, out ClientOrderId order, out int request)
    {
        order = ClientOrderId.None;
        request = 0;
        if (text.Length != Bytes || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return false;
        if (!TryReadHex(text[..8], out ulong a) || !TryReadHex(text[9..13], out ulong b) || !TryReadHex(text[14..18], out ulong c)
            || !TryReadHex(text[19..23], out ulong d) || !TryReadHex(text[24..], out ulong e)) return false;
        if (c >> 12 != 4 || d >> 14 != 2) return false;
        ulong top = (((a << 16) | b) << 12) | (c & 0xFFF);
        if (top >> 20 != run) return false;
        request = (int)((top >> 1) & RequestMax);
        order = new ClientOrderId((long)(((top & 1) << 62) | (((d << 48) | e) & OrderMask)));
        return !order.IsNone;
    }

    private static void WriteHex(Span<byte> target, ulong value, int digits)
    {
        for (int i = digits - 1; i >= 0; i--, value >>= 4) target[i] = "0123456789abcdef"u8[(int)(value & 15)];
    }

    private static bool TryReadHex(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        foreach (byte b in text)
        {
            int digit = b is >= (byte)'0' and <= (byte)'9' ? b - '0' : b is >= (byte)'a' and <= (byte)'f' ? b - 'a' + 10 : -1;
            if (digit < 0) return false;
            value = (value << 4) | (uint)digit;
        }

        return true;
    }
}
