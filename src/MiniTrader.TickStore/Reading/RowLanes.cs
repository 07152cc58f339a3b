using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// The eight 64-bit words of an event as eight columns, and the loop that turns rows of them into events: the hot loop of every
/// replay. A lane with stride zero repeats the same four words, for what all rows of a series have in common.
/// <code>
/// lane    0       1          2                            3 ... 7
///         venue   received   instrument, kind, flags, .   payload
/// </code>
/// </summary>
internal unsafe struct RowLanes
{
    /// <summary>Words that a lane of stride zero must have.</summary>
    public const int ConstantWords = 4;

    public long* Venue;
    public long* Received;
    public long* Header;
    public long* Word3;
    public long* Word4;
    public long* Word5;
    public long* Word6;
    public long* Word7;

    /// <summary>Lane 6 as bytes that are widened, for the aggressor of trades and the action of book changes; then <see cref="Word6"/> is not used.</summary>
    public byte* Byte6;

    /// <summary>Beside <see cref="Byte6"/> the second byte of the lane, for the condition of trades and the side of book changes; null where there is none.</summary>
    public byte* High6;

    /// <summary>Beside <see cref="High6"/> the stored flags of each row, for book changes; null where there are none. The header repeats.</summary>
    public byte* Flags;

    /// <summary>0 or 1: how many words a lane goes on a row.</summary>
    public nint HeaderStride;
    public nint Stride3;
    public nint Stride4;
    public nint Stride5;
    public nint Stride6;
    public nint Stride7;

    /// <summary>Added to the received lane: the feed latency of data with one clock.</summary>
    public long Latency;

    /// <summary>Writes the events of <paramref name="count"/> rows, every byte of them.</summary>
    public readonly void Copy(long row, int count, MarketEvent* target)
    {
        if (Byte6 == null) Copy<WordLane>(row, count, (long*)target);
        else if (High6 == null) Copy<ByteLane>(row, count, (long*)target);
        else if (Flags == null) Copy<PairLane>(row, count, (long*)target);
        else Copy<FlaggedPairLane>(row, count, (long*)target);
    }

    /// <summary>
    /// Asks for the cache lines of rows that come soon. A merge leaves each series for a while, and the processor's own
    /// prefetcher follows fewer streams than many series have columns.
    /// </summary>
    public readonly void Prefetch(long row, long end)
    {
        if (!Sse.IsSupported) return;
        const int WordsPerLine = 8;

        // A prefetch never faults, so that the addresses need no check.
        for (; row < end; row += WordsPerLine)
        {
            Sse.Prefetch0(Venue + row);
            if (Received != Venue) Sse.Prefetch0(Received + row);
            Sse.Prefetch0(Word3 + (row * Stride3));
            Sse.Prefetch0(Word4 + (row * Stride4));
            Sse.Prefetch0(Word5 + (row * Stride5));
            Sse.Prefetch0(Word6 + (row * Stride6));
            Sse.Prefetch0(Word7 + (row * Stride7));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Copy<TLane6>(long row, int count, long* target)
        where TLane6 : struct
    {
        long* venue = Venue + row, received = Received + row, header = Header + (row * HeaderStride);
        long* word3 = Word3 + (row * Stride3), word4 = Word4 + (row * Stride4), word5 = Word5 + (row * Stride5);
        long* word6 = Word6 + (row * Stride6), word7 = Word7 + (row * Stride7);
        byte* byte6 = Byte6 + row, high6 = High6 + row, flags = Flags + row;
        long latency = Latency;
        nint i = 0;
        if (Avx2.IsSupported)
        {
            // SAFETY: four rows are left in every lane, and a lane of stride zero has four words.
            for (; i + 4 <= count; i += 4)
            {
                Vector256<long> lane6 = typeof(TLane6) == typeof(WordLane) ? Vector256.Load(word6 + (i * Stride6)) : Widened(byte6 + i);
                Vector256<long> head = Vector256.Load(header + (i * HeaderStride));
                if (typeof(TLane6) == typeof(PairLane) || typeof(TLane6) == typeof(FlaggedPairLane)) lane6 |= Widened(high6 + i) << 8;
                if (typeof(TLane6) == typeof(FlaggedPairLane)) head |= (Widened(flags + i) & Vector256.Create((long)ColumnLayout.StoredFlags)) << EventHeaderWord.FlagsShift;
                StoreHalf(
                    Vector256.Load(venue + i), Vector256.Load(received + i) + Vector256.Create(latency), head, Vector256.Load(word3 + (i * Stride3)), target);
                StoreHalf(
                    Vector256.Load(word4 + (i * Stride4)), Vector256.Load(word5 + (i * Stride5)), lane6, Vector256.Load(word7 + (i * Stride7)), target + 4);
                target += 4 * (MarketEvent.Size / sizeof(long));
            }
        }

        for (; i < count; i++)
        {
            target[0] = venue[i];
            target[1] = received[i] + latency;
            target[2] = header[i * HeaderStride];
            target[3] = word3[i * Stride3];
            target[4] = word4[i * Stride4];
            target[5] = word5[i * Stride5];
            target[6] = typeof(TLane6) == typeof(WordLane) ? word6[i * Stride6] : byte6[i];
            if (typeof(TLane6) == typeof(PairLane) || typeof(TLane6) == typeof(FlaggedPairLane)) target[6] |= (long)high6[i] << 8;
            if (typeof(TLane6) == typeof(FlaggedPairLane)) target[2] |= (long)(flags[i] & (byte)ColumnLayout.StoredFlags) << EventHeaderWord.FlagsShift;
            target[7] = word7[i * Stride7];
            target += MarketEvent.Size / sizeof(long);
        }
    }

    /// <summary>Four bytes as four words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> Widened(byte* four) => Avx2.ConvertToVector256Int64(Vector128.CreateScalarUnsafe(*(uint*)four).AsByte());

    /// <summary>Transposes four lanes of four rows and stores each row's half of its event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalf(Vector256<long> a, Vector256<long> b, Vector256<long> c, Vector256<long> d, long* target)
    {
        const int Row = MarketEvent.Size / sizeof(long);
        Vector256<long> ab02 = Avx2.UnpackLow(a, b), ab13 = Avx2.UnpackHigh(a, b);
        Vector256<long> cd02 = Avx2.UnpackLow(c, d), cd13 = Avx2.UnpackHigh(c, d);
        Avx2.Permute2x128(ab02, cd02, 0x20).Store(target);
        Avx2.Permute2x128(ab13, cd13, 0x20).Store(target + Row);
        Avx2.Permute2x128(ab02, cd02, 0x31).Store(target + (2 * Row));
        Avx2.Permute2x128(ab13, cd13, 0x31).Store(target + (3 * Row));
    }

    private readonly struct WordLane;

    private readonly struct ByteLane;

    private readonly struct PairLane;

    private readonly struct FlaggedPairLane;
}
