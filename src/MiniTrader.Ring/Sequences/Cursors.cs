using System.Runtime.InteropServices;

namespace MiniTrader.Ring;

/// <summary>
/// What a single producer remembers between calls. Only its thread touches it, so the values are plain; the padding keeps
/// neighbours on the heap off its cache lines.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Sequence.Padding + 24 + Sequence.Padding)]
internal struct ProducerCursor
{
    /// <summary>The next event that will be published.</summary>
    [FieldOffset(Sequence.Padding)] public long Next;

    /// <summary>One past the last event of the open claim; equal to <see cref="Next"/> when none is open.</summary>
    [FieldOffset(Sequence.Padding + 8)] public long Claimed;

    /// <summary>Up to here slots were free when the gating sequences were last read.</summary>
    [FieldOffset(Sequence.Padding + 16)] public long Limit;
}

/// <summary>What a consumer remembers between calls; as private to its thread, and as padded, as the producer's.</summary>
[StructLayout(LayoutKind.Explicit, Size = Sequence.Padding + 16 + Sequence.Padding)]
internal struct ConsumerCursor
{
    /// <summary>The next event that will be polled.</summary>
    [FieldOffset(Sequence.Padding)] public long Next;

    /// <summary>Up to here events could be read when the barrier was last asked.</summary>
    [FieldOffset(Sequence.Padding + 8)] public long Available;
}
