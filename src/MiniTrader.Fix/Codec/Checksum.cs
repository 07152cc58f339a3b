using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MiniTrader.Fix;

/// <summary>The FIX checksum: the sum of all bytes modulo 256. Byte lanes that wrap keep exactly that, so no widening is needed.</summary>
public static class Checksum
{
    public static byte Of(ReadOnlySpan<byte> bytes)
    {
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        int i = 0;
        byte sum = 0;
        if (bytes.Length >= Vector256<byte>.Count)
        {
            Vector256<byte> lanes = Vector256<byte>.Zero;
            for (; i <= bytes.Length - Vector256<byte>.Count; i += Vector256<byte>.Count) lanes += Vector256.LoadUnsafe(ref first, (nuint)i);
            sum = Vector256.Sum(lanes);
        }

        for (; i < bytes.Length; i++) sum += bytes[i];
        return sum;
    }
}
