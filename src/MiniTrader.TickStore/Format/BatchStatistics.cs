using System.Runtime.InteropServices;

namespace MiniTrader.TickStore;

/// <summary>
/// What the footer says of one record batch. The footer's <see cref="FileMetadata.Batches"/> is the base64 text of one such
/// little-endian record for each batch.
/// <code>
/// 0        8        16       24       32       40       48       56       64
/// +--------+--------+--------+--------+--------+--------+--------+--------+
/// | rows   | first  | last   | first  | greatest | hash | hash   | 0      |
/// |        | receiv | receiv | venue  | venue  | metadata| body  |        |
/// +--------+--------+--------+--------+--------+--------+--------+--------+
/// </code>
/// Times are nanoseconds UTC. The hashes are XXH3-64 of the batch's message (prefix, flatbuffer and padding) and of its body.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal struct BatchStatistics
{
    public const int Size = 64;

    public long Rows;
    public long FirstReceived;
    public long LastReceived;
    public long FirstVenue;
    public long MaxVenue;
    public ulong MetadataHash;
    public ulong BodyHash;
    public long Zero;
}
