using System.Numerics;
using System.Runtime.InteropServices;

namespace MiniTrader.Fix;

/// <summary>
/// The first 64 bytes of a store file. All numbers are little-endian.
/// <code>
///  0                 8        12       16                24                32           60       64
/// ┌─────────────────┬────────┬────────┬─────────────────┬─────────────────┬────────────┬────────┐
/// │ "MTFIXST" 0x1A  │ version│ 0      │ salt            │ creation time   │ 28 × 0     │ crc32c │
/// └─────────────────┴────────┴────────┴─────────────────┴─────────────────┴────────────┴────────┘
///                                        differs in each    ns since 1970     of bytes 0 to 59
///                                        file and reset
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal struct StoreFileHeader
{
    public const int Bytes = 64;
    public const ulong ExpectedMagic = 0x1A54_5358_4946_544D; // "MTFIXST", then 0x1A
    public const uint CurrentVersion = 1;

    [FieldOffset(0)] public ulong Magic;
    [FieldOffset(8)] public uint Version;
    [FieldOffset(16)] public ulong Salt;
    [FieldOffset(24)] public long CreationTime;
    [FieldOffset(60)] public uint Checksum;

    public readonly uint ComputeChecksum()
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<StoreFileHeader>(in this))[..60];
        uint crc = uint.MaxValue;
        foreach (uint word in MemoryMarshal.Cast<byte, uint>(bytes)) crc = BitOperations.Crc32C(crc, word);
        return ~crc;
    }
}
