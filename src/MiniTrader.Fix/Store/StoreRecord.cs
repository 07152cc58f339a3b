using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiniTrader.Fix;

/// <summary>What a record in a store file says.</summary>
internal enum StoreRecordKind : uint
{
    None = 0,

    /// <summary>The payload is the message sent under the record's number.</summary>
    Sent = 1,

    /// <summary>The record's number is the next that we send.</summary>
    NextSender = 2,

    /// <summary>The record's number is the next that we expect.</summary>
    NextTarget = 3,

    /// <summary>All before is forgotten; the number is the time of it, in nanoseconds since 1970.</summary>
    Reset = 4,
}

/// <summary>
/// The head of a record in a store file. The checksum is CRC-32C over the number, the kind, the offset of the record in the file,
/// the file's salt and the payload, so bytes left from elsewhere never pass for a record. The size is written last: while it is 0 there is no record.
/// <code>
///  0        4        8                 16       20       24
/// ┌────────┬────────┬─────────────────┬────────┬────────┬───────────────────┬──────────┐
/// │ size   │ crc32c │ number (int64)  │ kind   │ 0      │ payload           │ 0…7 × 0  │
/// └────────┴────────┴─────────────────┴────────┴────────┴───────────────────┴──────────┘
///   bytes of head and payload; the next record starts at the next multiple of 8
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = HeadBytes)]
internal struct StoreRecord
{
    public const int HeadBytes = 24;

    public uint Size;
    public uint Checksum;
    public long Number;
    public StoreRecordKind Kind;
    public uint Reserved;

    /// <summary>Where the next record starts, counted from this one.</summary>
    public static long Step(long size) => (size + 7) & ~7L;

    public static uint ChecksumOf(ReadOnlySpan<byte> payload, long number, StoreRecordKind kind, long offset, ulong salt)
    {
        uint crc = BitOperations.Crc32C(uint.MaxValue, salt);
        crc = BitOperations.Crc32C(crc, (ulong)offset);
        crc = BitOperations.Crc32C(crc, (ulong)number);
        crc = BitOperations.Crc32C(crc, ((ulong)kind << 32) | (uint)payload.Length);
        while (payload.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, Unsafe.ReadUnaligned<ulong>(ref MemoryMarshal.GetReference(payload)));
            payload = payload[sizeof(ulong)..];
        }

        foreach (byte b in payload) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
